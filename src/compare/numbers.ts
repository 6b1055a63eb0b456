import { asRecord, parseRecord, readCount, readString } from '../common/json';
import type { BatchFolder } from '../batch/ports';
import type { KeptRow } from './comparison';

/**
 * Reads the file of a comparison: numbers, models and hashes, nothing of the code. A torn last line,
 * or one that is damaged, counts as not written.
 */
export function readNumbers(text: string): readonly KeptRow[] {
  return text.split('\n').flatMap((line) => readLine(line) ?? []);
}

/** Adds lines to the file of one comparison, each on the disk before `add` resolves. */
export class NumberFile {
  readonly #folder: Pick<BatchFolder, 'append'>;
  readonly #name: string;
  #writing: Promise<void> = Promise.resolve();

  constructor(folder: Pick<BatchFolder, 'append'>, name: string) {
    this.#folder = folder;
    this.#name = name;
  }

  add(line: KeptRow): Promise<void> {
    const bytes = Buffer.from(`${JSON.stringify(line)}\n`);
    const writing = this.#writing
      .catch(() => undefined)
      .then(() => this.#folder.append(this.#name, bytes));
    this.#writing = writing;
    return writing;
  }
}

function readLine(line: string): KeptRow | null {
  const record = parseRecord(line);
  switch (record?.['t']) {
    case 'answer':
      return readAnswer(asRecord(record['row']));
    case 'judged':
      return readJudgement(asRecord(record['row']));
    default:
      return null;
  }
}

function readAnswer(row: Readonly<Record<string, unknown>> | null): KeptRow | null {
  const model = readString(row?.['model']);
  const place = readString(row?.['place']);
  const durationMs = readCount(row?.['durationMs']);
  const isGood = row?.['isGood'];
  if (model === null || place === null || durationMs === null || typeof isGood !== 'boolean') {
    return null;
  }
  const code = readString(row?.['code']) ?? '';
  const costNanoUsd = readCount(row?.['costNanoUsd']);
  return { t: 'answer', row: { model, place, isGood, code, costNanoUsd, durationMs } };
}

function readJudgement(row: Readonly<Record<string, unknown>> | null): KeptRow | null {
  const cheaper = readString(row?.['cheaper']);
  const dearer = readString(row?.['dearer']);
  const place = readString(row?.['place']);
  const preferred = (['cheaper', 'dearer', 'neither'] as const).find(
    (each) => each === row?.['preferred'],
  );
  if (cheaper === null || dearer === null || place === null || !preferred) return null;
  return { t: 'judged', row: { cheaper, dearer, place, preferred } };
}
