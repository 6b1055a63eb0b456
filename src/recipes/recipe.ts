import { type RecipeProblem, problem } from './problem';
import { type Document, isScalar, visit } from 'yaml';
import { asRecord } from '../common/json';
import type { JsonObject } from '../openrouter/wire';
import { MAX_RECIPE_LENGTH, parseYaml, splitFrontMatter } from './frontMatter';
import { WORKER_FIELDS, type WorkerLimits, readWorkerSettings } from './workerFields';
import type { AnswerFormat, TaskDefinition } from '../tasks/task';

/** A job of the user's own, from a file `.vscode/delegate/NAME.md`. */
export interface Recipe {
  readonly task: TaskDefinition;
  /** The file's body: what a run of the task takes as its instruction. */
  readonly instruction: string;
}

export interface RecipeReading {
  /** Null when the recipe cannot be run. What asks for too much is lowered and reported. */
  readonly recipe: Recipe | null;
  readonly problems: readonly RecipeProblem[];
}

export interface RecipeFile {
  /** Base name of the file without its extension. */
  readonly name: string;
  readonly text: string;
  /** The user's own limits, which a recipe may lower and not raise. */
  readonly limits: WorkerLimits;
}

/** A recipe works on a selection; what it brings is about that. */
type RecipeFormat = Exclude<AnswerFormat, 'file'>;

const RESULTS: Readonly<Record<string, RecipeFormat>> = {
  text: 'text',
  edit: 'replacement',
  json: 'json',
};

/** How many unknown fields of a recipe are told. */
const MAX_UNKNOWN = 20;

export const RECIPE_FIELDS: readonly string[] = ['title', 'result', 'context', 'worker', 'schema'];

/** A recipe that is not even read. */
export function tooLarge(): RecipeProblem {
  return problem('', 'The recipe is too large.', `Keep it below ${MAX_RECIPE_LENGTH} characters.`);
}

/** Reads a recipe: front matter in YAML between `---` lines, then the instruction in Markdown. */
export function readRecipe({ name, text, limits }: RecipeFile): RecipeReading {
  if (text.length > MAX_RECIPE_LENGTH) return { recipe: null, problems: [tooLarge()] };
  const { yaml, yamlStart, body, isClosed } = splitFrontMatter(text);
  const instruction = body.replaceAll('\r\n', '\n').trim();
  const frontMatter = readFrontMatter(yaml, yamlStart);
  const problems: RecipeProblem[] = [...frontMatter.problems];
  if (!isClosed) {
    problems.push({
      ...problem('', 'The front matter is not closed.', 'End it with a line of three dashes.'),
      offset: 0,
    });
  }
  if (instruction === '') {
    problems.push({
      ...problem('', 'The recipe has no instruction.', 'Write what to do below the front matter.'),
      offset: text.length,
    });
  }
  const worker = readWorkerSettings(frontMatter.fields['worker'], limits);
  const task = readTask(name, frontMatter.fields, problems);
  const isUsable = problems.length === 0 && worker.settings !== null;
  const ownWorker = worker.settings ?? {};
  return {
    recipe: isUsable
      ? {
          task: { ...task, ...(Object.keys(ownWorker).length > 0 ? { worker: ownWorker } : {}) },
          instruction,
        }
      : null,
    problems: [...problems, ...worker.problems],
  };
}

function readFrontMatter(
  yaml: string,
  yamlStart: number,
): {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly problems: readonly RecipeProblem[];
} {
  const document = parseYaml(yaml);
  if (!document) {
    return {
      fields: {},
      problems: [invalidYaml('it is too long or nested too deeply.', yamlStart)],
    };
  }
  try {
    const [error] = document.errors;
    if (error) {
      const [at] = error.pos;
      // Front matter begins on the file's second line.
      const line = yaml.slice(0, at).split('\n').length + 1;
      const reason = `${error.message} (line ${line})`;
      return { fields: {}, problems: [invalidYaml(reason, yamlStart + at)] };
    }
    const twice = repeatedKey(document);
    if (twice !== null) {
      return { fields: {}, problems: [invalidYaml(`${twice} stands there twice.`, yamlStart)] };
    }
    // A list that names itself a few times over unfolds to more than memory holds.
    const value: unknown = document.toJS({ maxAliasCount: 0 });
    const fields = value === null || value === undefined ? {} : asRecord(value);
    if (fields) return { fields, problems: [] };
    return {
      fields: {},
      problems: [
        {
          ...problem(
            '',
            'The front matter is not a list of fields.',
            'Write lines such as "result: text".',
          ),
          offset: yamlStart,
        },
      ],
    };
  } catch (error) {
    const reason = error instanceof Error ? error.message : '';
    return { fields: {}, problems: [invalidYaml(reason, yamlStart)] };
  }
}

/** A key that stands twice in one mapping: the second would silently take the first one's place. */
function repeatedKey(document: Document): string | null {
  let found: string | null = null;
  visit(document, {
    Map: (_, { items }) => {
      const names = new Set<string>();
      for (const { key } of items) {
        const name = isScalar(key) ? String(key.value) : '';
        if (names.has(name)) found = name;
        names.add(name);
      }
      return found === null ? undefined : visit.BREAK;
    },
  });
  return found;
}

function invalidYaml(reason: string, offset: number): RecipeProblem {
  const [first = ''] = reason.split('\n');
  return { ...problem('', `The front matter is not valid YAML: ${first}`, 'Correct it.'), offset };
}

function readTask(
  name: string,
  fields: Readonly<Record<string, unknown>>,
  problems: RecipeProblem[],
): TaskDefinition {
  const unknown = Object.keys(fields).filter((field) => !RECIPE_FIELDS.includes(field));
  for (const field of unknown.slice(0, MAX_UNKNOWN)) {
    const isWorkerField = WORKER_FIELDS.includes(field);
    problems.push(
      problem(
        field,
        `A recipe has no field ${field}.`,
        isWorkerField ? `Write it below worker.` : `The fields are ${RECIPE_FIELDS.join(', ')}.`,
      ),
    );
  }
  const result = choice(fields, 'result', { values: ['text', 'edit', 'json'], problems });
  const context = choice(fields, 'context', { values: ['outline', 'full'], problems });
  const answer = RESULTS[result] ?? 'text';
  const schema = readSchema(fields['schema'], answer, problems);
  return {
    id: `recipe:${name}`,
    title: readTitle(fields['title'], name, problems),
    answer,
    context: context === 'full' ? 'full' : 'outline',
    splittable: false,
    numbered: answer !== 'replacement',
    workerRole: 'Do what the instruction says with the selection.',
    acceptance: 'it does what the instruction asks',
    answerTokens: EXPECTED_ANSWERS[answer],
    ...(schema ? { schema } : {}),
  };
}

/** What recipes of each kind are expected to answer; nothing is known of the job itself. */
const EXPECTED_ANSWERS: Readonly<Record<RecipeFormat, TaskDefinition['answerTokens']>> = {
  text: { base: 400, perSelectionToken: 0.2 },
  json: { base: 100, perSelectionToken: 0.25 },
  replacement: { base: 50, perSelectionToken: 1.1 },
  insertions: { base: 50, perSelectionToken: 0.3 },
};

function readTitle(value: unknown, name: string, problems: RecipeProblem[]): string {
  if (value === undefined) return name;
  if (typeof value === 'string' && value.trim() !== '') return value.trim();
  problems.push(problem('title', 'The title is not a text.', 'Write a short text.'));
  return name;
}

function readSchema(
  value: unknown,
  answer: AnswerFormat,
  problems: RecipeProblem[],
): JsonObject | null {
  if (value === undefined) return null;
  const schema = asRecord(value);
  if (!schema) {
    problems.push(
      problem('schema', 'The schema is not an object.', 'Write a JSON Schema, as YAML.'),
    );
  } else if (answer !== 'json') {
    problems.push(
      problem(
        'schema',
        'Only a JSON result has a schema.',
        'Write "result: json", or leave it out.',
      ),
    );
  }
  return schema;
}

/** The value of a field that has a fixed set of them; the first is the default. */
function choice(
  fields: Readonly<Record<string, unknown>>,
  field: string,
  { values, problems }: { readonly values: readonly string[]; readonly problems: RecipeProblem[] },
): string {
  const value = fields[field];
  const fallback = values[0] ?? '';
  if (value === undefined) return fallback;
  if (typeof value === 'string' && values.includes(value)) return value;
  problems.push(problem(field, `${field} has an unknown value.`, `Write ${values.join(' or ')}.`));
  return fallback;
}
