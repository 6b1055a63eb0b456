import assert from 'node:assert/strict';
import {
  type DocstringInput,
  type DocstringResult,
  writeDocstrings,
} from '../../../../src/drafts/docstring/docstringWriter';
import { applyEdits } from '../../../../src/text/offsets';
import { syntax } from '../../syntax/service';

export type WriteOptions = Partial<Omit<DocstringInput, 'base' | 'languageId' | 'insertions'>>;
/** A one-based line, what is said of it and, where the worker told it, whose documentation it is. */
export type Said = readonly [line: number, text: string, name?: string];

/** Writes docstrings; putting back what was replaced always gives the text again. */
export async function write(
  languageId: string,
  base: string,
  insertions: readonly Said[],
  options: WriteOptions = {},
): Promise<DocstringResult> {
  const result = await writeDocstrings({
    base,
    languageId,
    insertions: insertions.map(([line, text, name]) => ({
      line,
      text,
      ...(name === undefined ? {} : { name }),
    })),
    syntax,
    eol: '\n',
    ...options,
  });
  const edits = result.insertedRanges.map(({ start, end, replaced }) => ({
    offset: start,
    length: end - start,
    text: replaced,
  }));
  assert.equal(applyEdits(result.text, edits), base);
  return result;
}

/** `line reason` of what was left out. */
export function reasonsOf({ skipped }: DocstringResult): string[] {
  return skipped.map(({ line, reason }) => `${String(line)} ${reason}`);
}

export interface WritingCase {
  readonly name: string;
  readonly languageId: string;
  /** Lines of which those with a `+` are added, those with a `-` removed, and all others kept. */
  readonly lines: string;
  /** A line's number and what is said of it, one blank between. */
  readonly said: readonly string[];
  /** `line reason` of what must be left out. */
  readonly reasons?: readonly string[];
  readonly comments?: NonNullable<DocstringInput['comments']>;
}

/** A test for each text and what is said of it. */
export function suiteOf(title: string, cases: readonly WritingCase[]): void {
  suite(title, () => {
    for (const { name, languageId, lines, said, reasons = [], comments } of cases) {
      test(`${languageId}: ${name}`, async () => {
        const all = lines.split('\n').slice(1, -1);
        const base = joined(all.filter((line) => !line.startsWith('+')));
        const insertions = said.map((each): Said => {
          const [, line = '', text = ''] = /^(\d+) ([\s\S]*)$/.exec(each) ?? [];
          return [Number(line), text];
        });
        const result = await write(languageId, base, insertions, comments ? { comments } : {});
        assert.equal(result.text, joined(all.filter((line) => !line.startsWith('-'))));
        assert.deepEqual(reasonsOf(result), reasons);
      });
    }
  });
}

function joined(lines: readonly string[]): string {
  return lines.map((line) => `${line.slice(1)}\n`).join('');
}
