import type { SyntaxToken } from '../../syntax/syntax';

const TOKEN =
  /(?<comment>\/\/[^\n]*|\/\*[\s\S]*?\*\/|<!--[\s\S]*?-->|(?<=^|\s)#[^\n]*|(?<=^|\s)--[^\n]*)|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|[\p{L}_$][\p{L}\p{N}_$]*|\d[\w.]*|[^\s\p{L}\p{N}]/gu;

/** Splits text of an unknown language: comments of the usual kinds, strings, words, signs. */
export function plainTokens(text: string): SyntaxToken[] {
  return [...text.matchAll(TOKEN)].map((match) => ({
    kind: match.groups?.['comment'] === undefined ? 'code' : 'comment',
    start: match.index,
    end: match.index + match[0].length,
  }));
}
