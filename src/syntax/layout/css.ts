import { type Gap, type InnerGap, type LayoutReader, isInner } from './gap';

/** Around these, white space never means anything. */
const FREE: ReadonlySet<string> = new Set(['{', '}', ';', ',']);

const COMBINATORS: ReadonlyMap<string, string> = new Map([
  ['>', 'child_selector'],
  ['+', 'adjacent_sibling_selector'],
  ['~', 'sibling_selector'],
]);

/** A blank combines selectors, makes functions of words and parts terms; a line break is a blank. */
export const readCssGaps: LayoutReader = (gaps) => {
  let isCustom = false;
  return gaps.map((gap) => {
    if (/^[;}]$/.test(gap.right.text)) isCustom = false;
    const mark = isInner(gap) ? markOf(gap, isCustom) : '';
    if (gap.right.type === 'property_name') isCustom = gap.right.text.startsWith('--');
    return mark;
  });
};

function markOf(gap: InnerGap, isCustom: boolean): string {
  // What a custom property holds is kept as it is written, for scripts to read.
  if (isCustom) return gap.space + (gap.hasComment ? 'comment' : '');
  if (isFree(gap)) return '';
  // A comment parts tokens, but it is not white space.
  if (gap.space !== '') return 'blank';
  return gap.hasComment ? 'comment' : 'none';
}

function isFree({ left, right }: InnerGap): boolean {
  if (left.text === '@charset') return false;
  if (FREE.has(left.text) || FREE.has(right.text)) return true;
  return (
    isEitherSide(left, right, isDeclarationColon) ||
    isEitherSide(left, right, isCombinator) ||
    isEitherSide(left, right, isAttributeOperator) ||
    isInsideBrackets(left, right)
  );
}

function isEitherSide(
  left: Gap['right'],
  right: Gap['right'],
  is: (token: Gap['right']) => boolean,
): boolean {
  return is(left) || is(right);
}

function isDeclarationColon({ text, parent }: Gap['right']): boolean {
  return text === ':' && (parent === 'declaration' || parent === 'feature_query');
}

function isCombinator({ text, parent }: Gap['right']): boolean {
  return COMBINATORS.get(text) === parent;
}

function isAttributeOperator({ text, parent }: Gap['right']): boolean {
  return /^[~|^$*]?=$/.test(text) && parent === 'attribute_selector';
}

function isInsideBrackets(left: Gap['right'], right: Gap['right']): boolean {
  return /^[([]$/.test(left.text) || /^[)\]]$/.test(right.text);
}
