/**
 * Words of others, such as a model, a file name or a server, are shown in places of the editor that
 * read more into text than its letters: notifications and input boxes make `[label](command:…)` a
 * link that runs a command, pickers and the status bar make `$(name)` an icon.
 */

/** Longer texts are cut; a notification of the editor holds a thousand characters. */
const MAX_LENGTH = 500;
const MAX_LINES = 40;

/** White space of any kind, line ends and control characters: one blank says as much. */
const BLANK = /[\s\p{Cc}\p{Zl}\p{Zp}]+/gu;
/** Characters that cannot be seen, or that turn the direction of those beside them. */
const UNSEEN = /[\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]+/gu;
const LONE_SURROGATE = /\p{Cs}/gu;

/** What text may be shown as. */
export interface ShownOptions {
  /** UTF-16 units; what is longer ends in `…`. */
  readonly maxLength?: number;
  /** Whether `$(name)` may become an icon: only for text that holds no words of others. */
  readonly hasIcons?: boolean;
}

/**
 * One line of plain text in which no place of the editor finds a link, an icon, a line end or an
 * unseen character. Text that was shown once stays as it is.
 */
export function shown(text: string, options: ShownOptions = {}): string {
  const { maxLength = MAX_LENGTH, hasIcons = false } = options;
  // What is far too long is cut first, so that the time does not grow with it.
  const line = seen(text.slice(0, 4 * maxLength)).replaceAll('](', '] (');
  return cut((hasIcons ? line : line.replaceAll('$(', '$ (')).trim(), maxLength);
}

/** Text as one line in which every character is seen; for a place that escapes what it reads more into. */
export function seen(text: string): string {
  return text.replace(UNSEEN, '').replace(BLANK, ' ').replace(LONE_SURROGATE, '\uFFFD');
}

/**
 * Control characters but tab and line ends, and those that hide or turn the direction of others.
 * What joins letters and pictures stays.
 */
const UNSEEN_IN_LINES =
  /[\0-\x08\v\f\x0E-\x1F\x7F-\x9F\u061C\u200B\u200E\u200F\u2028-\u202E\u2060-\u2069\uFEFF]|\u{E0001}|[\u{E0020}-\u{E007F}]/gu;

/** Text of several lines, which stay, without characters that nobody sees. */
export function seenLines(text: string): string {
  return text.replace(UNSEEN_IN_LINES, '');
}

/** The same for each line of a text of several. */
export function shownLines(text: string): string {
  const lines = text.split('\n', MAX_LINES + 1);
  const kept = lines.slice(0, MAX_LINES).map((line) => shown(line));
  return [...kept, ...(lines.length > MAX_LINES ? ['…'] : [])].join('\n');
}

function cut(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  return `${text.slice(0, maxLength - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
