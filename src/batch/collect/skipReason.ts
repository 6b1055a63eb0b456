export const SKIP_REASONS = [
  'ignored',
  'excluded',
  'link',
  'notebook',
  'binary',
  'encoding',
  'generated',
  'minified',
  'too-large',
  'empty',
  'no-language',
  'documented',
  'unreadable',
] as const;

/**
 * Why a file is left out of a batch.
 *
 * - `ignored`: `.gitignore`, or a rule of an ignore file such as `.delegateignore`.
 * - `excluded`: a pattern of `files.exclude` or `search.exclude`.
 * - `link`: a symbolic link; what it leads to may lie anywhere.
 * - `notebook`: its cells are not text files.
 * - `binary`, `encoding`: not text, or not in UTF-8.
 * - `generated`, `minified`: written by a program, and written again by it.
 * - `too-large`: longer than a batch takes.
 * - `empty`: nothing but white space.
 * - `no-language`: a kind of file that the task cannot be done on.
 * - `documented`: every declaration has its documentation, or there is none.
 * - `unreadable`: it could not be read.
 */
export type SkipReason = (typeof SKIP_REASONS)[number];

export interface SkippedFile {
  /** A folder ends with a slash: what is in it was not looked at. */
  readonly path: string;
  readonly reason: SkipReason;
}

export function isSkipReason(value: unknown): value is SkipReason {
  return (SKIP_REASONS as readonly unknown[]).includes(value);
}
