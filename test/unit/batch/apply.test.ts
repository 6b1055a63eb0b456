import assert from 'node:assert/strict';
import { type ApplyContext, applyFile, undoFile } from '../../../src/batch/apply/applyFile';
import { jsonDocument, markdownDocument } from '../../../src/batch/documents';
import { hashOf } from '../../../src/batch/hash';
import { Journal } from '../../../src/batch/journal/journal';
import { type StoredResult, Results } from '../../../src/batch/journal/results';
import { keepLineEnds } from '../../../src/batch/produce/fileText';
import { syntax } from '../syntax/service';
import { MemoryFolder, MemoryWorkspace, docstringJob } from './kit';

const BASE = 'def a():\n    return 1\n\n\ndef b():\n    return 2\n\n\ndef c():\n    return 3\n';
const PROPOSED = BASE.replace('def a():\n', 'def a():\n    """Gives one."""\n');

interface Stage extends ApplyContext {
  readonly files: MemoryWorkspace;
}

/** A batch whose files have their results already. */
async function stageOf(
  current: Readonly<Record<string, string>>,
  stored: StoredResult = { kind: 'edit', base: BASE, proposed: PROPOSED },
): Promise<Stage> {
  const folder = new MemoryFolder();
  const journal = await Journal.open(folder);
  const results = new Results(folder);
  let n = 0;
  for (const path of Object.keys(current)) {
    n += 1;
    const facts = {
      languageId: 'python',
      hash: hashOf(BASE),
      lines: 10,
      tokens: 50,
      declarations: 3,
    };
    await journal.add({ t: 'file', n, path, ...facts });
    const result = await results.put(n, stored);
    await journal.add({ t: 'done', n, standing: 'verified', by: 'worker', reason: '', result });
  }
  return { job: docstringJob(), files: new MemoryWorkspace(current), journal, results, syntax };
}

async function apply(stage: Stage, n = 1): Promise<string> {
  return applyFile(stage.journal.state.files.get(n)!, stage);
}

async function undo(stage: Stage, n = 1): Promise<string> {
  return undoFile(stage.journal.state.files.get(n)!, stage);
}

suite('Applying a batch', () => {
  test('a file as it was sent gets its result, and back', async () => {
    const stage = await stageOf({ 'a.py': BASE });
    assert.equal(await apply(stage), 'written');
    assert.equal(stage.files.text('a.py'), PROPOSED);
    assert.equal(await apply(stage), 'already');
    assert.equal(await undo(stage), 'restored');
    assert.equal(stage.files.text('a.py'), BASE);
    assert.equal(await undo(stage), 'lost');
  });

  test('what changed elsewhere meanwhile is kept, proven again, and undone to the letter', async () => {
    const changed = BASE.replace('return 3', 'return 33');
    const stage = await stageOf({ 'a.py': changed });
    assert.equal(await apply(stage), 'merged');
    assert.equal(stage.files.text('a.py'), PROPOSED.replace('return 3', 'return 33'));
    assert.equal(await undo(stage), 'restored');
    assert.equal(stage.files.text('a.py'), changed);
  });

  test('the same lines changed: a conflict, and nothing is written', async () => {
    const stage = await stageOf({ 'a.py': BASE.replace('def a():', 'def a(x):') });
    assert.equal(await apply(stage), 'conflict');
    assert.equal(stage.files.writes, 0);
  });

  test('a merge that cannot be proven is a conflict too', async () => {
    // A body that became one line has no place for a docstring, but the merge would be clean.
    const stage = await stageOf({ 'a.py': `if (\n${BASE}` });
    assert.equal(await apply(stage), 'conflict');
    assert.equal(stage.files.writes, 0);
  });

  test('gone, read-only, and a result that is damaged', async () => {
    const stage = await stageOf({ 'a.py': BASE, 'b.py': BASE, 'c.py': BASE });
    stage.files.files.delete('a.py');
    stage.files.readOnly.add('b.py');
    const damaged = stage.journal.state.files.get(3)!;
    damaged.result = 'something else';
    assert.equal(await apply(stage, 1), 'gone');
    assert.equal(await apply(stage, 2), 'read-only');
    assert.equal(await apply(stage, 3), 'lost');
    assert.equal(stage.journal.state.files.get(2)!.applied, null);
  });

  test('a file that was changed after it was written is left alone', async () => {
    const stage = await stageOf({ 'a.py': BASE });
    await apply(stage);
    stage.files.files.set('a.py', Buffer.from(`${PROPOSED}# mine\n`));
    assert.equal(await undo(stage), 'kept');
    assert.equal(stage.files.text('a.py'), `${PROPOSED}# mine\n`);
  });

  test('killed between the intention and the file, or between the file and its line', async () => {
    const stage = await stageOf({ 'a.py': BASE, 'b.py': BASE });
    const intention = { before: hashOf(BASE), after: hashOf(PROPOSED) };
    await stage.journal.add({ t: 'applying', n: 1, ...intention });
    assert.equal(await apply(stage, 1), 'written');
    await stage.results.putBefore(2, Buffer.from(BASE));
    await stage.journal.add({ t: 'applying', n: 2, ...intention });
    stage.files.files.set('b.py', Buffer.from(PROPOSED));
    assert.equal(await apply(stage, 2), 'already');
    assert.equal(stage.journal.state.files.get(2)!.applied?.isSure, true);
    assert.equal(await undo(stage, 2), 'restored');
  });

  test('lines that did not change keep their line ends in a text that mixes them', () => {
    const base = 'a\r\nb\nc\r\nd\n';
    assert.equal(keepLineEnds(base, 'a\nb\nC\nd\n'), 'a\r\nb\nC\nd\n');
    assert.equal(keepLineEnds(base, 'x\na\nb\nc\nd\n'), 'x\na\r\nb\nc\r\nd\n');
    assert.equal(keepLineEnds(base, 'a\nd\n'), 'a\r\nd\n');
    assert.equal(keepLineEnds('a\nb\n', 'a\nB\n'), 'a\nB\n');
  });
});

suite('Documents of a batch', () => {
  async function textOf(pieces: AsyncIterable<string>): Promise<string> {
    let text = '';
    for await (const piece of pieces) text += piece;
    return text;
  }

  test('one section a file, in order, with links; headings go below, code stays', async () => {
    const body = '# Purpose\n\nDoes.\n\n```sh\n# not a heading\n```\n';
    const stage = await stageOf(
      { 'src/a.py': '', 'odd [x](y).py': '' },
      { kind: 'text', text: body },
    );
    const text = await textOf(
      markdownDocument(stage.journal.state.files.values(), stage.results, { title: 'Summaries' }),
    );
    assert.equal(
      text,
      [
        '# Summaries',
        '',
        '## [src/a.py](src/a.py)',
        '',
        '### Purpose\n\nDoes.\n\n```sh\n# not a heading\n```',
        '',
        '## [odd \\[x\\](y).py](odd%20%5Bx%5D%28y%29.py)',
        '',
        '### Purpose\n\nDoes.\n\n```sh\n# not a heading\n```',
        '',
      ].join('\n'),
    );
  });

  test('title and names are letters, whoever wrote them', async () => {
    const stage = await stageOf({ 'a\u202E\u200B~~.py': '' }, { kind: 'text', text: 'Does.' });
    const text = await textOf(
      markdownDocument(stage.journal.state.files.values(), stage.results, {
        title: '![x](y)\n# z',
      }),
    );
    assert.equal(text.split('\n')[0], '# !\\[x\\](y) \\# z');
    assert.match(text, /^## \[a\\~\\~\.py\]/m);
  });

  test('JSON with an entry a file, and an empty list for none', async () => {
    const value = [{ line: 1 }];
    const stage = await stageOf({ 'a.py': '', 'b.py': '' }, { kind: 'value', text: '[]', value });
    const text = await textOf(jsonDocument(stage.journal.state.files.values(), stage.results));
    assert.deepEqual(JSON.parse(text), [
      { file: 'a.py', result: value },
      { file: 'b.py', result: value },
    ]);
    assert.deepEqual(JSON.parse(await textOf(jsonDocument([], stage.results))), []);
  });
});
