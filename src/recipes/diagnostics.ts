import { type Document, type Pair, isMap, isNode, isScalar } from 'yaml';
import { parseYaml, splitFrontMatter } from './frontMatter';
import { type RecipeFile, readRecipe } from './recipe';

/** A problem of a recipe with its place, as offsets of one line. */
export interface RecipeDiagnostic {
  readonly start: number;
  readonly end: number;
  /** What is wrong and what to write instead. */
  readonly message: string;
  /** Whether the recipe runs all the same. */
  readonly isWarning: boolean;
}

/** What `readRecipe` has to say of a file, each at the line that it is about. */
export function diagnoseRecipe(file: RecipeFile): readonly RecipeDiagnostic[] {
  const { text } = file;
  const { yaml, yamlStart } = splitFrontMatter(text);
  const { problems } = readRecipe(file);
  if (problems.length === 0) return [];
  const document = parseYaml(yaml);
  return problems.map(({ field, problem, remedy, offset, isLowered }) => {
    const start = offset ?? yamlStart + ((document && startOf(document, field)) ?? 0);
    return {
      ...lineFrom(text, start),
      message: `${problem} ${remedy}`,
      isWarning: isLowered === true,
    };
  });
}

/** Where a field such as `worker.temperature` begins; of one that is not there its parent. */
function startOf(document: Document, field: string): number | null {
  let node: unknown = document.contents;
  let start: number | null = null;
  for (const name of field.split('.')) {
    const pair = isMap(node) ? node.items.find((item) => nameOf(item) === name) : undefined;
    if (!pair) break;
    if (isNode(pair.key)) start = pair.key.range?.[0] ?? start;
    node = pair.value;
  }
  return start;
}

function nameOf({ key }: Pair): string | null {
  return isScalar(key) ? String(key.value) : null;
}

/** From an offset to the end of its line; at the end of the file the last line that has text. */
function lineFrom(text: string, offset: number): { readonly start: number; readonly end: number } {
  const inside = offset < text.length ? offset : text.trimEnd().lastIndexOf('\n') + 1;
  const rest = /^[^\r\n]*/.exec(text.slice(inside))?.[0] ?? '';
  return { start: inside, end: inside + rest.trimEnd().length };
}
