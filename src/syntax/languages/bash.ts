import { lineStyle } from '../commentRules';
import type { Language } from '../language';
import type { LanguageRules } from '../languageRules';
import { NO_WRAPPER } from '../languageRules';
import { readShellGaps } from '../layout/shell';
import { fieldText } from './nodes';

/** Rules for shell scripts, read by the Bash grammar. */
const bashRules: LanguageRules = {
  layoutMatters: false,
  newlinesMatter: true,
  layout: { read: readShellGaps, continuation: '' },
  // A word that has a number sign in it goes on, as behind `$(a)` and behind an escaped blank.
  misreadsComment: (_, before) => /[^\s;&|(<>]$|\\\s$/.test(before),
  comments: new Set(['comment']),
  atomic: new Set([
    'string',
    'raw_string',
    'ansi_c_string',
    'translated_string',
    'heredoc_body',
    'regex',
  ]),
  indented: new Set(['heredoc_body']),
  hasContinuations: true,
  functions: new Set(['function_definition']),
  declarations: new Map([
    [
      'function_definition',
      (node) => ({
        name: fieldText(node, 'name'),
        kind: 'function',
        parameters: [],
        returnsValue: false,
      }),
    ],
  ]),
  containers: new Set(),
  leadingSiblings: new Set(),
  wrappers: () => [NO_WRAPPER],
};

export const bashLanguages: readonly Language[] = [
  {
    ids: ['shellscript'],
    grammar: { wasm: 'tree-sitter-bash.wasm', rules: bashRules },
    comments: {
      documentation: lineStyle('#'),
      directive: /^#\s*shellcheck\s/,
      orderLines: /^(?:!|shellcheck\s+[a-z-]+=|shfmt\b|:nocov:|kcov-)/,
      // Batch systems, zsh's completion and the old start of services.
      orders: /^#(?:(?:SBATCH|PBS|BSUB|\$)\s|(?:compdef|autoload)\b|\s*chkconfig:)/,
      hasBlockOrders: (comments) => /^### BEGIN INIT INFO/m.test(comments),
      leadingLines: /^#!/,
    },
  },
];
