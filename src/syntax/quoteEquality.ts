import { languageOf } from './languages/languages';

const STRING = /^([A-Za-z]*)('''|"""|'|")([\s\S]*)\2$/;

/**
 * What a token means whichever quotes it is written in: equal for two strings of the same prefix
 * and the same content once quotes are no longer escaped. Any other token is its own meaning.
 */
export function withoutQuoteStyle(token: string, languageId: string): string {
  if (languageOf(languageId)?.hasEqualQuotes !== true) return token;
  const [, prefix, quotes, content] = STRING.exec(token) ?? [];
  if (prefix === undefined || quotes === undefined || content === undefined) return token;
  // In a raw string a backslash before a quote is part of the string.
  const meaning = /r/i.test(prefix) ? content : unescapeQuotes(content);
  // No token begins like this, so that a string is never taken for anything else.
  return `\0${prefix}${String(quotes.length)}${meaning}`;
}

function unescapeQuotes(content: string): string {
  return content.replace(
    /\\(['"])|\\[\s\S]/g,
    (escape, quote: string | undefined) => quote ?? escape,
  );
}
