/** What a worker wrote as documentation, made into plain lines that are safe inside any comment. */

/** Everything that some language takes for the end of a line, and so of a line comment. */
const LINE_BREAK = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/;
/** Control characters but the tab; and those that reorder text on screen, so that code looks other. */
const UNSAFE = /[\0-\x08\x0E-\x1F\x7F]|[\u202A-\u202E\u2066-\u2069]/g;

/** The text's lines without trailing blanks, and without blank lines at both ends; may be empty. */
export function commentLines(text: string): string[] {
  const lines = text.split(LINE_BREAK).map((line) => line.replace(UNSAFE, '').trimEnd());
  const first = lines.findIndex((line) => line !== '');
  if (first === -1) return [];
  const last = lines.findLastIndex((line) => line !== '');
  return stripCommentSyntax(lines.slice(first, last + 1));
}

/**
 * Takes off the comment characters of a text that is a comment as a whole, since workers write them
 * although they were told not to; a second pair around them would be wrong.
 */
function stripCommentSyntax(lines: readonly string[]): string[] {
  const text = lines.join('\n');
  const block = /^\s*\/\*[*!]?([\s\S]*?)\*\/$/.exec(text);
  if (block && !block[1]?.includes('*/')) {
    return trimBlank((block[1] ?? '').split('\n').map((line) => line.replace(/^\s*\* ?/, '')));
  }
  const quoted = /^\s*[rRuU]?("""|''')([\s\S]*?)\1$/.exec(text);
  if (quoted) return trimBlank((quoted[2] ?? '').split('\n'));
  const [, sign] = /^\s*(\/\/[/!]?)(?:\s|$)/.exec(text) ?? [];
  if (sign && lines.every((line) => line === '' || line.trimStart().startsWith(sign))) {
    return trimBlank(lines.map((line) => line.trimStart().slice(sign.length).replace(/^ /, '')));
  }
  return [...lines];
}

function trimBlank(lines: readonly string[]): string[] {
  const trimmed = lines.map((line) => line.trimEnd());
  const first = trimmed.findIndex((line) => line !== '');
  if (first === -1) return [];
  const kept = trimmed.slice(first, trimmed.findLastIndex((line) => line !== '') + 1);
  // The first line stood behind the opening characters, which were followed by a blank.
  return [(kept[0] ?? '').trimStart(), ...kept.slice(1)];
}

/** Words by which a comment gives orders to a compiler or a tool instead of documenting. */
const DIRECTIVE =
  /(?:^|\s)@(?:ts-(?:ignore|nocheck|check|expect-error)|jsx\w*|flow|noflow)\b|\beslint-(?:disable|enable)|sourceMappingURL=|^\s*\+build\b|coding[:=]\s*[-\w.]+|^\s*(?:-\*-|frozen[_-]string[_-]literal:|warn[_-]indent:|shareable[_-]constant[_-]value:|typed:|rubocop:|shellcheck )/i;

/** Whether a line could change how the code is compiled or checked, so that it must not be written. */
export function isToolDirective(line: string): boolean {
  return DIRECTIVE.test(line);
}
