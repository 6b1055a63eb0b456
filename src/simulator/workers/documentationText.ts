import type { Declaration } from '../../syntax/syntax';
import type { Code } from './code';

/** A comment or docstring without its comment characters, lines trimmed. */
export function plainComment(comment: string): string {
  return comment
    .replace(/^[rRuU]?("""|'''|"|')([\s\S]*)\1$/, '$2')
    .split('\n')
    .map((line) =>
      line
        .trim()
        .replace(/^(?:\/\*[*!]?|\*\/|\*(?!\*)|\/\/[/!]?|#+|<!--|--)\s?/, '')
        .replace(/\s*(?:\*\/|-->)$/, '')
        .trim(),
    )
    .join('\n')
    .trim();
}

/** The first sentence of a comment's text, tags and XML left out; empty for none. */
export function firstSentence(comment: string): string {
  const [paragraph = ''] = plainComment(comment)
    .replace(/<\/?\w+[^>]*>/g, ' ')
    .trim()
    .split(/\n\s*\n|\n\s*@|^\s*@/);
  const text = paragraph.replace(/\s+/g, ' ').trim();
  return /^.*?[.!?](?=\s|$)/.exec(text)?.[0] ?? text;
}

/** First sentence of a declaration's own documentation; empty for none. */
export function documentedPurpose(code: Code, { documentation }: Declaration): string {
  return documentation
    ? firstSentence(code.text.slice(documentation.start, documentation.end))
    : '';
}
