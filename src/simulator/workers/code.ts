import type { SyntaxService, SyntaxToken, SyntaxTree } from '../../syntax/syntax';
import { plainTokens } from './plainTokens';
import type { WorkerJob } from './workerJob';

/** A piece of code as workers look at it. */
export interface CodeToken extends SyntaxToken {
  /** Source text of the token. */
  readonly raw: string;
}

/** A selection with what a grammar says of it. */
export interface Code {
  readonly text: string;
  readonly languageId: string;
  /** Null for a language without a grammar; `tokens` are there in any case. */
  readonly tree: SyntaxTree | null;
  readonly tokens: readonly CodeToken[];
  /** Number shown before the line of an offset. */
  lineNumber(offset: number): number;
}

/** Reads a selection; a missing grammar is not an error. */
export async function readCode(job: WorkerJob, syntax: SyntaxService): Promise<Code> {
  return makeCode(job, await parseOrNull(syntax, job.languageId, job.selection));
}

/** A tree, or null when there is none to be had. */
export async function parseOrNull(
  syntax: SyntaxService,
  languageId: string,
  text: string,
): Promise<SyntaxTree | null> {
  try {
    return await syntax.parse(languageId, text);
  } catch {
    return null;
  }
}

function makeCode(job: WorkerJob, tree: SyntaxTree | null): Code {
  const text = job.selection;
  const starts = [0, ...[...text.matchAll(/\n/g)].map((match) => match.index + 1)];
  return {
    text,
    languageId: job.languageId,
    tree,
    tokens: (tree?.tokens ?? plainTokens(text)).map((token) => ({
      ...token,
      raw: text.slice(token.start, token.end),
    })),
    lineNumber(offset) {
      const after = starts.findIndex((start) => start > offset);
      return job.firstLineNumber + (after < 0 ? starts.length : after) - 1;
    },
  };
}
