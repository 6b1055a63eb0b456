import type { RunResult } from '../../delegation/run/run';
import { prepareRun } from '../../delegation/route/prepare';
import type { ModelLookup } from '../../catalog/model';
import type { NanoUsd } from '../../common/money';
import { OpenRouterError } from '../../openrouter/errors';
import type { SyntaxService } from '../../syntax/syntax';
import type { BatchJob } from '../job';
import type { Producer, Standing } from '../journal/records';
import type { StoredResult } from '../journal/results';
import { BatchError } from './batchError';
import { type FileText, finishedText } from './fileText';
import { type Judged, type Piece, judge, judgeEdit } from './judge';
import { type FilePart, halvesOf, partsOf, wholePart } from './parts';
import { delegatedRequest, workerRequest } from './requests';
import type { BatchRuns } from './runs';
import { MaskingError } from '../../privacy/maskingThread';

export interface ProduceContext {
  readonly job: BatchJob;
  readonly models: ModelLookup;
  readonly syntax: SyntaxService;
  readonly runs: BatchRuns;
  readonly brief: string;
  readonly newId: () => string;
  readonly signal: AbortSignal;
}

/** What came of a file. */
export interface Produced {
  readonly standing: Standing;
  readonly by: Producer;
  readonly reason: string;
  readonly stored: StoredResult | null;
}

/** Carries the reason for which no further request makes sense out of the work on a file. */
export class Halt extends Error {
  readonly reason: NonNullable<RunResult['error']>;

  constructor(reason: NonNullable<RunResult['error']>) {
    super(reason.code);
    this.reason = reason;
  }
}

/**
 * Has a file done: by the worker alone, once more with what was wrong, then by a delegated run.
 *
 * @param objection what a reader found wrong in an earlier result: then the delegated run is next.
 * @throws Halt when the batch cannot go on, and the signal's reason when it is aborted.
 */
export async function produceFile(
  file: FileText,
  context: ProduceContext,
  objection = '',
): Promise<Produced> {
  try {
    return await produceParts(file, { ...context, file, objection });
  } catch (error) {
    if (!(error instanceof Unserved || error instanceof MaskingError)) throw error;
    return { standing: 'failed', by: 'none', reason: error.code, stored: null };
  }
}

/** The API would not serve a request, however often it was asked: nothing was billed. */
class Unserved extends Error {
  readonly code: string;

  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

async function produceParts(file: FileText, context: PartContext): Promise<Produced> {
  const pieces: Piece[] = [];
  let by: Producer = 'none';
  let standing: Standing = 'unchanged';
  let reason = '';
  const waiting = [...partsOf(file, context.job, context.models)];
  for (let part = waiting.shift(); part; part = waiting.shift()) {
    const done = await producePart(part, context);
    if ('halves' in done) {
      waiting.unshift(...done.halves);
      continue;
    }
    if (done.piece === null) {
      return { standing: 'failed', by: done.by, reason: done.reason, stored: null };
    }
    pieces.push(done.piece);
    by = later(by, done.by);
    standing = weaker(standing, done.standing);
    if (done.reason !== '') reason = done.reason;
  }
  const whole = joined(pieces);
  if (pieces.length > 1 && standing === 'verified' && whole.kind === 'edit') {
    // Each part holds in its place; whether all of them do together is for the whole to say.
    const judged = await judgeWhole(file, whole, context);
    if (!judged.ok) ({ standing, reason } = { standing: 'doubtful', reason: judged.code });
  }
  return { standing, by, reason, stored: storedOf(file, whole) };
}

interface PartContext extends ProduceContext {
  readonly file: FileText;
  readonly objection: string;
}

interface DonePart {
  readonly piece: Piece | null;
  readonly standing: Standing;
  readonly by: Producer;
  readonly reason: string;
}

/** @returns halves when the answer for the part was too long to be given whole. */
async function producePart(
  part: FilePart,
  context: PartContext,
): Promise<DonePart | { readonly halves: readonly FilePart[] }> {
  if (part.isSettled && context.job.task.answer === 'insertions') {
    const piece = { kind: 'edit', text: part.selection.text } as const;
    return { piece, standing: 'unchanged', by: 'none', reason: '' };
  }
  let last: Judged | null = null;
  let { objection } = context;
  if (objection === '') {
    for (const by of ['worker', 'retry'] as const) {
      last = await askWorker(part, objection, { ...context, isFirst: by === 'worker' });
      if (last.ok) return { piece: last.piece, standing: last.standing, by, reason: '' };
      if (last.code === 'answer-cut-short') {
        const halves = halvesOf(part, context.file, context.job);
        if (halves) return { halves };
      }
      objection = last.objection;
    }
  }
  return delegate(part, objection, { ...context, last });
}

async function askWorker(
  part: FilePart,
  objection: string,
  context: PartContext & { readonly isFirst: boolean },
): Promise<Judged> {
  const { job, runs, brief, newId, signal } = context;
  const request = workerRequest(newId(), job, { selection: part.selection, brief, objection });
  const directNanoUsd = context.isFirst ? directPrice(part, context) : 0;
  const run = await runs.run(request, { signal, isWorkerAlone: true, directNanoUsd });
  haltOn(run.result, 'worker');
  const { isIntact } = run;
  return judge(part, run.result, {
    isIntact,
    job,
    syntax: context.syntax,
    eol: context.file.eol,
  });
}

async function delegate(
  part: FilePart,
  objection: string,
  context: PartContext & { readonly last: Judged | null },
): Promise<DonePart> {
  const { job, runs, brief, newId, signal, last } = context;
  const request = delegatedRequest(newId(), job, { selection: part.selection, brief, objection });
  const sent = { signal, isWorkerAlone: false, directNanoUsd: 0 };
  const { result, isIntact } = await runs.run(request, sent);
  haltOn(result, 'delegated');
  const judged = await judge(part, result, {
    isIntact,
    job,
    syntax: context.syntax,
    eol: context.file.eol,
  });
  if (judged.ok) {
    // The orchestrator has accepted what nothing else can judge.
    const standing = judged.standing === 'unread' ? 'read' : judged.standing;
    return { piece: judged.piece, standing, by: 'delegated', reason: '' };
  }
  const best = judged.piece ?? (last && !last.ok ? last.piece : null);
  const code = result.status === 'refused' && last && !last.ok ? last.code : judged.code;
  return {
    piece: best,
    standing: 'doubtful',
    by: judged.piece ? 'delegated' : 'retry',
    reason: code,
  };
}

/**
 * Ends the batch where every further request would fare alike. That the limit does not cover a
 * delegated run is not such a reason: the worker may still have its turn with other files.
 */
function haltOn({ error }: RunResult, step: 'worker' | 'delegated'): void {
  const isFatal =
    error instanceof OpenRouterError &&
    (error.code === 'authentication' || error.code === 'insufficient-credits');
  const isSpent =
    error instanceof BatchError && (step === 'worker' || error.code !== 'batch-limit');
  if (error && (isFatal || isSpent)) throw new Halt(error);
  if (error instanceof OpenRouterError && !error.mayHaveBilled) throw new Unserved(error.code);
}

/** What the orchestrator alone would take for the same answer; for the ledger's "saved". */
function directPrice(part: FilePart, { job, models, runs }: PartContext): NanoUsd | null {
  const request = {
    ...delegatedRequest('price', job, { selection: part.selection, brief: '', objection: '' }),
    settings: { ...job.settings, routing: 'direct' as const },
  };
  const prepared = prepareRun(request, { models, random: () => 0, nowMs: runs.clock.now() });
  return prepared instanceof Error ? null : prepared.directEstimateNanoUsd;
}

async function judgeWhole(
  file: FileText,
  whole: Piece & { kind: 'edit' },
  { job, syntax }: ProduceContext,
): Promise<Judged> {
  return judgeEdit(wholePart(file), whole, { job, syntax });
}

function joined(pieces: readonly Piece[]): Piece {
  const [first] = pieces;
  if (pieces.length === 1 && first) return first;
  if (first?.kind === 'value') {
    const value = pieces.flatMap((piece) =>
      piece.kind === 'value' && Array.isArray(piece.value) ? (piece.value as unknown[]) : [],
    );
    return { kind: 'value', value, text: JSON.stringify(value, null, 2) };
  }
  const separator = first?.kind === 'text' ? '\n\n' : '';
  return {
    kind: first?.kind === 'text' ? 'text' : 'edit',
    text: pieces.map(({ text }) => text).join(separator),
  };
}

/** The result as it is kept. */
export function storedOf(file: FileText, piece: Piece): StoredResult {
  switch (piece.kind) {
    case 'edit':
      return {
        kind: 'edit',
        base: finishedText(file, file.text),
        proposed: finishedText(file, piece.text),
      };
    case 'text':
      return { kind: 'text', text: piece.text };
    case 'value':
      return { kind: 'value', text: piece.text, value: piece.value };
  }
}

const ORDER: readonly Producer[] = ['none', 'worker', 'retry', 'delegated'];

function later(one: Producer, other: Producer): Producer {
  return ORDER.indexOf(other) > ORDER.indexOf(one) ? other : one;
}

const TRUST: readonly Standing[] = [
  'failed',
  'doubtful',
  'unread',
  'read',
  'verified',
  'unchanged',
];

function weaker(one: Standing, other: Standing): Standing {
  return TRUST.indexOf(other) < TRUST.indexOf(one) ? other : one;
}
