import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runWorker } from '../../../../src/simulator/workers/runWorker';
import { job } from './job';
import { projectRoot } from '../../../support/projectFiles';

interface Insertion {
  readonly line: number;
  readonly text: string;
}

async function insertions(
  languageId: string,
  selection: string,
  rest: { instruction?: string; firstLineNumber?: number } = {},
): Promise<readonly Insertion[]> {
  const answer = await runWorker(job({ job: 'docstring', languageId, selection, ...rest }));
  return (JSON.parse(answer) as [number, string][]).map(([line, text]) => ({ line, text }));
}

suite('Worker: docstring', () => {
  test('TypeScript: description, parameters, result and errors as JSDoc tags', async () => {
    const source = [
      'export function parseHeader(rawLine: string, isStrict = false): Header {',
      '  if (isStrict) throw new RangeError("x");',
      '  return make(rawLine);',
      '}',
    ].join('\n');
    assert.deepEqual(await insertions('typescript', source), [
      {
        line: 1,
        text: [
          'Parses the header.',
          '',
          '@param rawLine The raw line.',
          '@param isStrict Whether it is strict.',
          '@returns The header.',
          '@throws RangeError When it cannot be done.',
        ].join('\n'),
      },
    ]);
  });

  test('Python: sections, and the receiver is no parameter', async () => {
    const source =
      'class Reader:\n    def read_line(self, max_length):\n        raise ValueError(1)\n        return 1\n';
    const [first, second] = await insertions('python', source);
    assert.deepEqual(first, { line: 1, text: 'Represents a reader.' });
    assert.equal(
      second?.text,
      [
        'Reads the line.',
        'Args:\n    max_length: Largest length allowed.',
        'Returns:\n    The line.',
        'Raises:\n    ValueError: When it cannot be done.',
      ].join('\n\n'),
    );
    assert.equal(second.line, 2);
  });

  test('Go: a sentence that begins with the name', async () => {
    const source =
      'package p\n\nfunc NewStore(size int) *Store { return nil }\n\ntype Store struct{}\n';
    assert.deepEqual(await insertions('go', source), [
      { line: 3, text: 'NewStore returns the new store.' },
      { line: 5, text: 'Store represents a store.' },
    ]);
  });

  test('Java: Javadoc tags, annotations belong to the method', async () => {
    const source =
      'class Box {\n  @Override\n  public int getSize(int minValue) { return 1; }\n  Box(int size) {}\n}\n';
    assert.deepEqual(await insertions('java', source), [
      { line: 1, text: 'Represents a box.' },
      {
        line: 2,
        text: 'Gets the size.\n\n@param minValue Smallest value allowed.\n@return The size.',
      },
      { line: 4, text: 'Creates the box.\n\n@param size The size.' },
    ]);
  });

  test('C: functions and structs, prototypes too', async () => {
    const source =
      'struct entry { int a; };\nint count_entries(const struct entry *list);\nvoid *copy(void *from) { return from; }\n';
    assert.deepEqual(await insertions('c', source), [
      { line: 1, text: 'Represents an entry.' },
      { line: 2, text: 'Counts the entries.\n\n@param list The list.\n@return The entries.' },
      { line: 3, text: 'Copies from.\n\n@param from The from.\n@return The result.' },
    ]);
  });

  test('lines are the numbers that the selection was shown with', async () => {
    const found = await insertions('typescript', '\nfunction a() {}\n', { firstLineNumber: 213 });
    assert.deepEqual(
      found.map(({ line }) => line),
      [214],
    );
  });

  test('what is documented is left alone', async () => {
    const source = '/** Does a. */\nfunction a() {}\nfunction b() {}\n';
    assert.deepEqual(
      (await insertions('typescript', source)).map(({ line }) => line),
      [3],
    );
  });

  test('what is documented is updated when the words ask for it, its own sentence kept', async () => {
    const source = '/** Does a thing well. */\nfunction a(x: number) {}\n';
    assert.deepEqual(
      await insertions('typescript', source, { instruction: 'Update the comments' }),
      [{ line: 2, text: 'Does a thing well.\n\n@param x The value of x.' }],
    );
  });

  test('variables, local functions and bodies on their signature line need nothing', async () => {
    const ts = 'const a = 1;\nfunction b() {\n  function c() {}\n}\n';
    assert.deepEqual(
      (await insertions('typescript', ts)).map(({ line }) => line),
      [2],
    );
    assert.deepEqual(await insertions('python', 'def f(): return 1\n'), []);
  });

  test('texts have no comment characters', async () => {
    const file = join(projectRoot, 'node_modules/undici/lib/dispatcher/client-h1.js');
    const found = await insertions('javascript', readFileSync(file, 'utf8'));
    assert.ok(found.length >= 15, String(found.length));
    for (const { text } of found) assert.doesNotMatch(text, /\/\*|\*\/|^\s*(?:\/\/|\*)/m);
  });

  test('a language without a grammar gets no insertions', async () => {
    assert.deepEqual(await insertions('plaintext', 'function a() {}'), []);
  });

  test('asked for code instead, it writes the comments where they belong', async () => {
    const whole = (languageId: string, selection: string): Promise<string> =>
      runWorker(job({ job: 'docstring', languageId, selection, answer: 'replacement' }));
    assert.equal(
      await whole(
        'java',
        'class Box {\n  @Override\n  public int getSize(int min) { return 1; }\n}\n',
      ),
      [
        '/**',
        ' * Represents a box.',
        ' */',
        'class Box {',
        '  /**',
        '   * Gets the size.',
        '   *',
        '   * @param min The min.',
        '   * @return The size.',
        '   */',
        '  @Override',
        '  public int getSize(int min) { return 1; }',
        '}',
        '',
      ].join('\n'),
    );
    assert.equal(
      await whole('python', 'def read_line(reader):\n    return 1\n'),
      [
        'def read_line(reader):',
        '    """Reads the line.',
        '',
        '    Args:',
        '        reader: The reader.',
        '',
        '    Returns:',
        '        The line.',
        '    """',
        '    return 1',
        '',
      ].join('\n'),
    );
    assert.equal(
      await whole('go', 'package p\n\ntype Store struct{}\n'),
      'package p\n\n// Store represents a store.\ntype Store struct{}\n',
    );
  });
});
