/**
 * How far proofs can be trusted: `npm run prove -- --mutants 20000`.
 *
 * Real files of every language get their white space changed at random; what is verified although a
 * real parser refuses it or reads it as something else is printed, and the command ends with code 1.
 * The same for docstrings that are written at random places, and the share of real formatters' work
 * that is verified.
 *
 *   --mutants N        changed texts in all, shared by the languages (2000)
 *   --insertions N     docstrings written in all (the number of mutants)
 *   --files N          real files of a language (150)
 *   --root DIR         looks for real files there too, such as in a checkout; may be repeated
 *   --language ID      one language only, may be repeated
 *   --seed N           other changes
 *   --misses FILE      what was wrongly verified, as JSON
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { SyntaxService } from '../../src/syntax/syntax';
import { randomSource } from '../support/mutate';
import { syntax } from '../unit/syntax/service';
import { CORPUS_LANGUAGES, type CorpusFile, corpusOf } from './corpus';
import { tryFormatters } from './formatterTrial';
import { tryInsertions } from './insertionTrial';
import { judgeFor } from './judges/judgeFor';
import { type Miss, tryLayouts } from './layoutTrial';
import { writeTable } from './table';

interface Settings {
  readonly mutants: number;
  readonly insertions: number;
  readonly files: number;
  /** Folders of real files besides those that are always looked through. */
  readonly roots: readonly string[];
  readonly seed: number;
  readonly languages: readonly string[];
}

/** Parses an original once for all its mutants. */
function remembering(service: SyntaxService, texts: ReadonlySet<string>): SyntaxService {
  const known = new Map<string, ReturnType<SyntaxService['parse']>>();
  return {
    parse(languageId, text) {
      if (!texts.has(text)) return service.parse(languageId, text);
      const parsed = known.get(text) ?? service.parse(languageId, text);
      known.set(text, parsed);
      return parsed;
    },
  };
}

async function tryLanguage(languageId: string, settings: Settings) {
  const files: readonly CorpusFile[] = corpusOf(languageId, settings);
  const service = remembering(syntax, new Set(files.map(({ text }) => text)));
  const judge = await judgeFor(languageId);
  const share = (count: number): number => Math.ceil(count / settings.languages.length);
  const options = { languageId, syntax: service, judge, random: randomSource(settings.seed) };
  const layout = await tryLayouts(files, { ...options, mutants: share(settings.mutants) });
  const insertion = await tryInsertions(files, { ...options, mutants: share(settings.insertions) });
  const formatter = await tryFormatters(files, options);
  judge?.close?.();
  return { languageId, judge: judge?.name ?? 'none', layout, insertion, formatter };
}

function readSettings(): Settings & { readonly missesFile: string | undefined } {
  const { values } = parseArgs({
    options: {
      mutants: { type: 'string', default: '2000' },
      insertions: { type: 'string' },
      files: { type: 'string', default: '150' },
      root: { type: 'string', multiple: true, default: [] },
      seed: { type: 'string', default: '1' },
      language: { type: 'string', multiple: true },
      misses: { type: 'string' },
    },
  });
  return {
    mutants: Number(values.mutants),
    insertions: Number(values.insertions ?? values.mutants),
    files: Number(values.files),
    roots: values.root,
    seed: Number(values.seed),
    languages: values.language ?? CORPUS_LANGUAGES,
    missesFile: values.misses,
  };
}

async function main(): Promise<number> {
  const settings = readSettings();
  const rows = [];
  const misses: (Miss & { readonly languageId: string })[] = [];
  for (const languageId of settings.languages) {
    const row = await tryLanguage(languageId, settings);
    rows.push(row);
    for (const miss of [...row.layout.misses, ...row.insertion.misses]) {
      misses.push({ ...miss, languageId });
    }
    process.stderr.write(
      `${languageId}: ${String(row.layout.misses.length)}, ${String(row.insertion.misses.length)} wrong; `,
    );
    if (settings.missesFile !== undefined) {
      writeFileSync(settings.missesFile, JSON.stringify(misses, null, 1));
    }
  }
  console.log(`\n${writeTable(rows)}`);
  console.log(`Wrongly verified: ${String(misses.length)}.`);
  return misses.length > 0 ? 1 : 0;
}

void main().then((code) => process.exit(code));
