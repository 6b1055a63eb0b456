import assert from 'node:assert/strict';
import fc from 'fast-check';

/**
 * By which VS Code finds links in notifications and boxes (`parseLinkedText` in its `linkedText.ts`),
 * here for any scheme.
 */
const LINK = /\[([^\]]+)\]\(([a-z][a-z+.-]*:[^)\s]+)(?: (["'])(.+?)(\3))?\)/i;
const ICON = /\$\([a-z0-9-]+(?:~[a-z]+)?\)/i;
const UNPLAIN = /[\p{Cc}\p{Zl}\p{Zp}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}]/u;

/** Pieces from which links, icons, line ends and hidden characters come about. */
export const hostile: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.constantFrom('[', ']', '(', ')', '](', '[x](command:a.b)', '[a](https://b "c")', '$('),
      fc.constantFrom('$(check)', 'command:', '\u200B', '\u202E', '\u2066', '\n', '\r', '\u2028'),
      fc.constantFrom('\u0000', '\u001B', '\uFEFF', '\u00AD', '\u3164', '\uDB40\uDC41', '\uD800'),
      fc.constantFrom(' ', 'file:///etc', '"', 'é', '😀'),
      fc.string({ unit: 'binary', maxLength: 6 }),
    ),
    { maxLength: 40 },
  )
  .map((pieces) => pieces.join(''));

/** The worst in few words, and far too many. */
export const worst: readonly string[] = [
  '[Fix it](command:workbench.action.terminal.sendSequence?%5B%5D)',
  '[Fix it]\u200B(command:x) $(trash)\r\n\u2028- done · $0\u202E',
  `x\u0007${'[a](https://b.example) '.repeat(5000)}`,
];

/** Holds that one line shows as what its letters are. */
export function assertPlain(text: string, hasIcons = false): void {
  assert.doesNotMatch(text, LINK);
  if (!hasIcons) assert.doesNotMatch(text, ICON);
  assert.doesNotMatch(text, UNPLAIN);
  assert.ok(text.length <= 500, `${text.length} characters`);
}
