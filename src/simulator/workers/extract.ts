import type { Code } from './code';
import { configKeys } from './extractors/configKeys';
import { declared, imports, numbers, urls } from './extractors/facts';
import type { ExtractedItem, Extractor } from './extractors/item';
import { humanStrings } from './extractors/strings';
import { sqlStatements } from './extractors/sql';
import { todos } from './extractors/todos';
import { types } from './extractors/types';
import { shapeBySchema } from './shape';
import type { WorkerJob } from './workerJob';
import { wordsOf } from './workerJob';

/** What the words ask for; the first that fits counts. */
const EXTRACTORS: readonly (readonly [RegExp, Extractor])[] = [
  [/\b(?:todos?|fixmes?|hacks?)\b/i, todos],
  [/\bsql\b|\bquer(?:y|ies)\b|\bstatements?\b.*\btables?\b/i, sqlStatements],
  [/\bconfig|\benvironment\b|\benv\b|\bsettings?\b|\boptions? keys?\b/i, configKeys],
  [/\bimports?\b|\bdependenc|\bmodules? used\b/i, imports],
  [/\burls?\b|\blinks?\b|\bendpoints?\b/i, urls],
  [/\bnumbers?\b|\bmagic\b|\bconstants?\b/i, numbers],
  [/\bfunctions?\b|\bmethods?\b|\bsymbols?\b|\bdeclarations?\b/i, declared],
  [/\btypes?\b|\bclass(?:es)?\b|\binterfaces?\b|\bstructs?\b|\benums?\b|\bfields?\b/i, types],
  [/\bstrings?\b|\bmessages?\b|\blabels?\b|\btexts?\b|\bliterals?\b/i, humanStrings],
];

/** What a text is about when its words name nothing known. */
export function extractorFor(words: string): Extractor | null {
  return EXTRACTORS.find(([pattern]) => pattern.test(words))?.[1] ?? null;
}

/** Everything of the asked kind in the selection, in order, as JSON of the asked shape. */
export function extractJson(code: Code, job: WorkerJob): string {
  const items = (extractorFor(wordsOf(job)) ?? extractorForSchema(job.schema))(code);
  return JSON.stringify(job.schema === null ? items : shapeBySchema(job.schema, items), null, 2);
}

/** The same as a Markdown list, for an extraction without a schema. */
export function extractMarkdown(code: Code, job: WorkerJob): string {
  const items = (extractorFor(wordsOf(job)) ?? declared)(code);
  if (items.length === 0) return 'There is nothing of that kind in the selection.';
  return items.map(markdownItem).join('\n');
}

function markdownItem({ line, ...rest }: ExtractedItem): string {
  const entries = Object.entries(rest).filter(([, value]) => value !== null && value !== '');
  const texts = entries.map(([key, value], index) =>
    index === 0 ? `\`${show(value)}\`` : `${key}: ${show(value)}`,
  );
  return `- Line ${line}: ${texts.join(' · ')}`;
}

function show(value: unknown): string {
  if (!Array.isArray(value)) return String(value);
  return value
    .map((part) => (typeof part === 'object' ? JSON.stringify(part) : String(part)))
    .join(', ');
}

/** Without telling words, the names of the schema's fields may say what is asked for. */
function extractorForSchema(schema: unknown): Extractor {
  const text = JSON.stringify(schema ?? {});
  if (text.includes('"mark"') || text.includes('"todo')) return todos;
  if (text.includes('"statement"') || text.includes('"tables"')) return sqlStatements;
  if (text.includes('"fields"')) return types;
  if (text.includes('"key"') || text.includes('"default"')) return configKeys;
  return text.includes('"text"') || text.includes('"message"') ? humanStrings : declared;
}
