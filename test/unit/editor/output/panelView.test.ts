import assert from 'node:assert/strict';
import { plainEnglish } from '../../../../src/common/translate';
import type { Outcome, RunResult } from '../../../../src/delegation/run/run';
import { RunError } from '../../../../src/delegation/run/runError';
import { PanelView } from '../../../../src/editor/output/panelView';
import type { RunEnded } from '../../../../src/editor/output/runEnded';
import { SectionQueue } from '../../../../src/editor/output/sectionQueue';
import { ManualClock } from '../../../support/manualClock';
import { completed, endOf } from './exampleRun';

/** A panel of runs that are under way at once. */
class Panel {
  text = '';
  readonly #queue = new SectionQueue({
    beginSection: (head) => this.#write(head),
    append: (text) => this.#write(text),
  });

  start(taskTitle: string, answerLanguage: string | null): PanelView {
    const view = new PanelView({
      panel: { openSection: (head) => this.#queue.open(head, '- waited\n') },
      l10n: plainEnglish,
      clock: new ManualClock(),
    });
    const models = { orchestratorModel: 'a/big', workerModel: 'a/small' };
    view.start({
      header: { taskTitle, location: 'a.ts:1', ...models },
      answerLanguage,
      secretCount: 0,
      workerOrigin: null,
      isDemo: false,
      demoWishes: null,
      cancel: () => undefined,
    });
    return view;
  }

  #write(text: string): void {
    this.text += text;
  }
}

function ended(outcome: Outcome): RunEnded {
  return endOf({ ...completed, outcome });
}

suite('A run in the panel', () => {
  const results: readonly (readonly [string, string, Outcome, RegExp])[] = [
    [
      'comments',
      'json',
      { format: 'insertions', insertions: [{ line: 1, text: 'Adds.' }] },
      /- result: 1 comment, as a draft/,
    ],
    [
      'an edit',
      'typescript',
      { format: 'replacement', text: 'a;\nb;\n' },
      /- result: 2 lines, as a draft/,
    ],
    ['rows', 'json', { format: 'json', value: [{ a: 1 }, { a: 2 }], text: '' }, /- result: 2 rows/],
    ['an empty list', 'json', { format: 'json', value: [], text: '[]' }, /- result: none found/],
  ];
  for (const [name, language, outcome, words] of results) {
    test(`says what becomes of ${name}, and does not repeat it`, () => {
      const panel = new Panel();
      const view = panel.start('Task', language);
      view.event({ type: 'answer-delta', text: '[["secret' });
      view.event({ type: 'answer-delta', text: ' code"]]' });
      view.end(ended(outcome));
      assert.match(panel.text, words);
      assert.equal(panel.text.split('- the answer arrives').length, 2);
      assert.doesNotMatch(panel.text, /secret|code"/);
      assert.match(panel.text, /- done · [^\n]*\n$/);
    });
  }

  test('code of a run that failed is shown as it had come', () => {
    const panel = new Panel();
    const view = panel.start('Task', 'json');
    view.event({ type: 'answer-delta', text: '[[1,"half' });
    const result: RunResult = {
      ...completed,
      status: 'failed',
      outcome: null,
      checkedBy: null,
      error: new RunError(new Error('x')),
      partialAnswer: '[[1,"half',
    };
    view.end(endOf(result));
    assert.match(panel.text, /what else had arrived:\n\n`+json\n\[\[1,"half\n`+\n/);
  });

  test('text streams; another run waits for its end and is whole then', () => {
    const panel = new Panel();
    const first = panel.start('Summarize', null);
    const second = panel.start('Explain', null);
    second.event({ type: 'answer-delta', text: 'It does.' });
    first.event({ type: 'answer-delta', text: 'One ' });
    second.end(ended({ format: 'text', text: 'It does.' }));
    first.event({ type: 'answer-delta', text: 'sentence.' });
    assert.doesNotMatch(panel.text, /Explain|It does/);
    first.end(ended({ format: 'text', text: 'One sentence.' }));
    assert.match(
      panel.text,
      /## Summarize[^]*One sentence\.[^]*- done[^]*## Explain[^]*- waited\n[^]*It does\.[^]*- done/,
    );
  });

  test('a run that never ends in words lets the next one in all the same', () => {
    const panel = new Panel();
    const first = panel.start('Summarize', null);
    panel.start('Explain', null);
    first.close();
    assert.match(panel.text, /## Explain/);
  });
});
