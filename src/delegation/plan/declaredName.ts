const DECLARING =
  /^\s*(?:(?:export|default|public|private|protected|internal|static|final|abstract|async|pub(?:\([a-z]+\))?|unsafe|override|virtual|inline|extern|sealed|partial)\s+)*(?:function\*?|class|interface|enum(?:\s+(?:class|struct))?|typedef\s+(?:struct|enum|union)|struct|trait|impl|union|type|namespace|module|def|defp|defmodule|macro_rules!|fn|func|fun|sub|object|protocol|extension|record|procedure|create\s+(?:or\s+replace\s+)?(?:table|view|function|procedure))\s+(?:\([^)]*\)\s*)?([\p{L}_$](?:[\p{L}\p{N}_$.]|::)*)/iu;

/** A call-like head that opens a block, as methods have. */
const HEAD =
  /^\s*(?=[\p{L}_$#@*~])[^=;()]*?(?<![\p{L}\p{N}_$:~])([\p{L}_$~][\p{L}\p{N}_$:~]*)\s*\([^;]*\{\s*$/u;
/** A result type, a name and parameters at the left margin, as in C with the brace below. */
const C_HEAD = /^[\p{L}_][\p{L}\p{N}_\s*&:<>,]*[\s*&]([\p{L}_~][\p{L}\p{N}_:~]*)\s*\([^;=]*\)\s*$/u;
const ARROW =
  /^\s*(?:export\s+)?(?:const|let|var)\s+([\p{L}_$][\p{L}\p{N}_$]*)\s*(?::[^=]+)?=\s*(?:async\s*)?(?:function\b|\([^)]*$|\(.*=>|[\w$]+\s*=>)/u;
const CONTROL =
  /^(?:if|else|for|foreach|while|do|switch|case|match|catch|try|return|with|when|until|using|lock|await|throw|new|elif|elseif|except|raise|print|assert|defer|go|select)$/;

/** The name that a line declares, by how declarations look in common languages; null for none. */
export function declaredName(line: string): string | null {
  // A very long line is data or generated; the patterns need not look at it.
  if (line.length > 200) return null;
  const declared = DECLARING.exec(line)?.[1] ?? ARROW.exec(line)?.[1];
  if (declared !== undefined) return declared;
  const head = HEAD.exec(line)?.[1] ?? C_HEAD.exec(line)?.[1];
  if (head === undefined || CONTROL.test(head)) return null;
  const firstWord = /^\s*([\p{L}_$]+)/u.exec(line)?.[1] ?? '';
  return CONTROL.test(firstWord) ? null : head;
}
