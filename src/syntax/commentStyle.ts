/** How documentation is written in a language. */
export type CommentStyle =
  | {
      readonly kind: 'block';
      readonly open: string;
      readonly close: string;
      readonly prefix: string;
    }
  | {
      readonly kind: 'line';
      readonly prefix: string;
      /** Whether a backslash at its end may join the next line, of code, to the comment. */
      readonly mayJoinLines: boolean;
    }
  /** A string below the signature. */
  | { readonly kind: 'docstring' };

/** Comment characters from a language's configuration in the editor. */
export interface LanguageComments {
  readonly lineComment?: string;
  readonly blockComment?: readonly [open: string, close: string];
}

const JAVADOC: CommentStyle = { kind: 'block', open: '/**', close: '*/', prefix: ' * ' };

const BLOCK_LANGUAGES: ReadonlySet<string> = new Set([
  'typescript',
  'typescriptreact',
  'javascript',
  'javascriptreact',
  'java',
  'c',
  'cpp',
  'cuda-cpp',
  'objective-c',
  'objective-cpp',
  'php',
  'css',
  'scss',
  'less',
  'kotlin',
  'scala',
  'groovy',
]);

const LINE_LANGUAGES: Readonly<Record<string, string>> = {
  csharp: '///',
  fsharp: '///',
  rust: '///',
  swift: '///',
  dart: '///',
  go: '//',
  jsonc: '//',
  ruby: '#',
  shellscript: '#',
  perl: '#',
  powershell: '#',
  elixir: '#',
  julia: '#',
  yaml: '#',
  dockerfile: '#',
  makefile: '#',
  r: "#'",
  vb: "'''",
  lua: '--',
  sql: '--',
  clojure: ';;',
  latex: '%',
};

/**
 * How a language's declarations are documented.
 *
 * @param comments of the language's configuration, for a language that is not known here.
 * @returns null when nothing is known of the language's comments.
 */
export function commentStyleOf(
  languageId: string,
  comments: LanguageComments | undefined,
): CommentStyle | null {
  if (languageId === 'python') return { kind: 'docstring' };
  if (BLOCK_LANGUAGES.has(languageId)) return JAVADOC;
  const known = Object.hasOwn(LINE_LANGUAGES, languageId) ? LINE_LANGUAGES[languageId] : undefined;
  // A line comment cannot be ended by its text, so it goes first where either would do.
  const lineComment = known ?? comments?.lineComment?.trim();
  if (lineComment) {
    const mayJoinLines = known === undefined || languageId === 'makefile';
    return { kind: 'line', prefix: lineComment, mayJoinLines };
  }
  const [open = '', close = ''] = comments?.blockComment ?? [];
  if (open === '' || close === '') return null;
  return open === '/*' ? JAVADOC : { kind: 'block', open, close, prefix: '' };
}

/** A comment on the line of code that no declaration begins, where a docstring has no meaning. */
export function plainStyle(style: CommentStyle): CommentStyle {
  return style.kind === 'docstring' ? { kind: 'line', prefix: '#', mayJoinLines: false } : style;
}

/** Languages in which `/*` inside a comment opens another one. */
const NESTING: ReadonlySet<string> = new Set(['kotlin', 'scala', 'groovy']);

/**
 * Writes a comment, without indentation and line endings.
 *
 * Whatever would end the comment early is written so that it does not, with as little change to
 * what people read as possible.
 *
 * @param lines plain and not empty; see `commentLines`.
 */
export function writeComment(
  lines: readonly string[],
  style: CommentStyle,
  languageId: string,
): string[] {
  switch (style.kind) {
    case 'docstring':
      return writeDocString(lines);
    case 'line':
      return writeLineComment(lines, style, languageId);
    case 'block':
      return writeBlock(
        lines.map((line) => withoutTerminator(line, style, languageId)),
        style,
      );
  }
}

function writeBlock(
  lines: readonly string[],
  style: Extract<CommentStyle, { kind: 'block' }>,
): string[] {
  const [first = ''] = lines;
  if (lines.length === 1) return [`${style.open} ${first} ${style.close}`];
  const body = lines.map((line) => (style.prefix + line).trimEnd());
  const close = style.prefix === '' ? style.close : ` ${style.close}`;
  return [style.open, ...body, close];
}

function withoutTerminator(
  line: string,
  style: Extract<CommentStyle, { kind: 'block' }>,
  languageId: string,
): string {
  if (style.open.startsWith('<!--')) {
    // Two hyphens must not stand in such a comment at all, nor one at its end.
    return line.replace(/-(?=-)/g, '- ').replace(/-$/, '- ');
  }
  if (style.close !== '*/') return separate(line, style.close);
  const open = NESTING.has(languageId) ? line.replaceAll('/*', '/ *') : line;
  const closed = open.replaceAll('*/', '*\\/');
  // Java reads \u escapes in comments too: they could end it, or be an error.
  return languageId === 'java' ? closed.replace(/(?<!\\)((?:\\\\)*)\\u/g, '$1\\\\u') : closed;
}

/** Puts a blank into every `terminator`. */
function separate(line: string, terminator: string): string {
  const [first = '', ...rest] = terminator;
  return line.replaceAll(terminator, rest.length === 0 ? ' ' : `${first} ${rest.join('')}`);
}

function writeLineComment(
  lines: readonly string[],
  style: Extract<CommentStyle, { kind: 'line' }>,
  languageId: string,
): string[] {
  const text = languageId === 'csharp' || languageId === 'vb' ? withSummary(lines) : lines;
  return text.map((line) => {
    const comment = `${style.prefix} ${line}`.trimEnd();
    return style.mayJoinLines && comment.endsWith('\\') ? `${comment} .` : comment;
  });
}

/** Documentation of .NET languages is XML; plain words are a summary. */
function withSummary(lines: readonly string[]): readonly string[] {
  if (lines.some((line) => /<(?:summary|inheritdoc|include|remarks|returns|param)\b/.test(line))) {
    return lines;
  }
  const escaped = lines.map((line) =>
    line.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
  );
  return ['<summary>', ...escaped, '</summary>'];
}

/** The string's value is the text: backslashes and quotes are escaped. */
function writeDocString(lines: readonly string[]): string[] {
  const escaped = lines.map((line) => line.replaceAll('\\', '\\\\').replaceAll('"""', '\\"\\"\\"'));
  const [first = '', ...rest] = escaped;
  if (rest.length === 0) return [`"""${first.replace(/"$/, '\\"')}"""`];
  return [`"""${first}`, ...rest, '"""'];
}
