/**
 * Why an ignore file cannot be used.
 *
 * - `unreadable`: the file system refuses; the detail is its code.
 * - `not-a-file`: a folder or a pipe, or a link that leads nowhere.
 * - `not-text`: neither UTF-8 nor, by its mark, UTF-16.
 * - `too-large`, `too-complex`: larger, or slower to compare, than rules that people write.
 */
export type IgnoreProblem = 'unreadable' | 'not-a-file' | 'not-text' | 'too-large' | 'too-complex';

export class IgnoreFileError extends Error {
  readonly problem: IgnoreProblem;
  /** Such as `EACCES`; empty for none. */
  readonly detail: string;

  constructor(problem: IgnoreProblem, detail = '') {
    super(problem);
    this.problem = problem;
    this.detail = detail;
  }
}

/** Bytes that an ignore file may have. */
export const MAX_IGNORE_FILE_BYTES = 256 * 1024;

/**
 * The text of an ignore file: UTF-8, or UTF-16 by its byte order mark, as editors on Windows write it.
 *
 * @throws IgnoreFileError when it is neither, as its rules would silently name nothing.
 */
export function decodeIgnoreFile(bytes: Uint8Array): string {
  if (bytes.length > MAX_IGNORE_FILE_BYTES) throw new IgnoreFileError('too-large');
  const [first, second] = bytes;
  const encoding =
    first === 0xff && second === 0xfe
      ? 'utf-16le'
      : first === 0xfe && second === 0xff
        ? 'utf-16be'
        : 'utf-8';
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    if (!text.includes('\0')) return text;
  } catch {
    // Told below.
  }
  throw new IgnoreFileError('not-text');
}
