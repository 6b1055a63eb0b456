import { type SyntaxService, type SyntaxTree, tokenText } from '../../syntax/syntax';
import { lineAt, lineStarts, withEol } from '../../text/lines';
import type { UnverifiedReason } from './proofResult';

/** Longer documents, in UTF-16 units, are not proven: trees of them take too much memory. */
const MAX_PROOF_LENGTH = 4_000_000;

export interface ProofInput {
  /** The range's text as it was sent. */
  readonly base: string;
  readonly proposed: string;
  readonly languageId: string;
  readonly syntax: SyntaxService;
  /**
   * The rest of the document. With it the grammar sees a whole file; without it a selection that
   * starts inside a string, say, cannot be told from code.
   */
  readonly context?: { readonly before: string; readonly after: string };
}

/** A token with what a proof compares. */
export interface Lexeme {
  readonly kind: 'code' | 'comment' | 'doc';
  /** What counts of it; see `tokenText`. */
  readonly text: string;
  /** As written. */
  readonly source: string;
  readonly start: number;
  readonly end: number;
  /** Block depth, where indentation matters; else 0. */
  readonly depth: number;
  /** What the white space before it means; see `SyntaxTree.gaps`. */
  readonly gap: string;
}

/** One version of the text as the grammar sees it. Offsets are those of `text`. */
export interface ParsedText {
  /** With LF line endings, and with the context when there is one. */
  readonly text: string;
  readonly tree: SyntaxTree;
  readonly lexemes: readonly Lexeme[];
  /** One-based line of an offset, counted from the start of the range. */
  lineOf(offset: number): number;
}

export interface ParsedVersions {
  readonly base: ParsedText;
  readonly proposed: ParsedText;
}

export type ParseOutcome =
  | ({ readonly kind: 'parsed' } & ParsedVersions)
  | { readonly kind: 'unparsed'; readonly reason: UnverifiedReason };

/**
 * Parses both versions as parts of their document. When the rest of the document has something that
 * the grammar does not understand, and the range is not inside a single token of it, the range alone
 * is parsed instead.
 */
export async function parseVersions(input: ProofInput): Promise<ParseOutcome> {
  if (longestOf(input) > MAX_PROOF_LENGTH) return { kind: 'unparsed', reason: 'too-large' };
  try {
    const whole = await parsePair(input, input.context ?? { before: '', after: '' });
    if (!whole) return { kind: 'unparsed', reason: 'no-grammar' };
    if (input.context && hasErrors(whole) && !isInsideToken(input, whole)) {
      const alone = await parsePair(input, { before: '', after: '' });
      if (alone && !hasErrors(alone)) return { kind: 'parsed', ...alone };
    }
    return { kind: 'parsed', ...whole };
  } catch {
    // The parser is foreign code, and its files may be missing; both leave the text unverified.
    return { kind: 'unparsed', reason: 'grammar-failed' };
  }
}

function longestOf({ base, proposed, context }: ProofInput): number {
  const around = (context?.before.length ?? 0) + (context?.after.length ?? 0);
  return Math.max(base.length, proposed.length) + around;
}

function hasErrors(versions: ParsedVersions): boolean {
  return versions.base.tree.hasErrors || versions.proposed.tree.hasErrors;
}

/** Whether a token of the document spans an end of the range, so that the range is not whole. */
function isInsideToken(input: ProofInput, versions: ParsedVersions): boolean {
  const start = withEol(input.context?.before ?? '', '\n').length;
  const end = start + withEol(input.base, '\n').length;
  return versions.base.lexemes.some((lexeme) =>
    [start, end].some((offset) => lexeme.start < offset && offset < lexeme.end),
  );
}

interface Context {
  readonly before: string;
  readonly after: string;
}

async function parsePair(input: ProofInput, context: Context): Promise<ParsedVersions | null> {
  const base = await parseOne(input, input.base, context);
  const proposed = base && (await parseOne(input, input.proposed, context));
  return base && proposed && { base, proposed };
}

async function parseOne(
  input: ProofInput,
  range: string,
  context: Context,
): Promise<ParsedText | null> {
  const before = withEol(context.before, '\n');
  const text = before + withEol(range + context.after, '\n');
  const tree = await input.syntax.parse(input.languageId, text);
  if (!tree) return null;
  const starts = lineStarts(text);
  const firstLine = lineAt(starts, before.length);
  return {
    text,
    tree,
    lexemes: tree.tokens.map((token, index) => ({
      kind: token.kind,
      text: tokenText(token, text),
      source: text.slice(token.start, token.end),
      start: token.start,
      end: token.end,
      depth: tree.blockDepths[index] ?? 0,
      gap: tree.gaps[index] ?? '',
    })),
    lineOf: (offset) => lineAt(starts, offset) - firstLine + 1,
  };
}
