import { type CommentRules, type CommentStyle, type Lexis, JAVADOC } from './commentRules';
import { languageOf } from './languages/languages';
import { QUOTE_CHARACTERS } from './languages/lexes';
import { markupComments } from './languages/markup';
import { xmlDocumentation } from './xmlDocumentation';

/** Comment characters from a language's configuration in the editor. */
export interface LanguageComments {
  readonly lineComment?: string;
  readonly blockComment?: readonly [open: string, close: string];
}

/**
 * The comments of a language.
 *
 * @param configured - Comments of the language's configuration, for one that is not known here.
 */
export function commentRulesOf(
  languageId: string,
  configured: LanguageComments | undefined,
): CommentRules {
  return languageOf(languageId)?.comments ?? configuredRules(configured);
}

function configuredRules(configured: LanguageComments | undefined): CommentRules {
  const [open = '', close = ''] = configured?.blockComment ?? [];
  const hasBlock = open !== '' && close !== '';
  // A line comment cannot be ended by its text, so it goes first where either would do.
  const prefix = configured?.lineComment?.trim() ?? '';
  const lexis: Lexis = {
    ...(prefix === '' ? {} : { lineComments: [prefix] }),
    ...(hasBlock ? { blockComments: [[open, close]] } : {}),
    // Where a language has strings over several lines, this is how most of them begin; a quotation
    // mark that is not closed on its line may be one as well.
    strings: [
      { open: '"""', close: '"""', isLong: true },
      ...QUOTE_CHARACTERS,
      { open: '#\\"', close: '' },
      { open: '"', close: '"', isLong: true },
    ],
  };
  if (prefix !== '') {
    return { documentation: { kind: 'line', prefix, mayJoinLines: true }, lexis };
  }
  if (!hasBlock) return { documentation: null };
  if (open.startsWith('<!--')) return { ...markupComments, lexis };
  if (open === '/*') return { documentation: JAVADOC, docComment: /^\/\*\*(?!\/)/, lexis };
  return { documentation: { kind: 'block', open, close, prefix: '' }, lexis };
}

/**
 * Writes a comment, without indentation and line endings.
 *
 * Whatever would end the comment early, or means something else in it, is written so that it does
 * not, with as little change to what people read as possible.
 *
 * @param lines - Plain and not empty; see `commentLines`.
 */
export function writeComment(
  lines: readonly string[],
  style: CommentStyle,
  rules: CommentRules,
): string[] {
  if (style.kind === 'docstring') return writeDocString(lines);
  const { escapeLine } = rules;
  const isXml = rules.isXml === true && style === rules.documentation;
  const words = isXml ? xmlDocumentation(lines) : lines;
  const escaped = escapeLine ? words.map(escapeLine) : words;
  if (style.kind === 'line') return writeLineComment(escaped, style);
  return writeBlock(
    escaped.map((line) => withoutBounds(line, style)),
    style,
  );
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

function withoutBounds(line: string, style: Extract<CommentStyle, { kind: 'block' }>): string {
  if (style.close === '*/') return line.replaceAll('*/', '*\\/');
  if (style.close === '-->') return line;
  const closed = separate(line, style.close);
  return style.open === style.close ? closed : separate(closed, style.open);
}

/** Puts a blank into every `sign`. */
function separate(line: string, sign: string): string {
  const [first = '', ...rest] = sign;
  return line.replaceAll(sign, rest.length === 0 ? ' ' : `${first} ${rest.join('')}`);
}

function writeLineComment(
  lines: readonly string[],
  style: Extract<CommentStyle, { kind: 'line' }>,
): string[] {
  return lines.map((line) => {
    const comment = `${style.prefix} ${line}`.trimEnd();
    return style.mayJoinLines && comment.endsWith('\\') ? `${comment} .` : comment;
  });
}

/** The string's value is the text: backslashes and quotes are escaped. */
function writeDocString(lines: readonly string[]): string[] {
  const escaped = lines.map((line) => line.replaceAll('\\', '\\\\').replaceAll('"""', '\\"\\"\\"'));
  const [first = '', ...rest] = escaped;
  if (rest.length === 0) return [`"""${first.replace(/"$/, '\\"')}"""`];
  return [`"""${first}`, ...rest, '"""'];
}
