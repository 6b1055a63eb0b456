import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../support/projectFiles';
import { SNIPPETS } from '../unit/syntax/snippets';
import { SOURCES } from '../unit/drafts/sampleSources';

export interface CorpusFile {
  readonly path: string;
  readonly text: string;
}

/** Endings of real files by language. Declaration files are TypeScript too. */
const ENDINGS: Readonly<Record<string, readonly string[]>> = {
  typescript: ['.ts', '.mts', '.cts'],
  typescriptreact: ['.tsx'],
  javascript: ['.js', '.mjs', '.cjs', '.jsx'],
  json: ['.json'],
  python: ['.py'],
  go: ['.go'],
  java: ['.java'],
  c: ['.h', '.c'],
  cpp: ['.hpp', '.cpp', '.cc', '.hh'],
  rust: ['.rs'],
  csharp: ['.cs'],
  php: ['.php'],
  ruby: ['.rb'],
  shellscript: ['.sh', '.bash'],
  css: ['.css'],
};

const ROOTS = [path.join(projectRoot, 'node_modules'), '/usr', '/root/.pyenv/versions'];

/** Files that are read whole; longer ones take long and show nothing more. */
const SIZE = { least: 40, most: 6_000 };

let found: readonly string[] | null = null;

function allFiles(roots: readonly string[]): readonly string[] {
  if (found) return found;
  const files: string[] = [];
  const pending = [...ROOTS, ...roots];
  for (let folder = pending.pop(); folder; folder = pending.pop()) {
    try {
      for (const entry of readdirSync(folder, { withFileTypes: true })) {
        const name = path.join(folder, entry.name);
        if (entry.isDirectory()) pending.push(name);
        else if (entry.isFile()) files.push(name);
      }
    } catch {
      // Folders that are not there or may not be read have no files for us.
    }
  }
  return (found = files.sort());
}

/** Up to `count` real files of a language, evenly from all there are, the tests' own samples, and texts of rare constructs. */
export function corpusOf(
  languageId: string,
  { files: count, roots }: { readonly files: number; readonly roots: readonly string[] },
): CorpusFile[] {
  const endings = ENDINGS[languageId] ?? [];
  const names = allFiles(roots).filter((name) => endings.some((ending) => name.endsWith(ending)));
  const fitting = names.filter((name) => {
    const { size } = statSync(name);
    return size >= SIZE.least && size <= SIZE.most;
  });
  const step = Math.max(1, fitting.length / count);
  const files: CorpusFile[] = [];
  for (let at = 0; at < fitting.length && files.length < count; at += step) {
    const name = fitting[Math.floor(at)] ?? '';
    const text = readFileSync(name, 'utf8');
    // A file in another encoding is no text here.
    if (!text.includes('�')) files.push({ path: name, text });
  }
  for (const [kind, samples] of Object.entries({ snippet: SNIPPETS, sample: SOURCES })) {
    const text = samples[languageId];
    if (text !== undefined) files.push({ path: `${kind} of the tests`, text });
  }
  constructsOf(languageId).forEach((text, index) => {
    files.push({ path: `construct ${String(index)}`, text });
  });
  return files;
}

/** Texts of a few lines each that are dense with rare constructs. */
export function constructsOf(languageId: string): readonly string[] {
  const file = path.join(projectRoot, 'test', 'fixtures', 'constructs.json');
  const all = JSON.parse(readFileSync(file, 'utf8')) as Record<string, readonly string[]>;
  return all[languageId] ?? [];
}

export const CORPUS_LANGUAGES: readonly string[] = Object.keys(ENDINGS);
