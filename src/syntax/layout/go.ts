import { type InnerGap, gapByGap } from './gap';
import { joiningOf, markOfBlank } from './joining';

const joins = joiningOf({
  operators: [
    ...['++', '--', '<<=', '>>=', '&^=', '&&', '||', '<-', '==', '!=', '<=', '>=', ':=', '...'],
    ...['+=', '-=', '*=', '/=', '%=', '&=', '|=', '^=', '//', '/*'],
  ],
});

/** The language specification, "Semicolons": after these tokens a line's end is a semicolon. */
const ENDS_STATEMENT = /^(?:[\p{L}_]|\.?\d|["'`]|\+\+$|--$|[)\]}]$)|["'`]$/u;

const KEYWORDS_INSIDE: ReadonlySet<string> = new Set([
  ...['case', 'chan', 'const', 'default', 'defer', 'else', 'for', 'func', 'go', 'goto', 'if'],
  ...[
    'import',
    'interface',
    'map',
    'package',
    'range',
    'select',
    'struct',
    'switch',
    'type',
    'var',
  ],
]);

/** Before these a semicolon may be left out, so that one more means nothing. */
const CLOSES_LIST: ReadonlyMap<string, RegExp> = new Map([
  ['}', /^(?:block|field_declaration_list|interface_type|.*_switch_statement|select_statement)$/],
  [')', /^(?:import_spec_list|const_declaration|type_declaration|var_declaration|var_spec_list)$/],
]);

export const readGoGaps = gapByGap((gap) =>
  gap.hasBreak && isSemicolon(gap) ? 'semicolon' : markOfBlank(gap, joins),
);

function isSemicolon({ left, right }: InnerGap): boolean {
  if (!ENDS_STATEMENT.test(left.text) || KEYWORDS_INSIDE.has(left.text)) return false;
  return CLOSES_LIST.get(right.text)?.test(right.parent) !== true;
}
