import type { SyntaxService, SyntaxTree } from '../../syntax/syntax';
import { countTokens } from '../../text/tokens';
import { hashOf } from '../hash';
import type { BatchJob } from '../job';
import type { WorkspaceFiles } from '../ports';
import { openDeclarations } from '../../syntax/openDeclarations';
import { bytesReason, nameReason, textReason } from './contentReason';
import type { SkipReason, SkippedFile } from './skipReason';
import { type WalkOptions, walk } from './walk';

/** One file of a batch: all that is kept of it in memory. */
export interface CollectedFile {
  /** Relative to the workspace folder, with slashes. */
  readonly path: string;
  readonly languageId: string;
  /** Of the bytes as they were when the batch was planned. */
  readonly hash: string;
  readonly lines: number;
  readonly tokens: number;
  /** For choosing files that differ. */
  readonly declarations: number;
}

export interface CollectOptions extends WalkOptions {
  readonly job: BatchJob;
  readonly syntax: SyntaxService;
  /** The language of a file by its name; null for none that is known. */
  readonly languageOf: (path: string) => string | null;
  /** Lets other work have its turn between two files. */
  readonly pause: () => Promise<void>;
}

/** Longer files take more answers than a batch should spend on one. */
const MAX_BYTES = 400_000;

/** Finds the files that a job can be done on, and says of every other one why not. */
export async function* collect(
  options: CollectOptions,
): AsyncGenerator<CollectedFile | SkippedFile> {
  for await (const found of walk(options)) {
    if ('reason' in found) {
      yield found;
      continue;
    }
    const file = await inspect(found.path, options);
    yield typeof file === 'string' ? { path: found.path, reason: file } : file;
    await options.pause();
  }
}

async function inspect(path: string, options: CollectOptions): Promise<CollectedFile | SkipReason> {
  const byName = nameReason(path);
  if (byName) return byName;
  const languageId = options.languageOf(path);
  if (languageId === null) return (await binaryOr(path, options.files)) ?? 'no-language';
  const size = await options.files.size(path);
  if (size === null) return 'unreadable';
  if (size > MAX_BYTES) return 'too-large';
  const bytes = await options.files.read(path);
  if (bytes === null) return 'unreadable';
  const text = bytes.toString('utf8');
  const reason = bytesReason(bytes) ?? textReason(text);
  if (reason) return reason;
  const tree = await options.syntax.parse(languageId, text).catch(() => null);
  if (options.job.task.id === 'docstring') {
    const documented = documentedReason(languageId, tree);
    if (documented) return documented;
  }
  if (options.job.task.claim !== undefined && languageId === 'plaintext') return 'no-language';
  return {
    path,
    languageId,
    hash: hashOf(bytes),
    lines: text.split('\n').length,
    tokens: Math.ceil(countTokens(text)),
    declarations: tree?.declarations.length ?? 0,
  };
}

/** A picture is not a file in an unknown language. */
async function binaryOr(path: string, files: WorkspaceFiles): Promise<SkipReason | null> {
  const size = await files.size(path);
  if (size === null) return 'unreadable';
  if (size > MAX_BYTES) return 'too-large';
  const bytes = await files.read(path);
  return bytes === null ? 'unreadable' : bytesReason(bytes);
}

/** Whether there is nothing to document. Without a grammar nobody can tell, so the file is taken. */
function documentedReason(languageId: string, tree: SyntaxTree | null): SkipReason | null {
  if (languageId === 'markdown' || languageId === 'plaintext') return 'no-language';
  if (languageId === 'json' || languageId === 'jsonc') return 'no-language';
  if (tree === null || tree.hasErrors) return null;
  return openDeclarations(tree).length > 0 ? null : 'documented';
}
