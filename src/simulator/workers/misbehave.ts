import { createHash } from 'node:crypto';
import { asArray, parseJson, readCount } from '../../common/json';
import { indentation } from './margin';
import { frequentName } from './frequentName';
import type { WorkerJob } from './workerJob';
import { CannotDoError } from './workerJob';
import { demoLanguage } from './demoLanguages';

/** Ways in which a worker can be of no use; the model's slug is `simulator/worker-` and the kind. */
export const MISBEHAVIOURS = [
  'deletes-line',
  'renames',
  'prose',
  'fails',
  'empty',
  'bad-json',
  'elides',
  'diff',
  'reindents',
] as const;

/** What no worker writes by accident; not drawn among the faults of others. */
export const HOSTILE_KINDS = ['nests'] as const;

export type Misbehaviour = (typeof MISBEHAVIOURS)[number] | (typeof HOSTILE_KINDS)[number];

const LEVELS = 10_000;

/** Chooses how a model's work is spoiled; asked once for each piece of work, in order. */
export type WorkSpoiler = (work: {
  readonly model: string;
  readonly job: WorkerJob;
}) => Misbehaviour | null;

/** Shares of answers, in percent, that the models `simulator/worker-faulty-N` spoil. */
export const FAULTY_SHARES = [5, 10, 20] as const;

/**
 * Shares of answers, in percent, that the models `simulator/worker-useless-N` make of no use to
 * anybody; what the others spoil a careful reader can often mend.
 */
export const USELESS_SHARES = [1, 10, 40] as const;

const USELESS: Readonly<Record<string, readonly Misbehaviour[]>> = {
  replacement: ['empty', 'fails', 'deletes-line', 'renames'],
};

/**
 * The kind that a model's slug stands for, or null for a model that does its job. A model that is
 * faulty now and then is always so on the same words; other words, as of a second try, are another
 * draw.
 */
export function misbehaviourOf(slug: string, job: WorkerJob): Misbehaviour | null {
  const kind = /^simulator\/worker-(.+)$/.exec(slug)?.[1] ?? '';
  const faulty = FAULTY_SHARES.find((share) => kind === `faulty-${share}`);
  const percent = faulty ?? USELESS_SHARES.find((share) => kind === `useless-${share}`);
  if (percent === undefined)
    return [...MISBEHAVIOURS, ...HOSTILE_KINDS].find((known) => known === kind) ?? null;
  const kinds = faulty === undefined ? (USELESS[job.answer] ?? ['empty', 'fails']) : MISBEHAVIOURS;
  const draw = createHash('sha256')
    .update(`${job.instruction ?? ''}\0${job.selection}\0${job.taskDescription}`)
    .digest();
  if (draw.readUInt32BE(0) % 100 >= percent) return null;
  return kinds[draw.readUInt32BE(4) % kinds.length] ?? null;
}

/**
 * Spoils a good answer.
 *
 * @throws CannotDoError for the kind `fails`.
 */
export function misbehave(kind: Misbehaviour, job: WorkerJob, answer: string): string {
  switch (kind) {
    case 'deletes-line':
      return withoutOneLine(job.answer === 'insertions' ? written(job, answer) : answer);
    case 'renames':
      return withOneRename(job.answer === 'insertions' ? written(job, answer) : answer);
    case 'prose':
      return `Sure! Here is what you asked for:\n\n\`\`\`${job.languageId}\n${answer}\n\`\`\`\n\nLet me know if anything else should change.`;
    case 'fails':
      throw new CannotDoError('The worker was told to fail.');
    case 'empty':
      return '';
    case 'elides':
      return withElision(job.answer === 'insertions' ? written(job, answer) : answer, job);
    case 'diff':
      return asDiff(job.answer === 'insertions' ? written(job, answer) : answer);
    case 'reindents':
      return withOneLineDeeper(job.answer === 'insertions' ? written(job, answer) : answer);
    case 'nests':
      return '['.repeat(LEVELS) + ']'.repeat(LEVELS);
    case 'bad-json':
      return `${answer.trimEnd().replace(/[\]}]\s*[\]}]?$/, '')},`;
  }
}

function commentMark({ languageId }: WorkerJob): string {
  return demoLanguage(languageId).lineComment;
}

/** The selection with the insertions written into it, as a worker answers that was asked for none. */
function written(job: WorkerJob, answer: string): string {
  const parsed = parseJson(answer);
  const texts = new Map<number, string>();
  for (const pair of asArray(parsed.ok ? parsed.value : [])) {
    const [line, text] = asArray(pair);
    const number = readCount(line);
    if (number !== null && typeof text === 'string') texts.set(number, text);
  }
  const mark = commentMark(job);
  return job.selection
    .split('\n')
    .flatMap((line, index) => {
      const text = texts.get(job.firstLineNumber + index);
      const comment = text
        ?.split('\n')
        .map((part) => `${indentation(line)}${mark} ${part}`.trimEnd());
      return [...(comment ?? []), line];
    })
    .join('\n');
}

/** With a remark in place of its middle, as models do that find code too long to write again. */
function withElision(text: string, job: WorkerJob): string {
  const lines = text.split('\n');
  const [from, to] = [Math.floor(lines.length / 3), Math.ceil((2 * lines.length) / 3)];
  const margin = indentation(lines[from] ?? '');
  const remark = `${margin}${commentMark(job)} ... existing code ...`;
  return [...lines.slice(0, from), remark, ...lines.slice(to)].join('\n');
}

/** The change as a patch in place of the text. */
function asDiff(text: string): string {
  const lines = text.split('\n').slice(0, 6);
  const body = lines.flatMap((line) => [`-${line.trim()}`, `+${line}`]);
  return ['--- a/file', '+++ b/file', `@@ -1,6 +1,6 @@`, ...body].join('\n');
}

/** With the last line that stands in a block one level deeper: another block in Python. */
function withOneLineDeeper(text: string): string {
  const lines = text.split('\n');
  const last = lines.findLastIndex((line) => /^\s+\w/.test(line));
  return lines.map((line, index) => (index === last ? `    ${line}` : line)).join('\n');
}

/** Without the line in the middle among those that are code. */
function withoutOneLine(text: string): string {
  const lines = text.split('\n');
  const code = lines.flatMap((line, index) =>
    /^\s*[\w$].*[\w;)]\s*;?$/.test(line) ? [index] : [],
  );
  const doomed = code[Math.floor(code.length / 2)] ?? Math.floor(lines.length / 2);
  return lines.filter((_, index) => index !== doomed).join('\n');
}

/** With the most frequent long name, which is not a keyword, changed everywhere. */
function withOneRename(text: string): string {
  const best = frequentName(text);
  if (best === null) return `${text}x`;
  const name = best.replaceAll('$', '\\$');
  return text.replace(
    new RegExp(`(?<![\\w$])${name}(?![\\w$])`, 'g'),
    `${best.replaceAll('$', '$$$$')}Renamed`,
  );
}
