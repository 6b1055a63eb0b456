import { type CommentRules, JAVADOC, type Span, lineStyle } from '../commentRules';
import type { Language } from '../language';
import { C_LEXIS, NESTED_LEXIS, STRINGS, heredocs, lineSpans, linesOf } from './lexes';

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

/** Comments of number signs, with strings that end with their line. */
const HASH_LEXIS = { lineComments: ['#'], strings: [STRINGS.DOUBLE, STRINGS.SINGLE] } as const;

/** Languages without a grammar, each with what is told of its text by lines and signs alone. */
export const unparsedLanguages: readonly Language[] = [
  { ids: ['kotlin', 'scala'], comments: kotlinLike },
  {
    ids: ['groovy'],
    comments: {
      ...kotlinLike,
      lexis: {
        ...C_LEXIS,
        strings: [STRINGS.LONG_DOUBLE, STRINGS.LONG_SINGLE, STRINGS.DOUBLE, STRINGS.SINGLE],
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
      lexis: NESTED_LEXIS,
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
      annotation: /^\[</,
      isXml: true,
      lexis: {
        lineComments: ['//'],
        blockComments: [['(*', '*)']],
        hasNestedComments: true,
        strings: [STRINGS.LONG_DOUBLE, { ...STRINGS.DOUBLE, isLong: true }],
      },
    },
  },
  {
    ids: ['vb'],
    comments: {
      documentation: lineStyle("'''"),
      plain: lineStyle("'"),
      docComment: /^'''/,
      annotation: /^<.*>\s*_?$/,
      isXml: true,
      lexis: { lineComments: ["'"], strings: [{ ...STRINGS.DOUBLE, isRaw: true }] },
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
      annotation: /^\[[A-Za-z][\w.]*\(?.*\]$/,
      lexis: {
        lineComments: ['#'],
        blockComments: [['<#', '#>']],
        strings: [
          { open: '@"', close: '\n"@', isLong: true, isRaw: true },
          { open: "@'", close: "\n'@", isLong: true, isRaw: true },
          { ...STRINGS.DOUBLE, isLong: true, isRaw: true },
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
      annotation: /^@(?!moduledoc\b)[a-z_]\w*/,
      lexis: {
        lineComments: ['#'],
        strings: [STRINGS.LONG_DOUBLE, STRINGS.LONG_SINGLE, { ...STRINGS.DOUBLE, isLong: true }],
      },
    },
  },
  {
    ids: ['julia'],
    comments: {
      documentation: lineStyle('#'),
      annotation: /^@[A-Za-z]\w*!?\s*$/,
      lexis: {
        lineComments: ['#'],
        blockComments: [['#=', '=#']],
        hasNestedComments: true,
        strings: [STRINGS.LONG_DOUBLE, { ...STRINGS.DOUBLE, isLong: true }],
      },
    },
  },
  {
    ids: ['yaml', 'dockercompose', 'home-assistant', 'github-actions-workflow'],
    comments: {
      documentation: lineStyle('#'),
      directive: /^#\s*(?:yamllint disable-line|kics-scan|noqa|renovate:|ansible-lint)/,
      orderLines:
        /^(?:yaml-language-server:|yamllint\s+(?:dis|en)able|cloud-config\b|kics-scan\b|noqa\b|renovate:|\$schema:)/,
      leadingLines: /^(?:#cloud-config|#!|#\s*yaml-language-server:|%YAML\b)/,
      lexis: { texts: yamlTexts },
    },
  },
  {
    ids: ['dockerfile'],
    comments: {
      documentation: lineStyle('#'),
      directive: /^#\s*hadolint /,
      orderLines: /^(?:(?:syntax|escape|check)\s*=|hadolint )/i,
      // A parser directive is one only where nothing stands above it.
      leadingLines: /^#\s*(?:syntax|escape|check)\s*=/i,
      lexis: {
        lineComments: ['#'],
        texts: (source) => [...heredocs(source), ...continuedLines(source, /[\\`]$/)],
      },
    },
  },
  {
    ids: ['makefile'],
    comments: {
      documentation: { kind: 'line', prefix: '#', mayJoinLines: true },
      lexis: {
        lineComments: ['#'],
        texts: (source) => lineSpans(source, /^\s*define\b/, () => /^\s*endef\b/),
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
      },
    },
  },
  {
    ids: ['lua'],
    comments: {
      documentation: lineStyle('--'),
      docComment: /^---?(?!\[\[|\[=)/,
      directive: /^---?\s*(?:@diagnostic|luacheck:|stylua:|selene:)/,
      orderLines: /^(?:@diagnostic\b|luacheck:|stylua:|selene:)/,
      lexis: {
        lineComments: ['--'],
        blockComments: [
          ['--[[', ']]'],
          ['--[=[', ']=]'],
        ],
        strings: [
          { open: '[[', close: ']]', isLong: true, isRaw: true },
          { open: '[=[', close: ']=]', isLong: true, isRaw: true },
          STRINGS.DOUBLE,
          STRINGS.SINGLE,
        ],
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
      annotation: /^#\^|^\^/,
      lexis: { lineComments: [';'], strings: [{ ...STRINGS.DOUBLE, isLong: true }] },
    },
  },
  {
    ids: ['latex', 'tex'],
    comments: {
      documentation: lineStyle('%'),
      orderLines: /^!(?:\s*TEX|BIB)\b/i,
      leadingLines: /^%\s*!TEX/,
      lexis: {
        lineComments: ['%'],
        texts: (source) =>
          lineSpans(
            source,
            /\\begin\{((?:[bB]?[vV]erbatim|lstlisting|minted)\*?)\}/,
            ([, name = '']) => new RegExp(`\\\\end\\{${name.replace('*', '\\*')}\\}`),
          ),
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
      annotation: /^\[@@@?/,
      lexis: {
        blockComments: [['(*', '*)']],
        hasNestedComments: true,
        strings: [
          { ...STRINGS.DOUBLE, isLong: true },
          { open: '{|', close: '|}', isLong: true, isRaw: true },
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
        strings: [STRINGS.DOUBLE],
      },
    },
  },
  {
    ids: ['terraform', 'hcl'],
    comments: {
      documentation: lineStyle('#'),
      directive: /^(?:#|\/\/)\s*(?:tflint-ignore|tfsec:|trivy:)/,
      orderLines: /^(?:tflint-ignore|tfsec:|trivy:)/,
      lexis: { ...HASH_LEXIS, texts: heredocs },
    },
  },
  {
    ids: ['toml'],
    comments: {
      documentation: lineStyle('#'),
      lexis: {
        lineComments: ['#'],
        strings: [STRINGS.LONG_DOUBLE, { ...STRINGS.LONG_SINGLE, isRaw: true }, STRINGS.DOUBLE],
      },
    },
  },
  // What JSON is made of has no comments, whatever an editor's configuration says.
  { ids: ['jsonl', 'ndjson', 'csv', 'tsv', 'plaintext'], comments: { documentation: null } },
];

/** Documentation in the language's own format, and what stands after the program's end. */
function perlTexts(source: string): Span[] {
  const pod = lineSpans(source, /^=[a-zA-Z]/, () => /^=cut\b/);
  const end = /^__(?:END|DATA)__\s*$/m.exec(source);
  const rest = end ? [{ start: end.index, end: source.length }] : [];
  return [...pod, ...heredocs(source), ...rest];
}

/** Line breaks between a line that is continued and the next one. */
function continuedLines(source: string, sign: RegExp): Span[] {
  return linesOf(source)
    .filter(({ text }) => sign.test(text.trimEnd()))
    .map(({ text, start }) => ({
      start,
      end: Math.min(source.length, start + text.length + 2),
    }));
}

/** Block scalars, and scalars in quotes or without that go on in further lines. */
function yamlTexts(source: string): Span[] {
  const spans: Span[] = [];
  let scalar: { readonly start: number; readonly indentation: number } | null = null;
  for (const { text, start } of linesOf(source)) {
    if (text.trim() === '') continue;
    const indentation = text.search(/\S/);
    const isInside: boolean = scalar !== null && indentation > scalar.indentation;
    if (scalar && isInside) {
      spans.push({ start: scalar.start, end: start + text.length });
      continue;
    }
    scalar = null;
    if (text.trimStart().startsWith('#')) continue;
    // A sequence in a mapping's value is as deep as its key, and its dashes count as indentation.
    const dashes = /^\s*(?:-\s+)*/.exec(text)?.[0].length ?? 0;
    if (opensScalar(text.slice(dashes))) {
      const isEntry = /^(?:"[^"]*"|'[^']*'|[^\s#'"][^#]*?):(?:\s|$)/.test(text.slice(dashes));
      scalar = { start: start + text.length, indentation: isEntry ? dashes : indentation };
    }
  }
  return spans;
}

/** Whether a line's value is a text that deeper lines belong to. */
function opensScalar(entry: string): boolean {
  const value = /^(?:"[^"]*"|'[^']*'|[^\s#'"[{][^#]*?):(?:\s+(.*))?$/.exec(entry)?.[1] ?? entry;
  const plain = value.replace(/\s+#.*$/, '').trim();
  if (/^(?:[&!]\S*\s+)*[|>][-+\d]*$/.test(plain)) return true;
  // Lists and mappings in brackets may have comments; keys without a value begin a block.
  return plain !== '' && !/:$/.test(plain) && !/^(?:[[{&*]|---|\.\.\.)/.test(plain);
}
