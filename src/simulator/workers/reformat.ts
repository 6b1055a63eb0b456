import type { SyntaxService } from '../../syntax/syntax';
import { parseOrNull } from './code';
import type { Formatter } from './formatters';
import { formatterFor } from './formatters';
import { withOriginalTokens } from './keepTokens';
import type { LayoutStyle } from './layoutStyle';
import { layoutStyleOf } from './layoutStyle';
import { dedent, indent } from './margin';
import { plainTokens } from './plainTokens';
import { reindent } from './reindent';
import type { Parsed } from './sameMeaning';
import { isSameMeaning } from './sameMeaning';
import { demoLanguage } from './demoLanguages';

/** What a fragment is put into so that a formatter that wants whole files reads it. */
const SCRIPT_FRAMES = [
  ['class Frame {', '}'],
  ['({', '});'],
  ['switch (0) {', '}'],
] as const;
const FRAMES: Readonly<Record<string, readonly (readonly [head: string, foot: string])[]>> = {
  typescript: SCRIPT_FRAMES,
  javascript: SCRIPT_FRAMES,
  css: [['a {', '}']],
  json: [['{', '}']],
};

export interface ReformatRequest {
  readonly languageId: string;
  readonly selection: string;
  /** Where formatters come from; the installed ones by default. */
  readonly findFormatter?: (languageId: string) => Formatter | null;
}

/**
 * Formats a selection with the language's own formatter where that is installed and changes layout
 * alone; else lays out its lines by their brackets. In every case the code's tokens stay.
 */
export async function reformatCode(
  syntax: SyntaxService,
  { languageId, selection, findFormatter = formatterFor }: ReformatRequest,
): Promise<string> {
  const ending = /\s*$/.exec(selection)?.[0] ?? '';
  const original = await parseOrNull(syntax, languageId, selection);
  const dedented = dedent(selection);
  const style = layoutStyleOf(selection, languageId);
  const before = await parseOrNull(syntax, languageId, dedented.text);
  const formatted = await format(syntax, {
    formatter: findFormatter(languageId),
    languageId,
    style,
    text: dedented.text,
    tree: before,
  });
  const layout =
    formatted ??
    reindent(dedented.text, languageId, {
      tokens: before?.tokens ?? plainTokens(dedented.text),
      style,
    });
  const moved = await moveBack(syntax, languageId, { layout: layout.trimEnd(), dedented });
  const result = moved + ending.replace(/^[^\n]*(?=\n)/, '').replace(/[ \t]+$/gm, '');
  const after = await parseOrNull(syntax, languageId, result);
  const isKept =
    original === null ||
    (after !== null &&
      isSameMeaning({ text: selection, tree: original }, { text: result, tree: after }));
  return isKept ? result : selection;
}

async function moveBack(
  syntax: SyntaxService,
  languageId: string,
  { layout, dedented }: { readonly layout: string; readonly dedented: ReturnType<typeof dedent> },
): Promise<string> {
  const tree = await parseOrNull(syntax, languageId, layout);
  const fixed = new Set<number>();
  for (const token of tree?.tokens ?? []) {
    if (token.kind === 'comment') continue;
    const lines = layout.slice(token.start, token.end).split('\n').length - 1;
    const first = layout.slice(0, token.start).split('\n').length - 1;
    // A docstring moves with its body: its reader takes the margin off again.
    if (token.kind === 'doc') continue;
    for (let line = first + 1; line <= first + lines; line++) fixed.add(line);
  }
  return indent(layout, dedented, (line) => fixed.has(line));
}

interface Work {
  readonly formatter: Formatter | null;
  readonly languageId: string;
  readonly style: LayoutStyle;
  readonly text: string;
  readonly tree: Parsed['tree'] | null;
}

/** The formatter's layout, or null when there is no formatter or none that keeps the tokens. */
async function format(syntax: SyntaxService, work: Work): Promise<string | null> {
  const { formatter } = work;
  if (!formatter || work.text.trim() === '') return null;
  const { family } = demoLanguage(work.languageId);
  // What the grammar cannot read in any frame would only be misread by the formatter in one.
  const frames = [null, ...(work.tree?.hasErrors === true ? [] : (FRAMES[family] ?? []))];
  for (const frame of frames) {
    const formatted = await formatIn(formatter, work, frame);
    if (formatted === null) continue;
    const kept = await keepTokens(syntax, work, formatted);
    if (kept !== null) return kept;
  }
  return null;
}

async function formatIn(
  formatter: Formatter,
  { text, style }: Work,
  frame: readonly [string, string] | null,
): Promise<string | null> {
  try {
    if (!frame) return await formatter(text, style);
    const [head, foot] = frame;
    const whole = await formatter(`${head}\n${text}\n${foot}`, style);
    const lines = whole.trimEnd().split('\n');
    const isWhole = lines[0]?.trim() === head && lines.at(-1)?.trim() === foot;
    return isWhole ? dedent(lines.slice(1, -1).join('\n')).text : null;
  } catch {
    return null;
  }
}

async function keepTokens(
  syntax: SyntaxService,
  { languageId, text, tree }: Work,
  formatted: string,
): Promise<string | null> {
  // Nothing can be compared without a grammar; the formatter is trusted then.
  if (!tree) return formatted;
  const before: Parsed = { text, tree };
  const now = await parseOrNull(syntax, languageId, formatted);
  if (!now) return null;
  const after: Parsed = { text: formatted, tree: now };
  if (isSameMeaning(before, after)) return formatted;
  const kept = withOriginalTokens(before, after);
  const keptTree = kept === null ? null : await parseOrNull(syntax, languageId, kept);
  if (kept === null || !keptTree) return null;
  return isSameMeaning(before, { text: kept, tree: keptTree }) ? kept : null;
}
