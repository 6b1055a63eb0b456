import { readFile } from 'node:fs/promises';
import { realpath } from 'node:fs/promises';
import type { ApplyEnd } from '../batch/apply/applyFile';
import { type BatchEnd, type BatchPlan, planProblem } from '../batch/batch';
import { makesEdits } from '../batch/job';
import { BatchError } from '../batch/produce/batchError';
import { hashOf } from '../batch/hash';
import { formatUsd } from '../common/money';
import { type Arguments, USAGE, readArguments } from './arguments';
import { readConfig } from './config';
import { connect } from './connection';
import type { Console } from './console';
import { writeDocument, writeFiles, writePatch } from './deliver';
import { foldersOf, removeOldBatches } from './folders';
import { type WorkTree, findWorkTree } from './git';
import { readJob, taskIdOf } from './job';
import { Report } from './report';
import { type Session, type SessionOptions, openBooks, openSession } from './session';
import { UsageError } from './usageError';

/** Exit codes of the contract. */
const EXIT = { done: 0, someFailed: 1, usage: 2, refused: 3 } as const;

export interface World {
  readonly cwd: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly platform: NodeJS.Platform;
  readonly console: Console;
  /** Aborted when the user wants to stop; what is done is kept. */
  readonly signal: AbortSignal;
}

/** Runs the command line. @returns the exit code; nothing is thrown that a user caused. */
export async function main(argv: readonly string[], world: World): Promise<number> {
  const { console } = world;
  try {
    const args = readArguments(argv);
    if (args === null) {
      console.out(USAGE);
      return EXIT.done;
    }
    return await runBatch(args, world);
  } catch (error) {
    if (error instanceof UsageError) {
      console.err(`${error.message}\n"delegate-batch --help" tells more.\n`);
      return EXIT.usage;
    }
    if (error instanceof BatchError) {
      console.err(`${error.message}\n`);
      return EXIT.someFailed;
    }
    throw error;
  }
}

async function runBatch(args: Arguments, world: World): Promise<number> {
  const root = await realpath(world.cwd);
  const text = args.configFile === null ? null : await readConfigFile(args.configFile);
  const config = readConfig(text, taskIdOf(args.task));
  const job = await readJob(root, args, config);
  if ((args.isWriting || args.patchFile !== null) && !makesEdits(job)) {
    throw new UsageError(`${args.task} makes a document; it comes on standard output.`);
  }
  const folders = foldersOf(world.environment, world.platform);
  const report = new Report({ console: world.console, isJson: args.isJson, now: Date.now });
  const tree = await findWorkTree(root);
  const connection = await connect(world.environment, folders.cache, config);
  const options = { root, args, config, job, folders, connection, report };
  try {
    await removeOldBatches(folders.cache, Date.now());
    const session = await openSession(options);
    try {
      if (args.isWriting && !args.isForced) await requireClean(tree, session);
      return await produceAndDeliver(
        { options, session, prefix: tree?.prefix ?? '' },
        world.signal,
      );
    } finally {
      await session.close();
    }
  } finally {
    await connection.client.close();
  }
}

async function readConfigFile(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    throw new UsageError(`${path} cannot be read.`);
  }
}

/** Changes of this very batch, written before it was killed, are not changes of the user. */
async function requireClean(tree: WorkTree | null, { batch, options }: Session): Promise<void> {
  if (!tree) throw new UsageError('--write needs a git work tree, or --force.');
  const ours = new Map([...batch.state.files.values()].map((file) => [file.path, file]));
  for (const path of await tree.dirtyPaths()) {
    const applied = ours.get(path)?.applied;
    const bytes = applied ? await options.files.read(path) : null;
    if (bytes === null || hashOf(bytes) !== applied?.after) {
      throw new UsageError(
        '--write needs a clean git work tree, or --force. Commit or stash first.',
      );
    }
  }
}

interface Step {
  readonly options: SessionOptions;
  readonly session: Session;
  readonly prefix: string;
}

async function produceAndDeliver(
  { options, session, prefix }: Step,
  signal: AbortSignal,
): Promise<number> {
  const { args, report } = options;
  const { batch } = session;
  const plan = await batch.plan();
  report.plan(plan);
  if (plan.files.length === 0) report.say('There is nothing to do.');
  const isDone = plan.files.every(({ standing }) => standing !== null);
  const refusal = isDone ? null : refusalOf(plan, batch.state.spentNanoUsd);
  if (refusal !== null) {
    report.say(refusal);
    return EXIT.refused;
  }
  const end = await produce({ options, session, prefix }, signal);
  if (end === null) {
    report.say('A budget of the day or month does not allow this batch.');
    return EXIT.refused;
  }
  const files = [...batch.state.files.values()];
  report.files(files);
  let applied: readonly ApplyEnd[] = [];
  if (args.patchFile !== null) await writePatch(session, { ...args, prefix }, report);
  else if (args.isWriting && !signal.aborted) applied = await writeFiles(session, args, report);
  await writeDocument(session, args, report);
  report.summary(end, { files, applied });
  const isGood =
    end.stopped === null &&
    files.every(
      ({ standing }) => standing !== null && standing !== 'failed' && standing !== 'doubtful',
    ) &&
    applied.every((each) => GOOD_ENDS.has(each));
  return isGood ? EXIT.done : EXIT.someFailed;
}

const GOOD_ENDS: ReadonlySet<ApplyEnd> = new Set(['written', 'merged', 'already']);

/** Why nothing is sent at all; null when the batch may begin. */
function refusalOf(plan: BatchPlan, spentNanoUsd: number): string | null {
  switch (planProblem(plan, spentNanoUsd)) {
    case null:
      return null;
    case 'no-prices':
      return 'The prices of the models are not known, so nothing would bound the cost.';
    case 'over-limit': {
      const most = formatUsd(spentNanoUsd + (plan.price?.highNanoUsd ?? 0));
      return `It may cost up to ~${most}; the limit is ${formatUsd(plan.limitNanoUsd)}. Nothing was sent. Raise --max-cost, or name fewer files.`;
    }
  }
}

/** @returns null when a budget refuses it. */
async function produce({ options, session }: Step, signal: AbortSignal): Promise<BatchEnd | null> {
  const { batch } = session;
  if (
    [...batch.state.files.values()].every(({ standing }) => standing !== null) &&
    batch.state.isEnded
  ) {
    const { spentNanoUsd, open } = batch.state;
    return { stopped: null, spentNanoUsd, unknownBills: open.size };
  }
  const books = await openBooks(options, session);
  if (!books) return null;
  try {
    return await batch.produce(books.accounts, signal);
  } finally {
    await books.close();
  }
}
