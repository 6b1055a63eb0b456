import { type Document, parseDocument } from 'yaml';

/** UTF-16 units of a recipe's file, which is an instruction and not a document. */
export const MAX_RECIPE_LENGTH = 64_000;
/** Bytes of such a file, asked for before it is read. */
export const MAX_RECIPE_BYTES = 4 * MAX_RECIPE_LENGTH;

/** A recipe's file in its two parts, with where they are. */
export interface FrontMatter {
  /** What stands between the lines of dashes, as it is in the file; empty when there is none. */
  readonly yaml: string;
  /** Offset of `yaml` in the file. */
  readonly yamlStart: number;
  readonly body: string;
  /** False when the closing line of dashes is missing. */
  readonly isClosed: boolean;
}

/** Front matter is what stands between a first line of dashes and the next such line. */
export function splitFrontMatter(text: string): FrontMatter {
  const opening = /^\uFEFF?---[ \t]*(?:\r?\n|$)/.exec(text);
  if (!opening) {
    return { yaml: '', yamlStart: 0, body: text.replace(/^\uFEFF/, ''), isClosed: true };
  }
  const yamlStart = opening[0].length;
  const rest = text.slice(yamlStart);
  const closing = /^---[ \t]*(?:\r?\n|\r?$(?![^]))/m.exec(rest);
  if (!closing) return { yaml: '', yamlStart, body: rest, isClosed: false };
  return {
    yaml: rest.slice(0, closing.index),
    yamlStart,
    body: rest.slice(closing.index + closing[0].length),
    isClosed: true,
  };
}

/** Longer than any front matter that people write, in UTF-16 units; parsing takes some milliseconds. */
const MAX_YAML = 10_000;

/** Deeper than any schema; the parser would take seconds to say what is wrong with thousands. */
const DEEPEST_BRACKETS = 50;

/** Brackets within texts count as well, which are as a rule closed. */
function isNestedTooDeeply(yaml: string): boolean {
  let depth = 0;
  for (const [bracket] of yaml.matchAll(/[[\]{}]/g)) {
    depth = Math.max(0, depth + (bracket === '[' || bracket === '{' ? 1 : -1));
    if (depth > DEEPEST_BRACKETS) return true;
  }
  // Fields within fields on one line, each of which the parser reports by itself.
  return yaml.split('\n').some((line) => line.split(/[:?-][ \t]/).length > DEEPEST_BRACKETS);
}

/**
 * Parses front matter; what is wrong with it is in the document's `errors`.
 *
 * @returns null when it is too long or nested too deeply to be looked at.
 */
export function parseYaml(yaml: string): Document | null {
  if (yaml.length > MAX_YAML || isNestedTooDeeply(yaml)) return null;
  // Its warnings would repeat the file in the log of the extension host.
  // Asking each key whether another is the same takes the square of their number.
  // Each pretty message quotes its line, which takes the square of a long one; one is shown.
  return parseDocument(yaml, { logLevel: 'error', uniqueKeys: false, prettyErrors: false });
}
