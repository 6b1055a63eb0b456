/** Languages in which a line break is a blank. */
import { type Gap, type LayoutReader, asWritten, gapByGap, isApart, isInner } from './gap';
import { joiningOf, markOfBlank } from './joining';

const ASSIGNMENTS = ['+=', '-=', '*=', '/=', '%=', '&=', '|=', '^=', '<<=', '>>='];
const COMPARISONS = ['==', '!=', '<=', '>=', '&&', '||', '//', '/*'];

const joinsInJava = joiningOf({
  operators: [...ASSIGNMENTS, ...COMPARISONS, '++', '--', '->', '::', '...', '>>>='],
  angles: new Set(['type_arguments', 'type_parameters']),
});

export const readJavaGaps = gapByGap((gap) => markOfBlank(gap, joinsInJava));

const joinsInCsharp = joiningOf({
  operators: [
    ...[
      ...ASSIGNMENTS,
      ...COMPARISONS,
      '++',
      '--',
      '->',
      '=>',
      '::',
      '..',
      '??=',
      '?.',
      '?[',
      '>>>=',
    ],
  ],
  angles: new Set(['type_argument_list', 'type_parameter_list']),
});

export const readCsharpGaps = gapByGap((gap) => markOfBlank(gap, joinsInCsharp));

const joinsInRust = joiningOf({
  operators: [...ASSIGNMENTS, ...COMPARISONS, '->', '=>', '<-', '::', '..=', '...'],
  angles: new Set(['type_arguments', 'type_parameters', 'bracketed_type']),
});

const RANGE = /^\.\.=?$/;

export const readRustGaps = gapByGap((gap) => {
  const { left, right } = gap;
  // A range's dots are not a fraction: the language reads `1..2` as `1 .. 2`.
  if (/^\d+$/.test(left.text) && RANGE.test(right.text)) return '';
  if (RANGE.test(left.text) && /^\d/.test(right.text)) return '';
  // Macros get the tokens as they are written, and may ask whether operators touch.
  const isInMacro = left.parent.startsWith('token_') && right.parent.startsWith('token_');
  if (isInMacro && isOperator(left.text) && isOperator(right.text)) return isApart(gap) ? 'b' : 'n';
  return markOfBlank(gap, joinsInRust);
});

function isOperator(text: string): boolean {
  return /^[-+*/%&|^=<>!.:?~,;@$#]+$/.test(text);
}

const joinsInPhp = joiningOf({
  operators: [
    ...[...ASSIGNMENTS, ...COMPARISONS, '++', '--', '->', '=>', '::', '...', '===', '!==', '**='],
    ...['<=>', '<>', '??=', '?->', '.=', '?>', '<<<', '<?=', '#['],
  ],
});

/** Markup stands before and behind code, and every character of it counts. */
export const readPhpGaps: LayoutReader = (gaps, source) =>
  gaps.map((gap, index) => {
    // What stands behind the last tag is markup; the tag takes one line break with it.
    const isLast = index === gaps.length - 1 && gap.right.text.endsWith('?>');
    return readPhpGap(gap) + (isLast ? source.slice(gap.right.end).replace(/^\r?\n/, '') : '');
  });

function readPhpGap(gap: Gap): string {
  if (!isInner(gap)) return gap.space;
  const { left, right } = gap;
  if (left.text.endsWith('?>') || right.type.startsWith('text')) return gap.space;
  // Behind the opening tag stands white space, whichever, and no comment without it.
  if (left.text === '<?php') return gap.beginsWithSpace ? 'blank' : 'none';
  // A cast is one token in brackets, in which no line ends and no comment stands.
  const isInCast = left.type === 'cast_type' || right.type === 'cast_type';
  if (isInCast && (gap.hasBreak || gap.hasComment)) return 'break';
  if (left.type === 'enum') return gap.space;
  return markOfBlank(gap, joinsInPhp);
}

const joinsInC = joiningOf({
  operators: [
    ...[...ASSIGNMENTS, ...COMPARISONS, '++', '--', '->', '->*', '.*', '::', '...', '##', '<=>'],
    ...['<:', '<%', '%:', ':>', '%>', '[['],
  ],
  angles: new Set(['template_argument_list', 'template_parameter_list']),
});

/** Line breaks that end directives are in the tokens themselves, see `markDirectiveLines`. */
export const readCGaps = gapByGap((gap) => {
  const { left, right } = gap;
  const isMacroName = /^preproc_(?:function_)?def$/.test(left.parent) && left.type === 'identifier';
  // `#define A (x)` has no parameter.
  if (isMacroName || right.parent === 'preproc_params') return asWritten(gap);
  if (isAttributeBracket(left.text, right.text)) return '';
  return markOfBlank(gap, joinsInC);
});

/** Brackets that touch or not are the same attribute: `[ [nodiscard] ]`. */
function isAttributeBracket(left: string, right: string): boolean {
  return left === ']' && right === ']';
}
