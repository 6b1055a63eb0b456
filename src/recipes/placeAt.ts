import { MAX_RECIPE_LENGTH, splitFrontMatter } from './frontMatter';

/** Where in the front matter a position is, read line by line: half-typed text is not YAML yet. */
export type RecipePlace =
  /** On a key, or where one may begin. `typed` are its characters from `start` to `end`. */
  | {
      readonly kind: 'key';
      /** Field that the key is below; null at the top. */
      readonly parent: string | null;
      readonly start: number;
      readonly end: number;
      readonly typed: string;
      /** Keys that stand beside it. */
      readonly taken: readonly string[];
      /** Whether a colon follows already. */
      readonly hasColon: boolean;
    }
  /** On a value of a field such as `worker.tools`. */
  | {
      readonly kind: 'value';
      readonly path: string;
      readonly start: number;
      readonly end: number;
      readonly typed: string;
    };

interface Line {
  readonly text: string;
  readonly start: number;
}

/** @returns null outside the front matter, in comments, and inside a schema. */
export function recipePlaceAt(text: string, offset: number): RecipePlace | null {
  if (text.length > MAX_RECIPE_LENGTH) return null;
  const lines = frontMatterLines(text);
  const index = lines.findIndex(
    (line) => offset >= line.start && offset <= line.start + line.text.length,
  );
  const line = lines[index];
  if (!line) return null;
  const column = offset - line.start;
  const hash = line.text.search(/(?:^|\s)#/);
  if (hash >= 0 && column > hash) return null;
  const colon = line.text.search(/:(?:\s|$)/);
  const isItem = /^\s*-(?:\s|$)/.test(line.text);
  if (colon < 0 || column <= colon) {
    return isItem ? itemAt(lines, index, column) : keyAt(lines, index, colon);
  }
  const path = pathOf(lines, index);
  return path === null || isItem ? null : valueAt(path, line, { colon, column });
}

/** The lines between the dashes; of front matter that is not closed yet, all up to a blank one. */
function frontMatterLines(text: string): readonly Line[] {
  const { yaml, yamlStart, isClosed, body } = splitFrontMatter(text);
  if (yamlStart === 0) return [];
  const inner = isClosed ? yaml : (/^[^]*?(?=\r?\n[ \t]*\r?\n|$(?![^]))/.exec(body)?.[0] ?? '');
  const lines: Line[] = [];
  let start = yamlStart;
  for (const part of inner.split('\n')) {
    lines.push({ text: part.replace(/\r$/, ''), start });
    start += part.length + 1;
  }
  // After the last line's end the closing dashes begin.
  if (isClosed && lines.length > 1 && lines.at(-1)?.text === '') lines.pop();
  return lines;
}

function keyAt(lines: readonly Line[], index: number, colon: number): RecipePlace | null {
  const line = lines[index];
  if (!line) return null;
  const indent = indentOf(line.text);
  const parent = indent === 0 ? null : parentOf(lines, index, indent);
  if (indent > 0 && parent !== 'worker') return null;
  const endColumn = colon < 0 ? line.text.trimEnd().length : colon;
  const end = Math.max(endColumn, indent);
  return {
    kind: 'key',
    parent,
    start: line.start + indent,
    end: line.start + end,
    typed: line.text.slice(indent, end),
    taken: siblings(lines, index, indent),
    hasColon: colon >= 0,
  };
}

/** An entry of a list below a field, such as of `tools`. */
function itemAt(lines: readonly Line[], index: number, column: number): RecipePlace | null {
  const line = lines[index];
  const dash = line ? line.text.indexOf('-') : -1;
  if (!line || column <= dash) return null;
  const indent = indentOf(line.text);
  for (let above = index - 1; above >= 0; above -= 1) {
    const { text = '' } = lines[above] ?? {};
    if (saysNothing(text)) continue;
    if (/^\s*-/.test(text) && indentOf(text) === indent) continue;
    if (!/:\s*$/.test(text)) return null;
    const path = pathOf(lines, above);
    const first = line.text.slice(dash + 1).search(/\S/);
    const start = first < 0 ? Math.max(column, dash + 1) : dash + 1 + first;
    return path === null ? null : span(path, line, { start, end: line.text.trimEnd().length });
  }
  return null;
}

function valueAt(
  path: string,
  line: Line,
  { colon, column }: { readonly colon: number; readonly column: number },
): RecipePlace {
  // In a list in brackets, or in words, the one at the cursor.
  const before = /[^\s[\],]*$/.exec(line.text.slice(colon + 1, column))?.[0] ?? '';
  const after = /^[^\s[\],]*/.exec(line.text.slice(column))?.[0] ?? '';
  return span(path, line, { start: column - before.length, end: column + after.length });
}

function span(
  path: string,
  line: Line,
  { start, end }: { readonly start: number; readonly end: number },
): RecipePlace {
  const last = Math.max(start, end);
  return {
    kind: 'value',
    path,
    start: line.start + start,
    end: line.start + last,
    typed: line.text.slice(start, last),
  };
}

/** Such as `worker.tools` for a line that has a key; null inside a schema and other depths. */
function pathOf(lines: readonly Line[], index: number): string | null {
  const { text = '' } = lines[index] ?? {};
  const name = keyOf(text);
  if (name === undefined) return null;
  const indent = indentOf(text);
  if (indent === 0) return name;
  return parentOf(lines, index, indent) === 'worker' ? `worker.${name}` : null;
}

/** The key of the nearest line above that is indented less, when that is at the top. */
function parentOf(lines: readonly Line[], index: number, indent: number): string | null {
  for (let above = index - 1; above >= 0; above -= 1) {
    const { text = '' } = lines[above] ?? {};
    if (saysNothing(text)) continue;
    const other = indentOf(text);
    if (other >= indent) continue;
    return other === 0 ? (keyOf(text) ?? '') : '';
  }
  return null;
}

/** The keys of the same block, without the line's own. */
function siblings(lines: readonly Line[], index: number, indent: number): readonly string[] {
  const keys: string[] = [];
  const collect = (step: 1 | -1): void => {
    for (let at = index + step; at >= 0 && at < lines.length; at += step) {
      const { text = '' } = lines[at] ?? {};
      if (saysNothing(text)) continue;
      if (indentOf(text) < indent) return;
      const name = indentOf(text) === indent ? keyOf(text) : undefined;
      if (name !== undefined) keys.push(name);
    }
  };
  collect(-1);
  collect(1);
  return keys;
}

/** A blank line or a comment. */
function saysNothing(text: string): boolean {
  return /^\s*(?:#|$)/.test(text);
}

/** The key that a line begins with. */
function keyOf(text: string): string | undefined {
  return /^\s*([\w-]+)\s*:/.exec(text)?.[1];
}

function indentOf(text: string): number {
  return text.length - text.trimStart().length;
}
