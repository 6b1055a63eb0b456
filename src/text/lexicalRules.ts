/** How comments and strings are written, as far as telling them from code needs it. */
export interface LexicalRules {
  /** What begins a comment that its line ends. */
  readonly lineComments: readonly string[];
  readonly blockComments: readonly (readonly [open: string, close: string])[];
  /** Quotes of strings that end with their line at the latest. */
  readonly quotes: readonly string[];
  /** Quotes of strings that may go over lines. */
  readonly longQuotes: readonly string[];
  /** Whether a quote may stand for something else than a string: lifetimes, labels, transposition. */
  readonly hasLooseApostrophes: boolean;
  readonly hasRegularExpressions: boolean;
  /** What looks like the start of a comment and is an attribute. */
  readonly attribute?: string;
}

const C_LIKE: LexicalRules = {
  lineComments: ['//'],
  blockComments: [['/*', '*/']],
  quotes: ['"', "'"],
  longQuotes: [],
  hasLooseApostrophes: false,
  hasRegularExpressions: false,
};
const SCRIPT: LexicalRules = { ...C_LIKE, longQuotes: ['`'], hasRegularExpressions: true };
const JVM: LexicalRules = { ...C_LIKE, longQuotes: ['"""'] };
const HASH: LexicalRules = { ...C_LIKE, lineComments: ['#'], blockComments: [] };
const DASHES: LexicalRules = { ...C_LIKE, lineComments: ['--'], blockComments: [['/*', '*/']] };
const MARKUP: LexicalRules = {
  ...C_LIKE,
  lineComments: [],
  blockComments: [['<!--', '-->']],
  hasLooseApostrophes: true,
};
const LISP: LexicalRules = { ...C_LIKE, lineComments: [';'], blockComments: [], quotes: ['"'] };
const PERCENT: LexicalRules = {
  ...HASH,
  lineComments: ['%'],
  quotes: ['"'],
  hasLooseApostrophes: true,
};
/** Text for people: nothing in it is a comment or a string. */
const PROSE: LexicalRules = { ...MARKUP, quotes: [] };

const BY_LANGUAGE: Readonly<Record<string, LexicalRules>> = {
  javascript: SCRIPT,
  javascriptreact: SCRIPT,
  typescript: SCRIPT,
  typescriptreact: SCRIPT,
  go: { ...C_LIKE, longQuotes: ['`'] },
  rust: { ...C_LIKE, longQuotes: ['"'], quotes: ["'"], hasLooseApostrophes: true },
  java: JVM,
  kotlin: JVM,
  scala: JVM,
  swift: JVM,
  groovy: JVM,
  csharp: JVM,
  dart: { ...JVM, longQuotes: ['"""', "'''"] },
  css: { ...C_LIKE, lineComments: [] },
  json: { ...C_LIKE, quotes: ['"'] },
  jsonc: { ...C_LIKE, quotes: ['"'] },
  php: { ...C_LIKE, lineComments: ['//', '#'], attribute: '#[' },
  python: { ...HASH, longQuotes: ['"""', "'''"] },
  julia: { ...HASH, blockComments: [['#=', '=#']], longQuotes: ['"""'], hasLooseApostrophes: true },
  coffeescript: { ...HASH, blockComments: [['###', '###']], longQuotes: ['"""', "'''"] },
  elixir: { ...HASH, longQuotes: ['"""'] },
  powershell: { ...HASH, blockComments: [['<#', '#>']] },
  shellscript: { ...HASH, longQuotes: ['"', "'"], quotes: [] },
  ruby: { ...HASH, blockComments: [['=begin', '=end']] },
  perl: HASH,
  r: HASH,
  yaml: { ...HASH, hasLooseApostrophes: true },
  toml: { ...HASH, longQuotes: ['"""', "'''"] },
  makefile: { ...HASH, hasLooseApostrophes: true },
  dockerfile: { ...HASH, hasLooseApostrophes: true },
  sql: DASHES,
  lua: { ...DASHES, blockComments: [['--[[', ']]']], longQuotes: [] },
  haskell: { ...DASHES, blockComments: [['{-', '-}']], quotes: ['"'] },
  fsharp: {
    ...C_LIKE,
    blockComments: [['(*', '*)']],
    longQuotes: ['"""'],
    hasLooseApostrophes: true,
  },
  ocaml: { ...C_LIKE, lineComments: [], blockComments: [['(*', '*)']], hasLooseApostrophes: true },
  vb: { ...HASH, lineComments: ["'"], quotes: ['"'] },
  html: MARKUP,
  xml: MARKUP,
  vue: {
    ...MARKUP,
    blockComments: [
      ['<!--', '-->'],
      ['/*', '*/'],
    ],
  },
  svelte: {
    ...MARKUP,
    blockComments: [
      ['<!--', '-->'],
      ['/*', '*/'],
    ],
  },
  markdown: PROSE,
  plaintext: PROSE,
  restructuredtext: PROSE,
  asciidoc: PROSE,
  lisp: LISP,
  clojure: LISP,
  scheme: LISP,
  ini: { ...HASH, lineComments: ['#', ';'], hasLooseApostrophes: true },
  properties: { ...HASH, lineComments: ['#', '!'], quotes: [] },
  latex: { ...PERCENT, quotes: [] },
  matlab: PERCENT,
  erlang: PERCENT,
};

/** The rules of a language; those of C for one that is not known here. */
export function lexicalRulesOf(languageId: string): LexicalRules {
  return Object.hasOwn(BY_LANGUAGE, languageId) ? (BY_LANGUAGE[languageId] ?? C_LIKE) : C_LIKE;
}

const PROSE_LANGUAGES: ReadonlySet<string> = new Set([
  'markdown',
  'plaintext',
  'restructuredtext',
  'asciidoc',
  'latex',
  'tex',
  'bibtex',
  'git-commit',
  'mdx',
  'quarto',
]);

/** Whether a document of the language is written for people, so that sentences are its code. */
export function isProseLanguage(languageId: string): boolean {
  return PROSE_LANGUAGES.has(languageId);
}

const MARKUP_LANGUAGES: ReadonlySet<string> = new Set([
  'html',
  'xml',
  'xsl',
  'vue',
  'svelte',
  'astro',
  'php',
  'handlebars',
  'razor',
  'erb',
  'jinja',
  'django-html',
  'svg',
]);

/** Whether tags and entities are code in the language. */
export function isMarkupLanguage(languageId: string): boolean {
  return MARKUP_LANGUAGES.has(languageId) || isProseLanguage(languageId);
}
