import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import type { RunResult } from '../../../src/delegation/run/run';
import type { OutcomeErrorCode } from '../../../src/delegation/answer/outcomeError';
import { runTask } from '../../../src/delegation/runTask';
import { createClient } from '../../../src/openrouter/client';
import type { OpenRouterErrorCode } from '../../../src/openrouter/errors';
import { ManualClock } from '../../support/manualClock';
import {
  type Random,
  cutRandomly,
  fuzzRuns,
  fuzzSeed,
  mutateBytes,
  mutateFrame,
  mutateOrder,
  randomSource,
} from '../../support/mutate';
import { ScriptedLine } from '../openrouter/scriptedLine';
import { type RecordedRun, noPrices, recordRuns, sameRandom } from './recordedRuns';
import { type SentTexts, jsonOf, readSentTexts } from './request/sentTexts';

const RUNS = fuzzRuns(800);

/** What a mutant may end in; a fault of our own is none of these. */
const listedErrors: Readonly<Partial<Record<OpenRouterErrorCode | OutcomeErrorCode, true>>> = {
  authentication: true,
  'insufficient-credits': true,
  forbidden: true,
  'not-found': true,
  'invalid-request': true,
  'too-large': true,
  'rate-limit': true,
  provider: true,
  'silence-timeout': true,
  interrupted: true,
  'unexpected-answer': true,
  'outcome-missing': true,
  'outcome-failed': true,
  'outcome-unknown': true,
  'outcome-not-accepted': true,
  'answer-missing': true,
  'answer-empty': true,
  'answer-ambiguous': true,
  'answer-invalid': true,
  'answer-elided': true,
  'answer-is-diff': true,
  'answer-is-remark': true,
  'answer-cut-short': true,
  'answer-unfinished': true,
  'answer-filtered': true,
  'answer-declined': true,
};

type End = 'end' | 'reset' | 'silence';

interface Mutant {
  readonly recorded: RecordedRun;
  readonly bytes: Buffer;
  readonly chunks: readonly Buffer[];
  readonly end: End;
}

function mutant(runs: readonly RecordedRun[], random: Random): Mutant {
  const recorded = runs[random(runs.length)]!;
  let { bytes } = recorded;
  for (let changes = random(4); changes >= 0; changes--) bytes = change(bytes);
  const end = (['end', 'end', 'end', 'reset', 'silence'] as const)[random(5)] ?? 'end';
  return { recorded, bytes, chunks: cutRandomly(bytes, random, 4000), end };

  function change(before: Buffer): Buffer {
    const kind = random(3);
    if (kind === 0) return mutateFrame(before, random);
    if (kind === 1) return mutateOrder(before, random);
    return mutateBytes(before, random, runs[random(runs.length)]!.bytes);
  }
}

/** The mutant through client and engine; the clock runs out when nothing else ends it. */
async function play({ recorded, chunks, end }: Mutant): Promise<RunResult> {
  const line = new ScriptedLine();
  const clock = new ManualClock();
  const client = createClient({
    baseUrl: 'http://127.0.0.1:9/api/v1',
    getApiKey: () => Promise.resolve('sk-or-v1-fuzz'),
    headers: {},
    createDispatcher: () => line,
    clock,
    connectTimeoutMs: 1000,
    silenceTimeoutMs: 1000,
    progressTimeoutMs: 5000,
  });
  const running = runTask(
    recorded.request,
    { client, models: noPrices, clock, random: sameRandom() },
    () => undefined,
    new AbortController().signal,
  );
  const over = { result: null as RunResult | null };
  void running.then((result) => {
    over.result = result;
  });
  await line.dispatched;
  line.head(200, { 'content-type': 'text/event-stream', 'x-generation-id': 'gen-1' });
  for (const chunk of chunks) line.data(chunk);
  if (end !== 'silence') line[end]();
  for (let turns = 0; over.result === null && turns < 50; turns++) {
    await new Promise(setImmediate);
    clock.runOut();
  }
  assert.ok(over.result, 'it hangs');
  assert.equal(clock.pendingTimers, 0, 'timers are left');
  return over.result;
}

/** Whether a result is what was sent, and nothing made of pieces of it. */
function isAsSent({ outcome, rawAnswer }: RunResult, sent: SentTexts, marker: RegExp): boolean {
  const own = rawAnswer.replace(marker, '');
  const sources = [...sent.outcomes, ...sent.texts, own].filter((text) => text.trim() !== '');
  if (outcome?.mended ?? outcome?.leftOut) return isMadeOf(outcome, sources);
  switch (outcome?.format) {
    case 'text':
    case 'file':
    case 'replacement':
      return (
        sources.some((source) => bare(source) === bare(outcome.text)) ||
        isSpliced(outcome.text, { rawAnswer, sent, marker })
      );
    case 'insertions':
      return outcome.insertions.every(({ text }) =>
        sources.some((source) => stringsOf(bareJson(source)).has(text)),
      );
    case 'json':
      return sources.some((source) => isDeepStrictEqual(bareJson(source), outcome.value));
    case undefined:
      return false;
  }
}

/** Whether every word of an answer that was mended was sent, in one piece. */
function isMadeOf(outcome: NonNullable<RunResult['outcome']>, sources: readonly string[]): boolean {
  const letters = (text: string): string =>
    text.replace(/\\[nrt]/g, '').replace(/[^\p{L}\p{N}]/gu, '');
  const sent = sources.map(letters);
  const made =
    outcome.format === 'insertions'
      ? outcome.insertions.map(({ text }) => text)
      : outcome.format === 'json'
        ? [...stringsOf(outcome.value)]
        : [outcome.text];
  return made.every((text) => sent.some((source) => source.includes(letters(text))));
}

/** The orchestrator's text with one and the same outcome, or an own one each, for its markers. */
function isSpliced(
  text: string,
  { rawAnswer, sent, marker }: { rawAnswer: string; sent: SentTexts; marker: RegExp },
): boolean {
  // What was said before a call is a paragraph of its own, and left out.
  const paragraphs = rawAnswer.split('\n\n');
  return paragraphs.some((_paragraph, index) => {
    const [first = '', ...others] = paragraphs.slice(index).join('\n\n').split(marker);
    // The same outcome is taken once, however often it is accepted.
    return (
      others.length > 0 &&
      [...sent.outcomes].some(
        (outcome) =>
          bare([first, ...others].join(outcome)) === bare(text) ||
          bare(first + outcome + others.join('')) === bare(text),
      )
    );
  });
}

/** Without fence and surrounding white space. */
function bare(text: string): string {
  return text
    .trim()
    .replace(/^(`{3,}|~{3,})[^\n]*\n([^]*?)\n?\1$/, '$2')
    .trim();
}

function bareJson(text: string): unknown {
  return jsonOf(bare(text));
}

function stringsOf(value: unknown): Set<string> {
  if (typeof value === 'string') return new Set([value]);
  if (typeof value !== 'object' || value === null) return new Set();
  return new Set(Object.values(value).flatMap((item) => [...stringsOf(item)]));
}

suite('mutated runs', function () {
  this.timeout(60_000 + RUNS * 20);
  let runs: readonly RecordedRun[];

  suiteSetup(async () => {
    runs = await recordRuns();
  });

  test('the recorded runs themselves end as they did', async () => {
    for (const recorded of runs) {
      const { bytes } = recorded;
      const again = await play({ recorded, bytes, chunks: [bytes], end: 'end' });
      assert.equal(again.status, 'completed', `${recorded.name}: ${again.error?.code}`);
      assert.deepEqual(again.outcome, recorded.result.outcome, recorded.name);
    }
  });

  test(`${RUNS} end in what was sent or in a listed error, without a hang or a timer left`, async () => {
    const random = randomSource(fuzzSeed);
    const ends = new Map<string, number>();
    const nonce = /\[\[outcome:([a-z2-7]{8}):/.exec(runs[0]?.result.rawAnswer ?? '')?.[1] ?? '';
    assert.notEqual(nonce, '');
    const marker = new RegExp(`\\[\\[outcome:${nonce}:[^\\]\\n]*\\]\\]`);
    for (let count = 0; count < RUNS; count++) {
      const made = mutant(runs, random);
      const told = `mutant ${count} of seed ${fuzzSeed}: ${made.recorded.name}`;
      const result = await play(made);
      const code = result.error?.code ?? 'completed';
      ends.set(code, (ends.get(code) ?? 0) + 1);
      const cost = result.record.usage?.costNanoUsd ?? null;
      assert.ok(
        cost === null || (Number.isSafeInteger(cost) && cost >= 0),
        `${told}: cost ${cost}`,
      );
      if (result.status === 'completed') {
        const sent = readSentTexts(made.bytes);
        assert.ok(isAsSent(result, sent, marker), `${told}: not what was sent`);
        // A mutant may have the nonce in what a worker said; outcomes are never searched.
        const isSaid = [...sent.outcomes].some((outcome) => outcome.includes(nonce));
        const hasNonce = JSON.stringify(result.outcome).includes(nonce);
        assert.ok(isSaid || !hasNonce, `${told}: a marker in it`);
      } else assert.ok(Object.hasOwn(listedErrors, code), `${told}: ${code}`);
    }
    // Otherwise the mutations are too tame or too wild to have tested anything.
    for (const code of ['completed', 'interrupted', 'unexpected-answer']) {
      assert.ok((ends.get(code) ?? 0) > RUNS / 500, `too few of ${code}`);
    }
  });
});
