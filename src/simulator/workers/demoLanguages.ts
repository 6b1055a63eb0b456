/** What the demo's workers know of a language beyond its grammar. */
export interface DemoLanguage {
  /** For people. */
  readonly name: string;
  /** The id of the language whose code looks the same: `typescript` for `typescriptreact`. */
  readonly family: string;
  /** Blanks by which code grows deeper, where the code at hand does not show it. */
  readonly indentWidth: number;
  /** White space with a meaning of its own: at both ends of a line, at its start, or nowhere. */
  readonly keeps: 'lines' | 'indentation' | 'nothing';
  /** Whether `if (…) { … }` is how a condition is written. */
  readonly hasBracedIf: boolean;
  /** Whether a member ends with its line, without a sign. */
  readonly endsMembersAtLine: boolean;
  /** Whether a type stands behind its name and a colon. */
  readonly hasTypeAfterColon: boolean;
  /** What begins a comment of a line. */
  readonly lineComment: '//' | '#';
}

const PLAIN: Omit<DemoLanguage, 'name' | 'family'> = {
  indentWidth: 2,
  keeps: 'nothing',
  hasBracedIf: false,
  endsMembersAtLine: false,
  hasTypeAfterColon: false,
  lineComment: '//',
};

const BRACED = { indentWidth: 4, hasBracedIf: true } as const;
const SCRIPT = { hasBracedIf: true, endsMembersAtLine: true, hasTypeAfterColon: true } as const;

type Row = Partial<DemoLanguage> & { readonly name: string };

const ROWS: Readonly<Record<string, Row>> = {
  typescript: { name: 'TypeScript', ...SCRIPT },
  typescriptreact: { name: 'TypeScript', family: 'typescript', ...SCRIPT },
  javascript: { name: 'JavaScript', ...SCRIPT },
  javascriptreact: { name: 'JavaScript', family: 'javascript', ...SCRIPT },
  json: { name: 'JSON' },
  jsonc: { name: 'JSON', family: 'json' },
  python: { name: 'Python', indentWidth: 4, keeps: 'indentation', lineComment: '#' },
  go: { name: 'Go', endsMembersAtLine: true },
  java: { name: 'Java', ...BRACED },
  c: { name: 'C', ...BRACED },
  cpp: { name: 'C++', ...BRACED },
  rust: { name: 'Rust', indentWidth: 4, hasTypeAfterColon: true },
  csharp: { name: 'C#', ...BRACED },
  php: { name: 'PHP', ...BRACED },
  ruby: { name: 'Ruby', lineComment: '#' },
  shellscript: { name: 'shell', lineComment: '#' },
  css: { name: 'CSS' },
  scss: { name: 'SCSS', family: 'css' },
  less: { name: 'Less', family: 'css' },
  html: { name: 'HTML' },
  yaml: { name: 'YAML', keeps: 'lines' },
  markdown: { name: 'Markdown', keeps: 'lines' },
  makefile: { name: 'Makefile', keeps: 'lines' },
  pug: { name: 'Pug', keeps: 'lines' },
  haml: { name: 'Haml', keeps: 'lines' },
  coffeescript: { name: 'CoffeeScript', keeps: 'indentation' },
  fsharp: { name: 'F#', keeps: 'indentation' },
  haskell: { name: 'Haskell', keeps: 'indentation' },
  sql: { name: 'SQL' },
  plaintext: { name: 'plain text' },
};

/** @param languageId any of VS Code's; one that is not in the table is plain, by its id. */
export function demoLanguage(languageId: string): DemoLanguage {
  const row = Object.hasOwn(ROWS, languageId) ? ROWS[languageId] : undefined;
  return { ...PLAIN, name: languageId, family: languageId, ...row };
}
