import type { CommentRules } from '../../syntax/commentRules';
import { LineIndex } from '../../syntax/lineIndex';
import { scanPlainly } from '../../syntax/plainScan';
import type { Declaration, SyntaxService, SyntaxToken } from '../../syntax/syntax';
import { lineStarts, splitLines } from '../../text/lines';

/** The selection that is documented in its document, with what is known of its language. */
export interface DocumentedText {
  /** The selection. */
  readonly text: string;
  /** Its lines, line endings included. */
  readonly lines: readonly string[];
  /** The document up to the selection; empty when it is not known. */
  readonly before: string;
  readonly rules: CommentRules;
  readonly lineIndex: LineIndex;
  /** Comments, code and other texts; offsets count from the selection's start, as all below. */
  readonly tokens: readonly SyntaxToken[];
  readonly comments: readonly SyntaxToken[];
  /** Declarations and their members; lines are the selection's. Empty without a grammar. */
  readonly declarations: readonly Declaration[];
  /** Whether a grammar read it, so that it can tell a comment from code. */
  readonly isParsed: boolean;
  /** Whether that grammar met something that it does not understand. */
  readonly hasErrors: boolean;
}

/** What a text is read by. */
export interface Reading {
  readonly languageId: string;
  readonly rules: CommentRules;
  readonly syntax: SyntaxService;
  readonly before: string;
  readonly after: string;
}

/** Reads a text in the selection's place. */
export async function readDocumented(text: string, reading: Reading): Promise<DocumentedText> {
  const { before, after, rules, syntax } = reading;
  const source = before + text + after;
  // A grammar that cannot be loaded counts as no grammar.
  const tree = await syntax.parse(reading.languageId, source).catch(() => null);
  const offset = before.length;
  const lineOffset = lineStarts(before).length - 1;
  const found = tree?.tokens ?? scanPlainly(source, rules.lexis ?? {});
  const tokens = found.map((token) => shifted(token, offset));
  return {
    text,
    lines: splitLines(text),
    before,
    rules,
    lineIndex: new LineIndex(source),
    tokens,
    comments: found.filter(({ kind }) => kind === 'comment'),
    declarations: [...(tree?.declarations ?? []), ...(tree?.members ?? [])].map((declaration) =>
      shiftedDeclaration(declaration, offset, lineOffset),
    ),
    isParsed: tree !== null,
    hasErrors: tree?.hasErrors === true,
  };
}

function shifted<T extends { readonly start: number; readonly end: number }>(
  item: T,
  offset: number,
): T {
  return offset === 0 ? item : { ...item, start: item.start - offset, end: item.end - offset };
}

function shiftedDeclaration(
  declaration: Declaration,
  offset: number,
  lineOffset: number,
): Declaration {
  const { documentation, documentationLine } = declaration;
  return {
    ...shifted(declaration, offset),
    nameStart: declaration.nameStart - offset,
    headEnd: declaration.headEnd - offset,
    startLine: declaration.startLine - lineOffset,
    endLine: declaration.endLine - lineOffset,
    documentation: documentation && shifted(documentation, offset),
    documentationLine: documentationLine === null ? null : documentationLine - lineOffset,
    indentationLine: declaration.indentationLine - lineOffset,
  };
}

/** What stands before the selection on its first line. */
export function linePrefixOf({ before }: Pick<DocumentedText, 'before'>): string {
  return /[^\r\n]*$/.exec(before)?.[0] ?? '';
}
