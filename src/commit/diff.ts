/** What happened to a file, as far as a diff tells. */
export type FileChange = 'modified' | 'added' | 'deleted' | 'renamed' | 'binary' | 'submodule';

/** One file's part of a diff, with git's own text. */
export interface FileDiff {
  /** Where the file is now, or was when it is gone; with `/`, from the root of the repository. */
  readonly path: string;
  /** Where it was before, when it was renamed or copied. */
  readonly oldPath: string | null;
  readonly change: FileChange;
  readonly added: number;
  readonly removed: number;
  readonly text: string;
}

/**
 * Cuts the output of `git diff` into its files.
 *
 * Lines of a hunk begin with a blank, `+`, `-` or `\`, so a line that begins with `diff --git` is
 * always the head of the next file, whatever the files contain (git's documentation of its patch
 * format).
 */
export function splitDiff(diff: string): readonly FileDiff[] {
  return diff
    .split(/^(?=diff --git )/m)
    .filter((text) => text.startsWith('diff --git '))
    .map(readFileDiff);
}

function readFileDiff(text: string): FileDiff {
  const hunks = text.search(/^@@ /m);
  const head = hunks === -1 ? text : text.slice(0, hunks);
  const body = hunks === -1 ? '' : text.slice(hunks);
  const lines = head.split('\n');
  const to = pathAfter(lines, 'rename to ') ?? pathAfter(lines, 'copy to ');
  const from = pathAfter(lines, 'rename from ') ?? pathAfter(lines, 'copy from ');
  return {
    path: to ?? sidePath(lines, '+++ ') ?? sidePath(lines, '--- ') ?? headPath(lines[0] ?? ''),
    oldPath: to === null ? null : from,
    change: changeOf(head, to !== null),
    added: countLines(body, '+'),
    removed: countLines(body, '-'),
    text: text.endsWith('\n') ? text : `${text}\n`,
  };
}

function changeOf(head: string, isRenamed: boolean): FileChange {
  if (/^(?:index \S+ 160000|(?:new|deleted) file mode 160000)/m.test(head)) return 'submodule';
  if (/^(?:Binary files |GIT binary patch)/m.test(head)) return 'binary';
  if (isRenamed) return 'renamed';
  if (/^new file mode /m.test(head)) return 'added';
  return /^deleted file mode /m.test(head) ? 'deleted' : 'modified';
}

function countLines(body: string, sign: '+' | '-'): number {
  return body.split('\n').filter((line) => line.startsWith(sign)).length;
}

function pathAfter(lines: readonly string[], words: string): string | null {
  const line = lines.find((each) => each.startsWith(words));
  // Git ends a name that has blanks with a tab.
  return line === undefined ? null : unquote(line.slice(words.length).replace(/\t$/, ''));
}

/** The path behind `+++ ` or `--- `; null for `/dev/null` and for files without hunks. */
function sidePath(lines: readonly string[], words: string): string | null {
  const path = pathAfter(lines, words);
  return path === null || path === '/dev/null' ? null : path.replace(/^[abciow]\//, '');
}

/** `diff --git a/x b/x`: without a rename both halves are the same, so the line can be halved. */
function headPath(line: string): string {
  const names = line.slice('diff --git '.length);
  if (names.startsWith('"')) return unquote(names.split(/(?<=") /)[0] ?? '').replace(/^\w\//, '');
  return names.slice(0, (names.length - 1) / 2).replace(/^\w\//, '');
}

/** Git puts a path with special characters into quotes, its bytes as octal escapes. */
function unquote(path: string): string {
  if (!/^".*"$/.test(path)) return path;
  const bytes: number[] = [];
  const escapes: Readonly<Record<string, number>> = { n: 10, t: 9, r: 13, '"': 34, '\\': 92 };
  for (const [, octal, letter, plain] of path
    .slice(1, -1)
    .matchAll(/\\([0-3][0-7]{2})|\\(.)|([^\\])/gsu)) {
    if (octal !== undefined) bytes.push(parseInt(octal, 8));
    else if (letter !== undefined) bytes.push(escapes[letter] ?? letter.charCodeAt(0));
    else bytes.push(...Buffer.from(plain ?? ''));
  }
  return Buffer.from(bytes).toString('utf8');
}

/** A file that git does not follow yet, in the form of a diff. */
export function newFileDiff(path: string, content: string): FileDiff {
  const lines = content.split('\n');
  if (lines.at(-1) === '') lines.pop();
  const text = [
    `diff --git a/${path} b/${path}`,
    'new file mode 100644',
    '--- /dev/null',
    `+++ b/${path}`,
    `@@ -0,0 +1,${lines.length} @@`,
    ...lines.map((line) => `+${line}`),
    '',
  ].join('\n');
  return { path, oldPath: null, change: 'added', added: lines.length, removed: 0, text };
}
