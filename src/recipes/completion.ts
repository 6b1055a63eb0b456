import { type RecipeField, type RecipeHelpPorts, recipeFields } from './fieldHelp';
import { recipePlaceAt } from './placeAt';

/** Something to write into a recipe. */
export interface RecipeSuggestion {
  readonly kind: 'field' | 'value';
  readonly label: string;
  /** Replaces the text from `start` to `end`, which are offsets. */
  readonly insertText: string;
  readonly start: number;
  readonly end: number;
  /** Markdown; empty for none. */
  readonly help: string;
  /** Whether what may follow is worth offering at once. */
  readonly hasMore: boolean;
}

export interface RecipeHover {
  readonly start: number;
  readonly end: number;
  /** Markdown. */
  readonly help: string;
}

/** What may stand at an offset of a recipe's text. */
export function completeRecipe(
  text: string,
  offset: number,
  ports: RecipeHelpPorts,
): readonly RecipeSuggestion[] {
  const place = recipePlaceAt(text, offset);
  if (!place) return startOfFile(text, offset, ports);
  const { start, end } = place;
  if (place.kind === 'value') {
    const values = fieldAt(place.path, ports)?.values ?? [];
    return values.map(({ value, help }) => ({
      kind: 'value',
      label: value,
      // Right behind the colon a space is due, without which it is not a value.
      insertText: text[start - 1] === ':' ? ` ${value}` : value,
      start,
      end,
      help,
      hasMore: false,
    }));
  }
  const prefix = place.parent === null ? '' : `${place.parent}.`;
  return recipeFields(ports)
    .filter(({ path }) => path.startsWith(prefix) && !path.slice(prefix.length).includes('.'))
    .map((field) => ({ field, name: field.path.slice(prefix.length) }))
    .filter(({ name }) => !place.taken.includes(name))
    .map(({ field, name }) => ({
      kind: 'field',
      label: name,
      insertText: place.hasColon ? name : `${name}:${isBlock(name) ? '\n  ' : ' '}`,
      start,
      end,
      help: field.help,
      hasMore: !place.hasColon && (field.values.length > 0 || name === 'worker'),
    }));
}

/** A file without front matter may begin with one. */
function startOfFile(
  text: string,
  offset: number,
  { l10n }: RecipeHelpPorts,
): readonly RecipeSuggestion[] {
  const [first = ''] = text.split(/\r?\n/);
  if (offset > first.length || !/^-{0,2}$/.test(first)) return [];
  return [
    {
      kind: 'field',
      label: '---',
      insertText: '---\nresult: text\n---\n\n',
      start: 0,
      end: first.length,
      help: l10n.t('Front matter: what comes out, what the orchestrator sees, and the worker.'),
      hasMore: false,
    },
  ];
}

/** What the key or the value at an offset means; null for nothing that is known. */
export function hoverRecipe(
  text: string,
  offset: number,
  ports: RecipeHelpPorts,
): RecipeHover | null {
  const place = recipePlaceAt(text, offset);
  if (!place || place.typed === '') return null;
  const { start, end, typed } = place;
  if (place.kind === 'value') {
    const help = fieldAt(place.path, ports)?.values.find(({ value }) => value === typed)?.help;
    return help === undefined || help === '' ? null : { start, end, help };
  }
  const help = fieldAt(place.parent === null ? typed : `${place.parent}.${typed}`, ports)?.help;
  return help === undefined ? null : { start, end, help };
}

/** What goes below the key and not beside it. */
function isBlock(name: string): boolean {
  return name === 'worker' || name === 'schema';
}

function fieldAt(path: string, ports: RecipeHelpPorts): RecipeField | undefined {
  return recipeFields(ports).find((field) => field.path === path);
}
