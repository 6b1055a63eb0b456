import { type CommentRules, JAVADOC, lineStyle } from '../commentRules';
import type { Language } from '../language';
import { CLOSING, C_LEXIS, NESTED_LEXIS, QUOTE_CHARACTERS, STRINGS, longBrackets } from './lexes';
import { perlTexts } from './perlTexts';
import { continuedLines } from './texts';

/** Annotations of Java and its like: on lines of their own, also over several lines. */
const AT_SIGN = /^@(?!interface\b)[\w.]+/;

const kotlinLike: CommentRules = {
  documentation: JAVADOC,
  docComment: /^\/\*\*(?!\/)/,
  directive:
    /^\/[/*]\s*(?:noinspection |ktlint-disable|@formatter|detekt:|scalafmt:|scalastyle:|scalafix:|CHECKSTYLE)/,
  orderLines:
    /^(?:noinspection |ktlint-disable|@formatter:|detekt:|scalafmt:|scalastyle:|scalafix:|\$COVERAGE-)/,
  annotation: AT_SIGN,
  escapeLine: (line) => line.replaceAll('/*', '/ *'),
  lexis: NESTED_LEXIS,
};

/** Programming languages without a grammar, each with what lines and signs tell of its text. */
export const unparsedLanguages: readonly Language[] = [
  { ids: ['kotlin', 'scala'], comments: kotlinLike },
  {
    ids: ['groovy'],
    comments: {
      ...kotlinLike,
      lexis: {
        ...C_LEXIS,
        strings: [STRINGS.LONG_DOUBLE, STRINGS.LONG_SINGLE, STRINGS.DOUBLE, STRINGS.SINGLE],
        // At the start of a value only: a pattern between slashes may end with a dollar sign.
        tagged: [{ first: '$', open: /(?<=[\s(=,[]|^)\$\//y, closeOf: () => '/$' }],
      },
    },
  },
  {
    ids: ['swift'],
    comments: {
      documentation: lineStyle('///'),
      plain: lineStyle('//'),
      docComment: /^(?:\/\/\/|\/\*\*)/,
      directive: /^\/\/\s*(?:swiftlint:|swift-format-ignore|swiftformat:|sourcery:|periphery:)/,
      orderLines: /^(?:swiftlint:|swift-format-ignore|swiftformat:|sourcery:|periphery:)/,
      annotation: AT_SIGN,
      lexis: {
        ...NESTED_LEXIS,
        tagged: [
          {
            first: '#',
            open: /(#+)("""|")/y,
            closeOf: ([, signs = '', quotes = '']) => quotes + signs,
          },
        ],
      },
      leadingLines: /^(?:#!|\/\/ swift-tools-version)/,
    },
  },
  {
    ids: ['dart'],
    comments: {
      documentation: lineStyle('///'),
      plain: lineStyle('//'),
      docComment: /^(?:\/\/\/|\/\*\*)/,
      directive: /^\/\/\s*(?:ignore|ignore_for_file|coverage:ignore[\w-]*|dart format)\b/,
      orderLines: /^(?:(?:ignore|ignore_for_file):|coverage:ignore|dart format o|@dart\s*=)/,
      annotation: AT_SIGN,
      lexis: {
        ...NESTED_LEXIS,
        strings: [STRINGS.LONG_DOUBLE, STRINGS.LONG_SINGLE, STRINGS.DOUBLE, STRINGS.SINGLE],
      },
    },
  },
  {
    ids: ['fsharp'],
    comments: {
      documentation: lineStyle('///'),
      plain: lineStyle('//'),
      docComment: /^\/\/\//,
      annotationLine: /^\[</,
      isXml: true,
      lexis: {
        lineComments: ['//'],
        blockComments: [['(*', '*)']],
        hasNestedComments: true,
        strings: [
          STRINGS.LONG_DOUBLE,
          { open: '@"', close: '"', isLong: true, isRaw: true },
          ...QUOTE_CHARACTERS,
          { ...STRINGS.DOUBLE, isLong: true },
        ],
      },
    },
  },
  {
    ids: ['vb'],
    comments: {
      documentation: lineStyle("'''"),
      plain: lineStyle("'"),
      docComment: /^'''/,
      annotationLine: /^<.*>\s*_?$/,
      isXml: true,
      lexis: {
        lineComments: ["'"],
        strings: [{ ...STRINGS.DOUBLE, isLong: true, isRaw: true }],
        texts: (source) => continuedLines(source, /\s_$/),
      },
    },
  },
  {
    ids: ['perl'],
    comments: {
      documentation: lineStyle('#'),
      directive: /^##?\s*(?:no critic|use critic)|^#<<</,
      orderLines: /^(?:!|no critic|use critic|line\s+\d|<<<|>>>$)/,
      leadingLines: /^#!/,
      lexis: { lineComments: ['#'], texts: perlTexts },
    },
  },
  {
    ids: ['powershell'],
    comments: {
      documentation: lineStyle('#'),
      orderLines: /^(?:!|requires\s+-)/i,
      annotationLine: /^\[[A-Za-z][\w.]*\(?.*\]$/,
      lexis: {
        lineComments: ['#'],
        blockComments: [['<#', '#>']],
        strings: [
          { open: '@"', close: '\n"@', isLong: true, isRaw: true },
          { open: "@'", close: "\n'@", isLong: true, isRaw: true },
          { ...STRINGS.DOUBLE, isLong: true, escape: '`' },
          { ...STRINGS.SINGLE, isLong: true, isRaw: true },
        ],
        texts: (source) => continuedLines(source, /`$/),
      },
    },
  },
  {
    ids: ['elixir'],
    comments: {
      documentation: lineStyle('#'),
      directive: /^#\s*(?:credo:|coveralls-ignore|dialyzer|sobelow)/,
      orderLines: /^(?:!|credo:|coveralls-ignore|sobelow_skip)/,
      annotationLine: /^@(?!moduledoc\b)[a-z_]\w*/,
      lexis: {
        lineComments: ['#'],
        strings: [
          STRINGS.LONG_DOUBLE,
          STRINGS.LONG_SINGLE,
          { open: '?"', close: '' },
          { open: '?\\"', close: '' },
          { ...STRINGS.DOUBLE, isLong: true },
        ],
        tagged: [
          {
            first: '~',
            open: /~[A-Za-z]+("""|'''|[([{<|/"'])/y,
            closeOf: ([, opening = '']) => CLOSING.get(opening) ?? opening,
          },
        ],
      },
    },
  },
  {
    ids: ['julia'],
    comments: {
      documentation: lineStyle('#'),
      // A string above a definition is its documentation, and a comment between would part them.
      annotationLine: /^@[A-Za-z]\w*!?\s*$|^"/,
      lexis: {
        lineComments: ['#'],
        blockComments: [['#=', '=#']],
        hasNestedComments: true,
        strings: [STRINGS.LONG_DOUBLE, ...QUOTE_CHARACTERS, { ...STRINGS.DOUBLE, isLong: true }],
      },
    },
  },
  {
    ids: ['r'],
    comments: {
      documentation: lineStyle("#'"),
      plain: lineStyle('#'),
      docComment: /^#'/,
      directive: /^#\s*(?:nolint|styler:)/,
      orderLines:
        /^(?:nolint\b|nocov\b|styler:|@(?:export\w*|import\w*|useDynLib|include|S3method|rawNamespace|evalNamespace|eval)\b)/,
      lexis: {
        lineComments: ['#'],
        strings: [
          { ...STRINGS.DOUBLE, isLong: true },
          { ...STRINGS.SINGLE, isLong: true },
        ],
        tagged: [
          {
            first: 'rR',
            open: /(?<![\w.])[rR](["'])(-*)([([{])/y,
            closeOf: ([, quote = '', dashes = '', opening = '']) =>
              (CLOSING.get(opening) ?? '') + dashes + quote,
          },
        ],
      },
    },
  },
  {
    ids: ['lua'],
    comments: {
      documentation: lineStyle('--'),
      docComment: /^---?(?!\[\[|\[=)/,
      // Annotations with three dashes are types to the language server.
      directive: /^---?\s*(?:@diagnostic|luacheck:|stylua:|selene:)|^---\s*@\w/,
      orderLines: /^(?:@diagnostic\b|luacheck:|stylua:|selene:)/,
      lexis: {
        lineComments: ['--'],
        strings: [STRINGS.DOUBLE, STRINGS.SINGLE],
        tagged: [longBrackets('--'), longBrackets('')],
      },
    },
  },
  {
    ids: ['sql', 'plsql', 'mysql', 'postgres'],
    comments: {
      documentation: lineStyle('--'),
      directive: /^--\s*(?:noqa|sqlfluff:|\+\w|name:|migrate:)/,
      orderLines:
        /^(?:\+\s?\w|migrate:|name:\s*\w+\s*:|noqa\b|sqlfluff:|liquibase |changeset |rollback )/i,
      lexis: {
        lineComments: ['--'],
        blockComments: [['/*', '*/']],
        strings: [
          { ...STRINGS.SINGLE, isLong: true, isRaw: true },
          { ...STRINGS.DOUBLE, isLong: true, isRaw: true },
        ],
      },
    },
  },
  {
    ids: ['clojure'],
    comments: {
      documentation: lineStyle(';;'),
      annotationLine: /^#\^|^\^/,
      lexis: {
        lineComments: [';'],
        strings: [
          { open: '\\"', close: '' },
          { ...STRINGS.DOUBLE, isLong: true },
        ],
      },
    },
  },
  {
    ids: ['ocaml'],
    comments: {
      documentation: { kind: 'block', open: '(**', close: '*)', prefix: '   ' },
      plain: { kind: 'block', open: '(*', close: '*)', prefix: '   ' },
      docComment: /^\(\*\*(?!\))/,
      // Comments nest, and the strings in them must end.
      escapeLine: (line) =>
        line
          .replaceAll('(*', '( *')
          .replaceAll('*)', '* )')
          .replaceAll('"', "''")
          .replace(/\{(?=[a-z_]*\|)/g, '{ '),
      annotationLine: /^\[@@@?/,
      lexis: {
        blockComments: [['(*', '*)']],
        hasNestedComments: true,
        strings: [...QUOTE_CHARACTERS, { ...STRINGS.DOUBLE, isLong: true }],
        tagged: [
          {
            first: '{',
            open: /\{(?:%%?[\w.]+\s*)?([a-z_]*)\|/y,
            closeOf: ([, name = '']) => `|${name}}`,
          },
        ],
      },
    },
  },
  {
    ids: ['haskell'],
    comments: {
      documentation: lineStyle('--'),
      lexis: {
        lineComments: ['--'],
        blockComments: [['{-', '-}']],
        hasNestedComments: true,
        strings: [...QUOTE_CHARACTERS, STRINGS.DOUBLE],
        // Not `[a|a <- list]`: only a quotation has no blank beside its bar and no arrow behind it.
        tagged: [
          {
            first: '[',
            open: /\[[a-z][\w.']{0,60}\|(?![^\n]{0,200}<-)/y,
            closeOf: () => '|]',
          },
        ],
      },
    },
  },
  {
    ids: ['coffeescript'],
    comments: {
      documentation: lineStyle('#'),
      lexis: {
        lineComments: ['#'],
        blockComments: [['###', '###']],
        strings: [
          ...[STRINGS.LONG_DOUBLE, STRINGS.LONG_SINGLE],
          { ...STRINGS.DOUBLE, isLong: true },
          { ...STRINGS.SINGLE, isLong: true },
        ],
      },
    },
  },
];
