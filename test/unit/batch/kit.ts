import { Batch, type BatchOptions } from '../../../src/batch/batch';
import { languageOfName } from '../../../src/batch/collect/languages';
import { unattended } from '../../../src/batch/decisions';
import { hashOf } from '../../../src/batch/hash';
import type { BatchJob } from '../../../src/batch/job';
import type { BatchFolder, WorkspaceFiles } from '../../../src/batch/ports';
import type { Accounts } from '../../../src/batch/produce/accounts';
import { readModels } from '../../../src/catalog/readModels';
import { systemClock } from '../../../src/common/clock';
import { NANO_PER_USD } from '../../../src/common/money';
import type { RunResult } from '../../../src/delegation/run/run';
import type { OpenRouterClient } from '../../../src/openrouter/client';
import { builtInTasks } from '../../../src/tasks/catalog';
import { defaultSettings } from '../../support/runSettings';
import { lookup } from '../delegation/kit';
import { syntax } from '../syntax/service';
import { maskHere } from '../../../src/privacy/maskingThread';

/** A batch's folder in memory. `cutAfter` makes it fail like a process that is killed. */
export class MemoryFolder implements BatchFolder {
  readonly files = new Map<string, Buffer>();

  read(name: string): Promise<Buffer | null> {
    return Promise.resolve(this.files.get(name) ?? null);
  }

  append(name: string, bytes: Buffer): Promise<void> {
    this.files.set(name, Buffer.concat([this.files.get(name) ?? Buffer.alloc(0), bytes]));
    return Promise.resolve();
  }

  replace(name: string, bytes: Buffer): Promise<void> {
    this.files.set(name, bytes);
    return Promise.resolve();
  }

  create(name: string, text: string): Promise<boolean> {
    if (this.files.has(name)) return Promise.resolve(false);
    this.files.set(name, Buffer.from(text));
    return Promise.resolve(true);
  }

  remove(name: string): Promise<void> {
    this.files.delete(name);
    return Promise.resolve();
  }

  list(): Promise<readonly string[]> {
    return Promise.resolve([...this.files.keys()]);
  }
}

/** Files of a workspace in memory; `writes` counts what was written into it. */
export class MemoryWorkspace implements WorkspaceFiles {
  readonly files: Map<string, Buffer>;
  readonly readOnly = new Set<string>();
  writes = 0;

  constructor(files: Readonly<Record<string, string | Buffer>>) {
    this.files = new Map(
      Object.entries(files).map(([path, content]) => [path, Buffer.from(content as string)]),
    );
  }

  text(path: string): string {
    return this.files.get(path)?.toString('utf8') ?? '';
  }

  list(folder: string): ReturnType<WorkspaceFiles['list']> {
    const prefix = folder === '' ? '' : `${folder}/`;
    const kinds = new Map<string, 'file' | 'folder'>();
    for (const path of this.files.keys()) {
      if (!path.startsWith(prefix)) continue;
      const [name = '', ...rest] = path.slice(prefix.length).split('/');
      kinds.set(name, rest.length > 0 ? 'folder' : 'file');
    }
    return Promise.resolve([...kinds].map(([name, kind]) => ({ name, kind })));
  }

  size(path: string): Promise<number | null> {
    return Promise.resolve(this.files.get(path)?.length ?? null);
  }

  read(path: string): Promise<Buffer | null> {
    return Promise.resolve(this.files.get(path) ?? null);
  }

  write(path: string, bytes: Buffer, expectedHash: string): ReturnType<WorkspaceFiles['write']> {
    const before = this.files.get(path);
    if (!before) return Promise.resolve('gone');
    if (hashOf(before) !== expectedHash) return Promise.resolve('changed');
    if (this.readOnly.has(path)) return Promise.resolve('read-only');
    this.writes += 1;
    this.files.set(path, bytes);
    return Promise.resolve(null);
  }
}

/** Books that remember what was settled. */
export class MemoryAccounts implements Accounts {
  readonly settled: RunResult[] = [];
  open = 0;

  book(): ReturnType<Accounts['book']> {
    this.open += 1;
    return Promise.resolve({
      noteGenerationId: () => undefined,
      settle: (result) => {
        this.open -= 1;
        this.settled.push(result);
        return Promise.resolve();
      },
    });
  }
}

const ORCHESTRATOR = '~anthropic/claude-opus-latest';
const WORKER = '~anthropic/claude-haiku-latest';

export function docstringJob(change: Partial<BatchJob['settings']> = {}): BatchJob {
  return {
    task: builtInTasks.docstring,
    instruction: null,
    schema: null,
    settings: {
      ...defaultSettings,
      orchestratorModel: ORCHESTRATOR,
      workerModel: WORKER,
      ...change,
    },
  };
}

export async function modelsOf(client: OpenRouterClient): Promise<ReturnType<typeof lookup>> {
  return lookup(...readModels({ data: await client.listModels() }));
}

let ids = 0;

/** Options of a batch against a client, with everything else in memory. */
export async function batchOptions(
  client: OpenRouterClient,
  change: Partial<BatchOptions> & Pick<BatchOptions, 'files'>,
): Promise<BatchOptions> {
  return {
    key: 'test',
    job: docstringJob(),
    folder: new MemoryFolder(),
    syntax,
    targets: ['.'],
    excludes: [],
    isKeptOut: () => Promise.resolve(false),
    languageOf: languageOfName,
    pause: () => Promise.resolve(),
    ports: { client, models: await modelsOf(client), clock: systemClock, random: Math.random },
    limitNanoUsd: 3 * NANO_PER_USD,
    parallel: 4,
    auditShare: 0,
    mask: maskHere,
    newId: () => `id-${(ids += 1)}`,
    newNonce: () => 'abcdefgh',
    decisions: unattended,
    observe: () => undefined,
    ...change,
  };
}

/** Plans and produces a batch. */
export async function runBatch(
  options: BatchOptions,
  accounts: Accounts = new MemoryAccounts(),
): Promise<{ readonly batch: Batch; readonly end: Awaited<ReturnType<Batch['produce']>> }> {
  const batch = await Batch.open(options);
  await batch.plan();
  return { batch, end: await batch.produce(accounts, new AbortController().signal) };
}

/** A small Python module that differs by its number. */
export function pythonFile(number: number): string {
  return [
    `LIMIT_${number} = ${number}`,
    '',
    '',
    `def load_part_${number}(path, size):`,
    `    data = read(path, LIMIT_${number})`,
    '    if not data:',
    `        raise ValueError("part ${number} is empty")`,
    '    return data[:size]',
    '',
    '',
    `class Store${number}:`,
    '    def put(self, key, value):',
    '        self.items[key] = value',
    '',
    '    def get(self, key):',
    '        return self.items.get(key)',
    '',
  ].join('\n');
}

export function pythonFiles(count: number): Record<string, string> {
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`src/part${index}.py`, pythonFile(index)]),
  );
}
