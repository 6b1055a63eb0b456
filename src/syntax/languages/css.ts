import type { LanguageRules } from '../languageRules';
import { NO_WRAPPER } from '../languageRules';
import { readCssGaps } from '../layout/css';

export const cssRules: LanguageRules = {
  layoutMatters: false,
  newlinesMatter: false,
  layout: { read: readCssGaps },
  // Two slashes begin no comment, though some grammars think so.
  comments: new Set(['comment']),
  atomic: new Set(['string_value', 'color_value', 'integer_value', 'float_value']),
  functions: new Set(),
  declarations: new Map(),
  containers: new Set(),
  leadingSiblings: new Set(),
  isDocComment: () => false,
  isDirective: () => false,
  // Declarations of a rule, selected without their braces.
  wrappers: () => [NO_WRAPPER, { prefix: '_ {', suffix: '\n}' }],
};
