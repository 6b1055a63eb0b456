/** Tokens of languages whose compilers do not say how they read a text, by the languages' standards. */

const GO_TOKEN =
  /\/\/[^\n]*|\/\*[^]*?\*\/|`[^`]*`|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|[\p{L}_][\p{L}\p{N}_]*|\.?\d(?:[eEpP][+-]|[\w.])*|&\^=|<<=|>>=|\.\.\.|&&|\|\||<-|\+\+|--|[-+*/%&|^<>=!:]=|<<|>>|&\^|\n|[^\s]/gu;
const GO_INSIDE =
  /^(?:case|chan|const|default|defer|else|for|func|go|goto|if|import|interface|map|package|range|select|struct|switch|type|var)$/;

/** Go's tokens with the semicolons that its lexer puts in; those before a closing bracket are left out. */
export function goTokens(text: string): string {
  const tokens: string[] = [];
  const endLine = (): void => {
    const last = tokens.at(-1) ?? '';
    const ends = /^[\p{L}_\d."'`]|^\+\+$|^--$|^[)\]}]$/u.test(last) && !GO_INSIDE.test(last);
    if (ends && !/^\.+$/.test(last)) tokens.push(';');
  };
  for (const [token] of text.matchAll(GO_TOKEN)) {
    if (token.startsWith('//')) continue;
    if (token === '\n' || token.startsWith('/*')) {
      if (token.includes('\n')) endLine();
      continue;
    }
    if (/^[)}]$/.test(token) && tokens.at(-1) === ';') tokens.pop();
    tokens.push(token);
  }
  endLine();
  return tokens.join(' ');
}

const C_TOKEN =
  /\/\/[^\n]*|\/\*[^]*?\*\/|(?:u8|[uUL])?R"([^()\\\s]{0,16})\([^]*?\)\1"|(?:u8|[uUL])?"(?:[^"\\\n]|\\.)*"(?:[A-Za-z_]\w*)?|(?:u8|[uUL])?'(?:[^'\\\n]|\\.)*'|\.?\d(?:[eEpP][+-]|['\w.])*|[\p{L}_$][\p{L}\p{N}_$]*|%:%:|<=>|<<=|>>=|\.\.\.|->\*|->|\+\+|--|&&|\|\||::|##|\.\*|<:|:>|<%|%>|%:|<<|[-+*/%&|^<>=!]=|\n|[^\s]/gu;

/** The preprocessor's tokens, with the ends of directives and the blank before a macro's value. */
export function cTokens(text: string): string {
  const spliced = text.replace(/\\\r?\n/g, '').replaceAll('\r\n', '\n');
  const tokens: string[] = [];
  let isLineStart = true;
  let isDirective = false;
  let position = 0;
  for (const match of spliced.matchAll(C_TOKEN)) {
    const [token] = match;
    const isApart = match.index > position;
    position = match.index + token.length;
    if (/^\/[/*]/.test(token)) continue;
    if (token === '\n') {
      if (isDirective) tokens.push('END');
      isDirective = false;
      isLineStart = true;
      continue;
    }
    if (isLineStart && token === '#') isDirective = true;
    isLineStart = false;
    const isAfterMacroName = isDirective && tokens.at(-2) === 'define' && tokens.at(-3) === '#';
    tokens.push(isAfterMacroName && isApart ? `_${token}` : token);
  }
  return tokens.join(' ');
}
