import { JobThread } from '../../common/jobThread';
import { type PackedTree, unpackTree } from '../../syntax/packedTree';
import type { SyntaxService, SyntaxTree } from '../../syntax/syntax';
import type { TaskClaim } from '../../tasks/task';
import type { ProofInput } from './parsedVersions';
import { type ProofResult, unproven } from './proofResult';

/** What a text is proven from, apart from the grammars. */
export type ProofTexts = Omit<ProofInput, 'syntax'>;

/** What the thread is asked. */
export type ThreadRequest =
  | { readonly kind: 'parse'; readonly languageId: string; readonly text: string }
  | { readonly kind: 'prove'; readonly claim: TaskClaim; readonly texts: ProofTexts };

/** What it answers: null where there is no grammar. */
export type ThreadAnswer =
  | { readonly kind: 'tree'; readonly tree: PackedTree | null }
  | { readonly kind: 'proof'; readonly result: ProofResult }
  | { readonly kind: 'failed'; readonly message: string };

export interface ProofThreadOptions {
  /** File of the thread's code. */
  readonly script: string;
  /** Folder of the grammars. */
  readonly grammars: string;
  /** After how many milliseconds a text counts as too large. */
  readonly patienceMs?: number;
}

const PATIENCE_MS = 10_000;

/** Parses and proves in a thread of its own. A text that takes too long is given up. */
export class ProofThread implements SyntaxService {
  readonly #thread: JobThread<ThreadRequest, ThreadAnswer>;

  constructor({ script, grammars, patienceMs = PATIENCE_MS }: ProofThreadOptions) {
    this.#thread = new JobThread({ script, data: { grammars }, patienceMs });
  }

  /** @throws when the grammar cannot be loaded, or when the text takes too long. */
  async parse(languageId: string, text: string): Promise<SyntaxTree | null> {
    const done = await this.#thread.ask({ kind: 'parse', languageId, text });
    if (done.kind === 'too-late') throw new Error('The text takes too long to parse.');
    if (done.kind === 'failed' || done.answer.kind !== 'tree') {
      throw new Error('The text could not be parsed.');
    }
    return done.answer.tree && unpackTree(done.answer.tree);
  }

  /** Never rejects: what goes wrong leaves the text unverified. */
  async prove(claim: TaskClaim, texts: ProofTexts): Promise<ProofResult> {
    const done = await this.#thread.ask({ kind: 'prove', claim, texts });
    if (done.kind === 'too-late') return unproven('too-large');
    return done.kind === 'answer' && done.answer.kind === 'proof'
      ? done.answer.result
      : unproven('grammar-failed');
  }

  dispose(): void {
    this.#thread.dispose();
  }
}
