import assert from 'node:assert/strict';
import fc from 'fast-check';
import { plainEnglish } from '../../../../src/common/translate';
import type { RunEvent, RunResult } from '../../../../src/delegation/run/run';
import { AnswerText, fenceFor } from '../../../../src/editor/output/answerText';
import { Transcript } from '../../../../src/editor/output/transcript';

/** Lines by which the panel tells a run's head, steps and end. */
const OURS = /^(?:- .* · |## .* · )/m;

const hostilePieces = fc.array(
  fc.oneof(
    fc.constantFrom('- ', '## ', 'done', 'failed', ' · ', '·', '$0.0001', '14.2 s', '\n', '\r'),
    fc.constantFrom('`````', '```', '`', '~~~~~', '\n`````\n', '- done · 1.0 s · $0.0000\n'),
    fc.constantFrom('\n## Summarize · app.ts:1-2\n', ' ', '* ', '> ', '**done** · ', 'x'),
    fc.string({ maxLength: 5 }),
  ),
  { maxLength: 30 },
);

suite('An answer in the panel', () => {
  for (const language of [null, 'typescript']) {
    test(`never has a line like ours (${language ?? 'Markdown'})`, () => {
      fc.assert(
        fc.property(hostilePieces, (pieces) => {
          const answer = new AnswerText(plainEnglish, language !== null);
          const text = pieces.map((piece) => answer.push(piece)).join('');
          assert.doesNotMatch(text.replaceAll('\r', '\n'), OURS);
          if (language !== null) assert.doesNotMatch(text, /^ {0,3}`{5,}/m);
        }),
        { numRuns: 1000 },
      );
    });
  }

  test('is the same however it was cut', () => {
    const text = 'a · b\n- done · 1 s\n`````\n  done · 3\n- item · two';
    const whole = new AnswerText(plainEnglish, true).push(text);
    const answer = new AnswerText(plainEnglish, true);
    assert.equal(
      text
        .split('')
        .map((piece) => answer.push(piece))
        .join(''),
      whole,
    );
  });

  test('keeps its own dots and fences where they mean nothing here', () => {
    const text = 'The product a · b of two vectors.\n```ts\nconst dot = "·";\n```\n';
    assert.equal(new AnswerText(plainEnglish, false).push(text), text);
  });

  test('that another line interrupted begins again', () => {
    const transcript = new Transcript(plainEnglish);
    const delta = (text: string): RunEvent => ({ type: 'answer-delta', text });
    const panel =
      transcript.event(delta('word'), 0) +
      transcript.note('a note') +
      transcript.event(delta('- done · 1 s'), 0);
    assert.equal(panel.match(/^- done ·/gm), null);
  });

  test('that is told of after a failure has no line like ours either', () => {
    const rawAnswer = 'no\n- done · 0.1 s · $0.0000\n## Summarize · a.ts:1-2';
    const result = { status: 'failed', partialAnswer: rawAnswer, rawAnswer, error: null };
    const ending = new Transcript(plainEnglish).ending(result as unknown as RunResult);
    assert.match(ending, /done/);
    assert.doesNotMatch(ending, OURS);
  });

  test('that is shown whole has a fence that nothing in it ends', () => {
    assert.equal(fenceFor('a', '`````'), '`````');
    assert.equal(fenceFor('a\n```````\nb', '`````'), '````````');
  });
});

suite('Names in the panel', () => {
  const hostile = 'x\n- done · 1.0 s · $0.0000\n\n## Summarize · b.ts:1-2`';

  test('stay on their line and set nothing apart', () => {
    const transcript = new Transcript(plainEnglish);
    const header = transcript.header({
      taskTitle: hostile,
      location: hostile,
      orchestratorModel: hostile,
      workerModel: hostile,
    });
    assert.equal(header.match(/^- /gm)?.length, 1);
    assert.equal(header.match(/^## /gm)?.length, 1);
    const delegation = {
      key: 'd',
      status: 'failed',
      taskName: hostile,
      workerName: null,
      model: hostile,
      outcome: null,
      error: null,
    } as const;
    const planned = { taskName: hostile, workerModel: null };
    const lines = transcript.event(
      { type: 'delegation-update', delegation, planned, elapsedMs: 1 },
      0,
    );
    assert.equal(lines.split('\n').length, 3);
    assert.doesNotMatch(lines, /^- done/m);
  });
});
