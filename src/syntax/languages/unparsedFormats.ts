import { lineStyle } from '../commentRules';
import type { Language } from '../language';
import { STRINGS, heredocs, lineSpans, longBrackets } from './lexes';
import { continuedLines, indentedTexts, yamlTexts } from './texts';

/** Comments of number signs, with strings that end with their line. */
const HASH_LEXIS = { lineComments: ['#'], strings: [STRINGS.DOUBLE, STRINGS.SINGLE] } as const;

/** Configuration, build files and markup without a grammar. */
export const unparsedFormats: readonly Language[] = [
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
  {
    ids: ['bat'],
    comments: {
      documentation: lineStyle('REM'),
      lexis: {
        lineComments: ['REM ', 'rem ', '@REM ', '@rem ', '::'],
        texts: (source) => continuedLines(source, /\^$/),
      },
    },
  },
  {
    ids: ['nix'],
    comments: {
      documentation: lineStyle('#'),
      lexis: {
        lineComments: ['#'],
        blockComments: [['/*', '*/']],
        strings: [
          { open: "''", close: "''", isLong: true, isRaw: true },
          { ...STRINGS.DOUBLE, isLong: true },
        ],
      },
    },
  },
  {
    ids: ['cmake'],
    comments: {
      documentation: lineStyle('#'),
      lexis: {
        lineComments: ['#'],
        strings: [{ ...STRINGS.DOUBLE, isLong: true }],
        tagged: [longBrackets('#'), longBrackets('')],
      },
    },
  },
  {
    ids: ['pug', 'jade'],
    comments: {
      documentation: lineStyle('//-'),
      lexis: { lineComments: ['//'], texts: (source) => indentedTexts(source, /\.$/) },
    },
  },
  // What JSON is made of has no comments, whatever an editor's configuration says.
  { ids: ['jsonl', 'ndjson', 'csv', 'tsv', 'plaintext'], comments: { documentation: null } },
];
