import { type CommentRules, JAVADOC } from '../commentRules';
import type { Language } from '../language';
import type { LanguageRules } from '../languageRules';
import { NO_WRAPPER } from '../languageRules';
import { readCssGaps } from '../layout/css';
import { C_LEXIS } from './lexes';

const cssRules: LanguageRules = {
  layoutMatters: false,
  newlinesMatter: false,
  layout: { read: readCssGaps },
  // Two slashes begin no comment, though some grammars think so.
  comments: new Set(['comment']),
  // In an address without quotes it is a part of that.
  misreadsComment: (_, before) => /\burl\([^"')]*$/i.test(before),
  atomic: new Set(['string_value', 'color_value', 'integer_value', 'float_value']),
  functions: new Set(),
  declarations: new Map(),
  containers: new Set(),
  leadingSiblings: new Set(),
  // Declarations of a rule, selected without their braces.
  wrappers: () => [NO_WRAPPER, { prefix: '_ {', suffix: '\n}' }],
};

const cssComments: CommentRules = {
  documentation: JAVADOC,
  docComment: /^\/\*\*(?!\/)/,
  // A rule that is of no use but at the very start of a file.
  leadingLines: /^@charset\b/,
  firstLineOrders: /^@charset\b/,
  // A selector or a value goes on below.
  annotationLine: /^[^{};]*,$/,
  // The head above goes on.
  codeBelow: /^\s*\{/,
  directive: /^\/\*\s*(?:stylelint-disable-next-line|prettier-ignore|@noflip|rtl:ignore|purgecss)/,
  orderLines:
    /^(?:stylelint-(?:disable|enable)|prettier-ignore|autoprefixer:|@noflip|rtl:|purgecss|csslint\b)/,
};

export const cssLanguages: readonly Language[] = [
  {
    ids: ['css'],
    grammar: { wasm: 'tree-sitter-css.wasm', rules: cssRules },
    comments: cssComments,
    hasEqualQuotes: true,
  },
  {
    ids: ['scss', 'less'],
    comments: { ...cssComments, lexis: C_LEXIS },
    hasEqualQuotes: true,
  },
];
