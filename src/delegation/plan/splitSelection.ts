import { splitLines } from '../../text/lines';
import type { Selection, SelectionSymbol } from '../../tasks/task';
import { countTokens } from '../../text/tokens';

/** A stretch of whole lines of a selection. */
export interface SelectionPart {
  readonly text: string;
  /** One-based lines relative to the selection. */
  readonly startLine: number;
  readonly endLine: number;
}

export interface SplitLimits {
  readonly maxParts: number;
  /** How many parts to try first. */
  readonly partCount: number;
  /** Whether a part is small enough. */
  readonly fits: (text: string) => boolean;
}

/** How far from its ideal place a cut may move to a better line, as a share of a part's length. */
const SEARCH_SHARE = 0.3;

/**
 * Cuts a selection between lines into parts of about equal length, before declarations and at blank
 * lines where there are some nearby. The parts joined are the selection, byte for byte.
 *
 * @returns null when it takes more parts than allowed, as with a single line that is too long.
 */
export function splitIntoParts(
  selection: Selection,
  limits: SplitLimits,
): readonly SelectionPart[] | null {
  const lines = splitLines(selection.text);
  const quality = cutQuality(lines, selection.symbols);
  for (let count = Math.max(2, limits.partCount); count <= limits.maxParts; count += 1) {
    const parts = cutEvenly(lines, quality, count);
    if (parts.every((part) => limits.fits(part.text))) return parts;
  }
  return null;
}

function cutEvenly(
  lines: readonly string[],
  quality: readonly number[],
  count: number,
): readonly SelectionPart[] {
  const ends = cumulativeTokens(lines);
  const total = ends.at(-1) ?? 0;
  const starts = [0];
  for (let part = 1; part < count; part += 1) {
    const from = (starts.at(-1) ?? 0) + 1;
    const cut = bestCut({
      ends,
      quality,
      from,
      ideal: (total * part) / count,
      reach: total / count,
    });
    if (cut !== null) starts.push(cut);
  }
  return starts.map((start, index) => {
    const end = starts[index + 1] ?? lines.length;
    return { text: lines.slice(start, end).join(''), startLine: start + 1, endLine: end };
  });
}

/** Index of the line before which to cut; null when no line is left to cut at. */
function bestCut(search: {
  readonly ends: readonly number[];
  readonly quality: readonly number[];
  readonly from: number;
  readonly ideal: number;
  readonly reach: number;
}): number | null {
  const { ends, quality, from, ideal } = search;
  const reach = search.reach * SEARCH_SHARE;
  let best: number | null = null;
  let bestScore = -Infinity;
  for (let line = from; line < ends.length; line += 1) {
    const distance = Math.abs((ends[line - 1] ?? 0) - ideal);
    // A better kind of place counts for more than any distance within reach; beyond, none counts.
    const score = distance <= reach ? (quality[line] ?? 0) + 1 - distance / reach : -distance;
    if (score > bestScore) {
      bestScore = score;
      best = line;
    }
  }
  return best;
}

function cumulativeTokens(lines: readonly string[]): number[] {
  let sum = 0;
  return lines.map((line) => (sum += countTokens(line)));
}

/** How good it is to cut before each line: 6 before an outer declaration, 0 in the middle of code. */
function cutQuality(lines: readonly string[], symbols: readonly SelectionSymbol[]): number[] {
  const quality = lines.map((line, index): number => {
    const previous = lines[index - 1];
    if (previous === undefined || previous.trim() !== '' || line.trim() === '') return 0;
    return /^\s/.test(line) ? 2 : 3;
  });
  const outer = Math.min(...symbols.map((symbol) => symbol.depth));
  for (const symbol of symbols) {
    const line = leadStart(lines, symbols, symbol);
    if (line > 0) quality[line] = symbol.depth === outer ? 6 : 4;
  }
  return quality;
}

/** Where what belongs to a declaration starts: comments and decorators directly above it included. */
function leadStart(
  lines: readonly string[],
  symbols: readonly SelectionSymbol[],
  symbol: SelectionSymbol,
): number {
  const lastEnd = symbols.reduce(
    (end, other) => (other.endLine < symbol.startLine ? Math.max(end, other.endLine) : end),
    0,
  );
  // Siblings end above; an enclosing declaration starts above and owns its own first line.
  const enclosing = symbols.reduce(
    (start, other) =>
      other.startLine < symbol.startLine && other.endLine >= symbol.startLine
        ? Math.max(start, other.startLine)
        : start,
    0,
  );
  const floor = Math.max(lastEnd, enclosing);
  let line = symbol.startLine - 1;
  while (line > floor && (lines[line - 1] ?? '').trim() !== '') line -= 1;
  return line;
}
