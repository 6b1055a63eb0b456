import type { Refactor } from './refactor';
import { applyEdits } from './edits';

const REQUEST =
  /\b(?:remove|delete|drop|strip)\b.*\b(?:console|debug|log(?:ging|s)?|print\w*)\b|\bdebug-ausgaben entfern/i;
const STATEMENT =
  /^[ \t]*(?:console\.(?:log|debug|trace)|System\.out\.print(?:ln)?|fmt\.Print(?:ln|f)?|print|puts|debugger|printf|dbg!|println!)\s*(?:\(.*\))?\s*;?[ \t]*(?:\n|$)/gm;

/** `Remove the console.log calls`: lines that are a call for output and nothing else. */
export const removeDebugOutput: Refactor = (code, words) => {
  if (!REQUEST.test(words)) return null;
  const lines = [...code.text.matchAll(STATEMENT)].filter((match) => {
    const start = match.index + match[0].search(/\S/);
    return code.tokens.some((token) => token.kind === 'code' && token.start === start);
  });
  return applyEdits(
    code.text,
    lines.map((match) => ({ start: match.index, end: match.index + match[0].length, text: '' })),
  );
};
