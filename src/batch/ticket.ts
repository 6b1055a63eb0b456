import { asArray, asRecord, parseRecord, readCount, readString } from '../common/json';
import type { NanoUsd } from '../common/money';
import type { JsonObject } from '../openrouter/wire';
import type { TaskDefinition } from '../tasks/task';
import type { BatchFolder } from './ports';

/** What a batch is about, kept beside its journal so that another session can go on with it. */
export interface BatchTicket {
  readonly id: string;
  /** When it was begun, ISO 8601. */
  readonly at: string;
  /** Address of the workspace folder. */
  readonly root: string;
  /** Paths below it. */
  readonly targets: readonly string[];
  /** Whole, because a recipe may be gone or another one by then. */
  readonly task: TaskDefinition;
  readonly instruction: string | null;
  readonly schema: JsonObject | null;
  /** What the demo made up must not be gone on with for money, nor the other way round. */
  readonly isDemo: boolean;
  readonly choices: BatchChoices;
}

/** What the user may choose in the plan. */
export interface BatchChoices {
  readonly limitNanoUsd: NanoUsd;
  readonly parallel: number;
  /** 0 to 1. */
  readonly auditShare: number;
}

const TICKET = 'ticket.json';

export async function writeTicket(folder: BatchFolder, ticket: BatchTicket): Promise<void> {
  await folder.replace(TICKET, Buffer.from(JSON.stringify({ v: 1, ...ticket })));
}

/** @returns null when there is none, or when it is of a later version. */
export async function readTicket(folder: BatchFolder): Promise<BatchTicket | null> {
  const row = parseRecord((await folder.read(TICKET))?.toString('utf8') ?? '');
  const task = asRecord(row?.['task']);
  const choices = readChoices(row?.['choices']);
  const [id, at, root] = [row?.['id'], row?.['at'], row?.['root']].map(readString);
  if (
    row?.['v'] !== 1 ||
    !task ||
    !choices ||
    !id ||
    !at ||
    !root ||
    readString(task['id']) === null
  ) {
    return null;
  }
  return {
    id,
    at,
    root,
    targets: asArray(row['targets']).filter((each) => typeof each === 'string'),
    task: task as unknown as TaskDefinition,
    instruction: readString(row['instruction']),
    schema: asRecord(row['schema']),
    isDemo: row['isDemo'] === true,
    choices,
  };
}

function readChoices(value: unknown): BatchChoices | null {
  const row = asRecord(value);
  const limitNanoUsd = readCount(row?.['limitNanoUsd']);
  const parallel = readCount(row?.['parallel']);
  const auditShare = row?.['auditShare'];
  const isShare = typeof auditShare === 'number' && auditShare >= 0 && auditShare <= 1;
  if (limitNanoUsd === null || parallel === null || !isShare) return null;
  return { limitNanoUsd, parallel, auditShare };
}
