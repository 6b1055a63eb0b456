import type { LanguageRules } from '../languageRules';
import { NO_WRAPPER } from '../languageRules';

export const cssRules: LanguageRules = {
  layoutMatters: false,
  newlinesMatter: false,
  comments: new Set(['comment', 'js_comment']),
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
