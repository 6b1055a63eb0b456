import { writeDocstrings } from '../../src/drafts/docstring/docstringWriter';
import { proveDocstring } from '../../src/drafts/proof/proof';
import { type SyntaxTree, tokenText } from '../../src/syntax/syntax';
import type { Random } from '../support/mutate';
import type { CorpusFile } from './corpus';
import type { Miss, TrialOptions } from './layoutTrial';

export interface InsertionTrial {
  readonly written: number;
  readonly skipped: number;
  readonly verified: number;
  /** Texts whose tokens of code are not those of the original. */
  readonly codeChanged: number;
  readonly misses: readonly Miss[];
}

/** What a worker may write as a docstring, with what could end a comment or begin something else. */
const TEXTS = [
  'Adds two numbers.',
  'Ends */ early, and """ too.',
  'First line.\n\n@param a what is added\nLast line.',
  'A path: C:\\users\\new, and ?> and <!-- and -->',
  '# a heading\n// and a comment\n/* and another',
  'Ends in a backslash \\',
  'Quotes \' " ` and $ {x} ${y} #{z}',
  'encoding: latin-1',
];

/** Writes docstrings at random lines of real files. */
export async function tryInsertions(
  files: readonly CorpusFile[],
  options: TrialOptions,
): Promise<InsertionTrial> {
  const counts = { written: 0, skipped: 0, verified: 0, codeChanged: 0 };
  const misses: Miss[] = [];
  const readable: (CorpusFile & { readonly reading: string; readonly tree: SyntaxTree })[] = [];
  for (const file of files) {
    const reading = options.judge ? await options.judge.read(file.text, true) : '';
    const tree = await options.syntax.parse(options.languageId, file.text);
    if (reading !== null && tree && !tree.hasErrors) readable.push({ ...file, reading, tree });
  }
  for (let index = 0; index < options.mutants && readable.length > 0; index++) {
    const file = readable[Math.floor((index / options.mutants) * readable.length)];
    if (!file) break;
    const proposed = await insert(file, options, counts);
    if (proposed === null) continue;
    const isKept = await keepsCode(file, proposed, options);
    if (!isKept) counts.codeChanged++;
    const { languageId, syntax } = options;
    const proof = await proveDocstring({ base: file.text, proposed, languageId, syntax });
    if (proof.verdict === 'verified') counts.verified++;
    const reading = options.judge ? await options.judge.read(proposed, true) : file.reading;
    if (isKept && reading === file.reading) continue;
    misses.push({
      file: `${file.path} (docstring, ${proof.verdict})`,
      kind: reading === null ? 'refused' : 'different',
      base: file.text,
      proposed,
    });
  }
  return { ...counts, misses };
}

async function insert(
  { text, tree }: CorpusFile & { readonly tree: SyntaxTree },
  { languageId, syntax, random }: TrialOptions,
  counts: { written: number; skipped: number },
): Promise<string | null> {
  const line = chosenLine(text, tree, random);
  const words = TEXTS[random(TEXTS.length)] ?? '';
  const insertions = [{ line, text: words }];
  const done = await writeDocstrings({ base: text, languageId, insertions, syntax, eol: '\n' });
  if (done.text === text) {
    counts.skipped++;
    return null;
  }
  counts.written++;
  return done.text;
}

/** A declaration's line, most times; one-based. */
function chosenLine(text: string, tree: SyntaxTree, random: Random): number {
  const declaration = tree.declarations[random(Math.max(1, tree.declarations.length))];
  if (declaration && random(4) > 0) return declaration.startLine + 1;
  return 1 + random(text.split('\n').length);
}

async function keepsCode(
  { text, tree }: CorpusFile & { readonly tree: SyntaxTree },
  proposed: string,
  { languageId, syntax }: TrialOptions,
): Promise<boolean> {
  const after = await syntax.parse(languageId, proposed);
  return after !== null && codeOf(tree, text) === codeOf(after, proposed);
}

function codeOf({ tokens }: SyntaxTree, text: string): string {
  const code = tokens.filter(({ kind }) => kind === 'code');
  return code.map((token) => tokenText(token, text)).join('\0');
}
