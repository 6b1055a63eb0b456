import type { Selection, SelectionSymbol } from '../../tasks/task';
import { splitLines } from '../../text/lines';
import { countLines } from '../../text/numbering';
import { declaredName } from './declaredName';
import { countTokens } from '../../text/tokens';

/**
 * Tokens an outline may take. The orchestrator reads it at its own price in every step, so it gets
 * as much as a plan needs: a name and its lines for each declaration, the outer ones first.
 */
const BASE_TOKENS = 50;
const TOKENS_PER_SELECTION_TOKEN = 0.02;
const MAX_TOKENS = 240;

/** What the orchestrator sees of a selection that stays with the worker. */
export function outlineOf(selection: Selection): string {
  const count = countLines(selection.text);
  const budget = Math.min(
    MAX_TOKENS,
    // Longer texts have the most tokens that an outline may take in any case.
    BASE_TOKENS + countTokens(selection.text.slice(0, 60_000)) * TOKENS_PER_SELECTION_TOKEN,
  );
  const entries =
    selection.symbols.length > 0
      ? symbolEntries(selection.symbols.slice(0, MAX_ENTRIES))
      : signatureEntries(firstLines(selection.text));
  const total = `${count} ${count === 1 ? 'line' : 'lines'}`;
  if (entries.length === 0) return total;
  return `${total}: ${fitEntries(entries, budget)}`;
}

/** More declarations than an outline could ever name. */
const MAX_ENTRIES = 2000;
/** What is looked through for declarations; a selection that is longer is outlined by its beginning. */
const MAX_OUTLINED_LENGTH = 200_000;
const MAX_OUTLINED_LINES = 3000;

function firstLines(text: string): readonly string[] {
  return splitLines(text.slice(0, MAX_OUTLINED_LENGTH)).slice(0, MAX_OUTLINED_LINES);
}

interface OutlineEntry {
  readonly text: string;
  readonly depth: number;
}

function symbolEntries(symbols: readonly SelectionSymbol[]): OutlineEntry[] {
  return symbols.map(({ name, startLine, endLine, depth }) => ({
    depth,
    text: `${shortened(name)} ${startLine === endLine ? startLine : `${startLine}-${endLine}`}`,
  }));
}

/** Takes the outer levels that fit; when even the outermost does not, as many entries of it as fit. */
function fitEntries(entries: readonly OutlineEntry[], budget: number): string {
  const depths = [...new Set(entries.map((entry) => entry.depth))].sort((a, b) => b - a);
  for (const maxDepth of depths) {
    const level = entries.filter((entry) => entry.depth <= maxDepth);
    // Each entry takes two tokens at least, so that longer lists need not be put together.
    if (level.length * 2 > budget) continue;
    const text = joined(level);
    if (countTokens(text) <= budget) return text;
  }
  const outermost = entries.filter((entry) => entry.depth === depths.at(-1));
  const kept: OutlineEntry[] = [];
  let tokens = 0;
  for (const entry of outermost) {
    tokens += countTokens(entry.text) + 1;
    if (tokens > budget) break;
    kept.push(entry);
  }
  return `${joined(kept)}${kept.length > 0 ? ', ' : ''}${outermost.length - kept.length} more`;
}

function joined(entries: readonly OutlineEntry[]): string {
  return entries.map((entry) => entry.text).join(', ');
}

function shortened(name: string): string {
  const line = name.replace(/\s+/g, ' ').trim();
  return line.length > 40 ? `${line.slice(0, 39)}…` : line;
}

/** Without symbols from the editor: lines that look like the start of a declaration. */
function signatureEntries(lines: readonly string[]): OutlineEntry[] {
  const found: { name: string; line: number; indentation: number }[] = [];
  lines.forEach((line, index) => {
    const name = declaredName(line);
    if (name === null) return;
    found.push({ name, line: index + 1, indentation: line.search(/\S/) });
  });
  const levels = [...new Set(found.map((entry) => entry.indentation))].sort((a, b) => a - b);
  return found.map(({ name, line, indentation }) => ({
    text: `${shortened(name)} ${line}`,
    depth: levels.indexOf(indentation),
  }));
}
