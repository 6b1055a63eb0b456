/** Languages in which a string means the same between single and double quotes. */
const INTERCHANGEABLE: ReadonlySet<string> = new Set([
  'typescript',
  'typescriptreact',
  'javascript',
  'javascriptreact',
  'python',
  'css',
  'scss',
  'less',
]);

const STRING = /^([A-Za-z]*)('''|"""|'|")([\s\S]*)\2$/;

/**
 * Whether two string tokens differ in nothing but their quotes: the same prefix, and the same
 * content once quotes are no longer escaped. False for tokens that are equal.
 */
export function differInQuotesAlone(before: string, after: string, languageId: string): boolean {
  if (before === after || !INTERCHANGEABLE.has(languageId)) return false;
  const [, beforePrefix = '', beforeQuotes, beforeContent] = STRING.exec(before) ?? [];
  const [, afterPrefix = '', afterQuotes, afterContent] = STRING.exec(after) ?? [];
  if (beforeContent === undefined || afterContent === undefined) return false;
  if (beforePrefix !== afterPrefix || beforeQuotes === afterQuotes) return false;
  // In a raw string a backslash before a quote is part of the string.
  if (/r/i.test(beforePrefix)) return beforeContent === afterContent;
  return unescapeQuotes(beforeContent) === unescapeQuotes(afterContent);
}

function unescapeQuotes(content: string): string {
  return content.replace(
    /\\(['"])|\\[\s\S]/g,
    (escape, quote: string | undefined) => quote ?? escape,
  );
}
