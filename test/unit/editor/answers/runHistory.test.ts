import assert from 'node:assert/strict';
import type { Outcome } from '../../../../src/delegation/run/run';
import { type PastRun, RunHistory, rawText } from '../../../../src/editor/answers/runHistory';
import { builtInTasks } from '../../../../src/tasks/catalog';
import { selectionOf } from '../../delegation/kit';
import { completed, record } from '../output/exampleRun';

function run(id: string, outcome: Outcome): PastRun {
  const result = { ...completed, outcome, record: { ...record, id } };
  return {
    job: { task: builtInTasks.summarize, instruction: null },
    source: { files: [], location: 'a.ts:1', selection: selectionOf('x\n') },
    result,
    maskedResult: result,
    isDemo: false,
    workerFirstNanoUsd: null,
    endedAtMs: 1,
  };
}

suite('Runs of a window', () => {
  test('are kept newest first, the latest alone', () => {
    const history = new RunHistory();
    for (let count = 0; count < 30; count += 1) {
      history.add(run(String(count), { format: 'text', text: 'x' }));
    }
    assert.equal(history.runs.length, 20);
    assert.equal(history.runs[0]?.result.record.id, '29');
    assert.equal(history.find('0'), null);
    assert.equal(history.find('15')?.result.record.id, '15');
    assert.equal(history.find(undefined), null);
  });

  test('the last answer is the last that can be read; edits are drafts', () => {
    const history = new RunHistory();
    assert.equal(new RunHistory().lastAnswer, null);
    history.add(run('text', { format: 'text', text: 'It adds.' }));
    history.add(run('edit', { format: 'replacement', text: 'x' }));
    const last: PastRun | null = history.lastAnswer;
    assert.equal(last?.result.record.id, 'text');
  });

  test('the raw form is all that came, once', () => {
    const raw = (partialAnswer: string, rawAnswer: string): string =>
      rawText({ ...completed, partialAnswer, rawAnswer });
    assert.equal(raw('[[1,"x"]]', 'accepted'), '[[1,"x"]]\n\naccepted\n');
    assert.equal(raw('same', 'same'), 'same\n');
    assert.equal(raw('', 'words'), 'words\n');
    assert.equal(raw('words', ''), 'words\n');
  });
});
