import assert from 'node:assert/strict';
import fc from 'fast-check';
import { assembleAnswer } from '../../../../src/delegation/answer/assemble';
import { OutcomeError } from '../../../../src/delegation/answer/outcomeError';
import { OutcomeTable } from '../../../../src/delegation/answer/outcomes';
import { Splicer } from '../../../../src/delegation/answer/splicer';
import { outcomeMarker } from '../../../../src/delegation/run/markers';
import type { Outcome, RunRequest } from '../../../../src/delegation/run/run';
import { builtInTasks } from '../../../../src/tasks/catalog';
import type { Delegation } from '../../../../src/openrouter/streamEvent';
import { STOP, delegation, prepare, requestWith } from '../kit';

const NONCE = 'abcdef23';
const CODE = 'function total(list) {\n  return list.length;\n}\n';

interface Ended {
  readonly result: Outcome | OutcomeError;
  readonly notes: string;
  /** What the panel showed. */
  readonly shown: string;
}

/** A run whose orchestrator writes `pieces`, after some delegations. */
async function ended(
  request: RunRequest,
  pieces: readonly string[],
  delegations: readonly Partial<Delegation>[],
): Promise<Ended> {
  const { tasks } = prepare(request);
  const outcomes = new OutcomeTable(tasks);
  delegations.forEach((each, index) =>
    outcomes.update(delegation({ key: String(index), ...each })),
  );
  const splicer = new Splicer(NONCE, outcomes);
  const shown = pieces.map((piece) => splicer.push(piece)).join('') + splicer.end();
  const assembled = await assembleAnswer(
    {
      segments: splicer.segments,
      hasDamagedMarker: splicer.hasDamagedMarker,
      outcomes,
      tasks,
      finishReason: STOP,
      answerMode: 'spliced',
    },
    { task: request.task, selection: request.selection, schema: null },
  );
  return { ...assembled, shown };
}

const summarize = requestWith({ text: CODE });
const refactor = requestWith({ task: builtInTasks.refactor, instruction: 'x', text: CODE });
const OUTCOME =
  'It counts the list that it is given, and nothing else. [[ok]] `x` **y**\n\n- one\n- two\n';
const NEW_CODE = 'function count(list) {\n  return list.length;\n}\n';

/** Ways in which models have written `[[outcome:NONCE:summarize]]`. */
const WRITINGS: readonly string[] = [
  `[[outcome:${NONCE}:summarize]]`,
  `[[Outcome:${NONCE.toUpperCase()}:Summarize]]`,
  `[[ outcome : ${NONCE} : summarize ]]`,
  `[[outcome: ${NONCE}: summarize]]`,
  `[outcome:${NONCE}:summarize]`,
  `[ outcome:${NONCE}:summarize ]`,
  `outcome:${NONCE}:summarize`,
  `\\[\\[outcome:${NONCE}:summarize\\]\\]`,
  `\\[[outcome:${NONCE}:summarize\\]]`,
  `{{outcome:${NONCE}:summarize}}`,
  `<<outcome:${NONCE}:summarize>>`,
  `[[outcome=${NONCE}=summarize]]`,
  `[[outcome:${NONCE}:"summarize"]]`,
  `[["outcome:${NONCE}:summarize"]]`,
  `[[outcome:${NONCE}]]`,
  `[[outcome:summarize:${NONCE}]]`,
];

/** What they have put around it. */
const DECORATIONS: readonly ((marker: string) => string)[] = [
  (marker) => marker,
  (marker) => `"${marker}"`,
  (marker) => `'${marker}'`,
  (marker) => `“${marker}”`,
  (marker) => `\`${marker}\``,
  (marker) => `**${marker}**`,
  (marker) => `_${marker}_`,
  (marker) => `**\`${marker}\`**`,
  (marker) => `- ${marker}`,
  (marker) => `* ${marker}`,
  (marker) => `1. ${marker}`,
  (marker) => `> ${marker}`,
  (marker) => `- **${marker}**`,
  (marker) => `(${marker})`,
  (marker) => `${marker}.`,
  (marker) => `\n\n${marker}\n\n`,
  (marker) => `\`\`\`\n${marker}\n\`\`\``,
  (marker) => `\`\`\`text\n${marker}\n\`\`\`\n`,
  (marker) => `~~~\n${marker}\n~~~`,
  (marker) => `${marker}\n${marker}`,
  (marker) => `${marker} ${marker}`,
  (marker) => `「${marker}」`,
  (marker) => `【${marker}】`,
  (marker) => `==${marker}==`,
];

/** What is no part of the answer either, and can be told only once all has come. */
const MARKUP: readonly ((marker: string) => string)[] = [
  (marker) => `<answer>\n${marker}\n</answer>`,
  (marker) => `<!-- ${marker} -->`,
  (marker) => `&#91;&#91;outcome:${NONCE}:summarize&#93;&#93; ${marker}`,
  (marker) => `| ${marker} |`,
  (marker) => `{"answer": "${marker}"}`,
  (marker) => `- [x] ${marker}`,
  (marker) => `> \`\`\`\n> ${marker}\n> \`\`\``,
  (marker) => `---\n${marker}\n---`,
  (marker) => `=> ${marker}`,
  (marker) => `Answer: ${marker}`,
];

function cutAt(text: string, places: readonly number[]): string[] {
  const cuts = [...new Set(places.map((place) => place % (text.length + 1)))].sort((a, b) => a - b);
  return [0, ...cuts].map((start, index) => text.slice(start, cuts[index]));
}

suite('acceptance', () => {
  test('any writing of the marker, decorated and cut in any way, gives the outcome byte for byte', async () => {
    const cuts = fc.array(fc.nat(200), { maxLength: 8 });
    for (const writing of WRITINGS) {
      for (const decorate of DECORATIONS) {
        const answer = decorate(writing);
        await fc.assert(
          fc.asyncProperty(cuts, async (places) => {
            const { result, shown, notes } = await ended(summarize, cutAt(answer, places), [
              { outcome: OUTCOME },
            ]);
            assert.deepEqual(result, { format: 'text', text: OUTCOME }, answer);
            assert.equal(shown.trim().replace(/\n\.$/, ''), OUTCOME.trim(), answer);
            assert.equal(notes, '');
          }),
          { numRuns: Number(process.env['DELEGATE_ACCEPTANCE_RUNS'] ?? 4) },
        );
      }
    }
  });

  test('markup and a label around the marker are no part of the answer', async () => {
    for (const around of MARKUP) {
      const answer = around(outcomeMarker(NONCE, 'summarize'));
      const { result, notes } = await ended(summarize, [answer], [{ outcome: OUTCOME }]);
      assert.deepEqual(result, { format: 'text', text: OUTCOME }, answer);
      assert.equal(notes, '');
    }
  });

  test('a marker of another run alone is not the answer, however short the outcome is', async () => {
    for (const answer of ['[[outcome:abcdef24:summarize]]', '[[outcome]]', 'Outcome: accepted.']) {
      const { result } = await ended(summarize, [answer], [{ outcome: 'It adds.' }]);
      assert.deepEqual(result, { format: 'text', text: 'It adds.', isUnaccepted: true }, answer);
    }
    const { result } = await ended(summarize, ['[[cannot]] No.'], [{ outcome: 'It adds.' }]);
    assert.equal((result as OutcomeError).code, 'answer-declined');
  });

  test('an outcome whose marker is turned down in words is not accepted', async () => {
    const marker = outcomeMarker(NONCE, 'refactor');
    for (const words of ['I do not accept', 'I cannot really recommend the outcome', 'Rejected:']) {
      const { result } = await ended(refactor, [`${words} ${marker}`], [{ outcome: NEW_CODE }]);
      assert.ok(!(result instanceof OutcomeError) && result.isUnaccepted, words);
    }
    for (const words of ['It does not sort the list.', 'Nothing is missing, I accept']) {
      const { result } = await ended(refactor, [`${words} ${marker}`], [{ outcome: NEW_CODE }]);
      assert.ok(!(result instanceof OutcomeError) && !result.isUnaccepted, words);
    }
  });

  test('text that only resembles a marker accepts nothing', async () => {
    const lookalikes = [
      '[[outcome:abcdef24:summarize]]',
      '[[outcome:summarize]]',
      '[[outcome]]',
      '[[abcdef:summarize]]',
      'The outcome is fine.',
      'Outcome: accepted.',
    ];
    for (const answer of lookalikes) {
      const { result, shown } = await ended(summarize, [answer], [{ outcome: OUTCOME }]);
      assert.ok(!(result instanceof OutcomeError), answer);
      assert.equal(result.isUnaccepted, true, answer);
      assert.equal(shown, answer);
    }
  });

  test('a damaged marker never shows, and the outcome comes as not accepted', async () => {
    const damaged = [`[[${NONCE}]]`, `[[outcom:${NONCE}:summarize]]`, `accept ${NONCE}`];
    for (const answer of damaged) {
      for (const pieces of [[answer], Array.from(answer), [`Good. ${answer}`]]) {
        const { result, shown } = await ended(summarize, pieces, [{ outcome: OUTCOME }]);
        assert.ok(!shown.includes(NONCE.slice(0, 4)), shown);
        assert.ok(!(result instanceof OutcomeError), answer);
        assert.equal(result.isUnaccepted, true);
      }
    }
  });

  test('a remark in place of the marker gives the outcome, labelled, with the remark', async () => {
    const { result, notes } = await ended(refactor, ['Done, looks good.'], [{ outcome: NEW_CODE }]);
    assert.deepEqual(result, { format: 'replacement', text: NEW_CODE, isUnaccepted: true });
    assert.equal(notes, 'Done, looks good.');
  });

  test('what is refused stays refused, by marker or in words', async () => {
    const refusals = [
      `[[cannot:${NONCE}]] It is not code.`,
      `**[[Cannot: ${NONCE}]]** It is not code.`,
      "I'm sorry, but I can't accept this outcome.",
    ];
    for (const answer of refusals) {
      const { result } = await ended(refactor, [answer], [{ outcome: NEW_CODE }]);
      assert.equal((result as OutcomeError).code, 'answer-declined', answer);
    }
  });

  test('a polite sentence or a refusal is never a draft', async () => {
    for (const words of ['Done.', 'I have renamed it for you.', "I'm sorry, I can't do that."]) {
      const { result } = await ended(refactor, [words], []);
      assert.ok(result instanceof OutcomeError, words);
      const { result: outcome } = await ended(
        refactor,
        [outcomeMarker(NONCE, 'refactor')],
        [{ taskName: 'refactor', outcome: words }],
      );
      assert.ok(outcome instanceof OutcomeError, words);
    }
  });

  test('the outcome written out again, in full or nearly so, is the outcome', async () => {
    const long = `${NEW_CODE}${CODE.replaceAll('total', 'sum')}`;
    for (const own of [long, `\`\`\`js\n${long}\`\`\``, long.replace(/ {2}/g, '    ')]) {
      const { result } = await ended(refactor, [own], [{ outcome: long }]);
      assert.deepEqual(result, { format: 'replacement', text: long }, own);
    }
    const marked = `${outcomeMarker(NONCE, 'summarize')}\n\n${OUTCOME}`;
    const { result } = await ended(summarize, [marked], [{ outcome: OUTCOME }]);
    assert.deepEqual(result, { format: 'text', text: OUTCOME });
  });

  test('an invented name is resolved by the worker that was called', async () => {
    const { result } = await ended(
      summarize,
      [`[[outcome:${NONCE}:my-own-name]]`],
      [{ taskName: 'My own name', outcome: OUTCOME }],
    );
    assert.deepEqual(result, { format: 'text', text: OUTCOME });
  });

  test('of two calls of a worker the named one counts, then the last correction', async () => {
    const marker = outcomeMarker(NONCE, 'summarize');
    const both = (second: Partial<Delegation>): readonly Partial<Delegation>[] => [
      { outcome: 'first' },
      { outcome: 'second', ...second },
    ];
    const texts = async (
      answer: string,
      calls: readonly Partial<Delegation>[],
    ): Promise<unknown> => {
      const { result } = await ended(summarize, [answer], calls);
      return result instanceof OutcomeError ? result.code : 'text' in result && result.text;
    };
    assert.equal(await texts(marker, both({})), 'second');
    assert.equal(await texts(marker, both({ taskName: 'invented' })), 'first');
    assert.equal(
      await texts(`[[outcome:${NONCE}:invented]]`, both({ taskName: 'invented' })),
      'second',
    );
    assert.equal(await texts(marker, both({ status: 'failed', outcome: null })), 'first');
  });
});
