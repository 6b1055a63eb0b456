import assert from 'node:assert/strict';
import { plainEnglish } from '../../../../src/common/translate';
import { type MaskedRequest, maskRequest } from '../../../../src/delegation/request/maskedRequest';
import type { RunEvent, RunResult } from '../../../../src/delegation/run/run';
import { runTask } from '../../../../src/delegation/runTask';
import { PanelView } from '../../../../src/editor/output/panelView';
import type { RunView } from '../../../../src/editor/output/runView';
import { type ShownRun, showRun } from '../../../../src/editor/run/shownRun';
import { ManualClock } from '../../../support/manualClock';
import { defaultModels, requestWith, update } from '../../delegation/kit';
import { goodScript, marker, usageEvent } from '../../delegation/runKit';
import { end, start, textDelta } from '../../delegation/kit';
import { type Script, ScriptedClient } from '../../delegation/scriptedClient';
import { maskHere } from '../../../../src/privacy/maskingThread';

const secret = ['ghp', 'A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8'].join('_');

interface Stage {
  readonly log: string[];
  readonly panelText: () => string;
  readonly events: RunEvent[];
  readonly shown: Promise<ShownRun>;
}

interface Breaks {
  readonly masked?: Partial<MaskedRequest>;
  readonly view?: Partial<RunView>;
  readonly panel?: Partial<RunView>;
  readonly book?: () => Promise<void>;
  readonly onEvent?: () => void;
}

/** Shows one run; every step writes its name into the log. */
async function play(
  script: Script,
  breaks: Breaks = {},
  text = `const key = '${secret}';\n`,
): Promise<Stage> {
  const log: string[] = [];
  const events: RunEvent[] = [];
  const written: string[] = [];
  const clock = new ManualClock(1_000_000);
  const secure = await maskRequest(requestWith({ text }), 'k7qm2xw9', maskHere);
  const masked = { ...secure, ...breaks.masked };
  const panel = new PanelView({
    panel: {
      openSection: (head) => {
        written.push(head);
        return { append: (piece) => written.push(piece), end: () => undefined };
      },
    },
    l10n: plainEnglish,
    clock,
  });
  const view: RunView = {
    refuse: () => undefined,
    start: () => log.push('start'),
    event: (event) => events.push(event),
    end: ({ result }) => log.push(`end ${result.status}`),
    ...breaks.view,
  };
  const shown = showRun({
    masked,
    start: {
      header: {
        taskTitle: 'Summarize',
        location: 'a.ts:1',
        orchestratorModel: 'a/big',
        workerModel: 'a/small',
      },
      answerLanguage: null,
      secretCount: masked.secretCount,
      workerOrigin: null,
      isDemo: false,
      demoWishes: null,
      cancel: () => undefined,
    },
    isDemo: false,
    offer: () => null,
    ownView: {
      refuse: () => undefined,
      start: (begun) => panel.start(begun),
      event: (event) => panel.event(event),
      end: (ended) => panel.end(ended),
      ...breaks.panel,
    },
    view,
    send: (observe) =>
      runTask(
        masked.request,
        { client: new ScriptedClient(script), models: defaultModels, clock, random: () => 0.5 },
        observe,
        new AbortController().signal,
      ),
    book:
      breaks.book ??
      ((result: RunResult) => {
        log.push(`booked ${String(result.record.usage?.costNanoUsd)}`);
        return Promise.resolve();
      }),
    ...(breaks.onEvent && { onEvent: breaks.onEvent }),
  });
  return { log, events, shown, panelText: () => written.join('') };
}

function broken(): never {
  throw new Error('broken');
}

suite('shown run', () => {
  test('is booked before its views hear of the end', async () => {
    const { log, shown, panelText } = await play(goodScript);
    const { result } = await shown;
    assert.equal(result.status, 'completed');
    assert.deepEqual(log, ['start', 'booked 6100000', 'end completed']);
    assert.match(panelText(), /It adds numbers\.\n\n- done · /);
  });

  test('the user’s own view has the secrets, any other has placeholders', async () => {
    const echo: Script = (request) => {
      const placeholder = /MASKED_SECRET_\w+/.exec(JSON.stringify(request.body))?.[0] ?? '';
      return [
        start,
        update({ outcome: `The key is ${placeholder}` }),
        textDelta(marker(request)),
        usageEvent,
        end(),
      ];
    };
    const { events, shown, panelText } = await play(echo);
    const { result, maskedResult } = await shown;
    assert.ok(panelText().includes(secret));
    assert.ok(JSON.stringify(result).includes(secret));
    assert.ok(!JSON.stringify(events).includes(secret));
    assert.ok(!JSON.stringify(maskedResult).includes(secret));
  });

  const steps: readonly (readonly [string, Breaks])[] = [
    ['restoring an event', { masked: { restoreEvent: broken } }],
    ['restoring the tail', { masked: { restoreTail: broken } }],
    ['restoring the result', { masked: { restoreResult: broken } }],
    ['the panel at the start', { panel: { start: broken } }],
    ['the panel at an event', { panel: { event: broken } }],
    ['the panel at the end', { panel: { end: broken } }],
    ['the view at the start', { view: { start: broken } }],
    ['the view at an event', { view: { event: broken } }],
    ['the view at the end', { view: { end: broken } }],
    ['who listens', { onEvent: broken }],
  ];
  for (const [name, breaks] of steps) {
    test(`is booked, closed and told of although ${name} breaks down`, async () => {
      const { log, shown, panelText } = await play(goodScript, breaks);
      const { result } = await shown;
      assert.ok(log.includes('booked 6100000'), log.join());
      if (!breaks.view) assert.match(log.at(-1) ?? '', /^end /);
      if (!breaks.panel) assert.match(panelText(), /- (?:done|failed) · .* · \$0\.0061 · /);
      const isLost = breaks.masked?.restoreResult !== undefined;
      assert.equal(result.status, isLost ? 'failed' : 'completed');
      assert.equal(result.error?.code ?? null, isLost ? 'internal' : null);
      assert.equal(result.record.usage?.costNanoUsd, 6_100_000);
    });
  }

  test('a book that cannot be written takes neither result nor message away', async () => {
    const { log, shown } = await play(goodScript, {
      book: () => Promise.reject(new Error('disk')),
    });
    assert.equal((await shown).result.status, 'completed');
    assert.equal(log.at(-1), 'end completed');
  });
});
