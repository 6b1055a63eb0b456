import assert from 'node:assert/strict';
import { type ApplyInput, type ApplyPlan, planApply } from '../../../src/drafts/applyPlan';
import { renderConflicts } from '../../../src/text/conflictText';
import { applyEdits, invertEdits } from '../../../src/text/offsets';
import { trackRange, updateTrackedRange } from '../../../src/text/trackedRange';
import { readScene } from '../text/rangeNotation';

interface Case {
  /** In range notation: the document, the range sent, and what the user did meanwhile. */
  readonly scene: string;
  /** Defaults to the text sent. */
  readonly base?: string;
  readonly proposed: string;
  readonly eol?: string;
}

/** Plays a scene and plans the draft's application to the document as it then is. */
function plan({ scene, base, proposed, eol = '\n' }: Case): {
  input: ApplyInput;
  result: ApplyPlan;
} {
  const { text, range, changes } = readScene(scene);
  const documentText = applyEdits(
    text,
    changes.map(({ offset, deletedLength, insertedText }) => ({
      offset,
      length: deletedLength,
      text: insertedText,
    })),
  );
  const input: ApplyInput = {
    documentText,
    eol,
    range: updateTrackedRange(trackRange(range), changes),
    base: base ?? text.slice(range.start, range.end),
    proposed,
    conflict: null,
  };
  return { input, result: planApply(input) };
}

/** The document after the plan, or what kept it from being applied. */
function outcome(each: Case): string {
  const { input, result } = plan(each);
  if (result.kind === 'refused') return `refused: ${result.reason}`;
  if (result.kind === 'conflicts') return 'conflicts';
  const after = applyEdits(input.documentText, result.edits);
  assert.equal(
    after,
    input.documentText.slice(0, input.range.start) +
      result.text +
      input.documentText.slice(input.range.end),
  );
  assert.equal(
    applyEdits(after, invertEdits(input.documentText, result.edits)),
    input.documentText,
  );
  return after;
}

suite('planApply', () => {
  const cases: readonly (readonly [name: string, given: Case, after: string])[] = [
    ['untouched', { scene: 'a\n[b\nc\n]d\n', proposed: 'B\nc\n' }, 'a\nB\nc\nd\n'],
    ['typed above', { scene: '{|X\n}a\n[b\nc\n]d\n', proposed: 'B\nc\n' }, 'X\na\nB\nc\nd\n'],
    ['typed below', { scene: 'a\n[b\nc\n]d\n{|X\n}', proposed: 'B\nc\n' }, 'a\nB\nc\nd\nX\n'],
    [
      'typed inside, elsewhere',
      { scene: 'a\n[b\nc\nd{|!}\n]', proposed: 'B\nc\nd\n' },
      'a\nB\nc\nd!\n',
    ],
    [
      'typed inside, the same line',
      { scene: 'a\n[b{|!}\nc\n]d\n', proposed: 'B\nc\n' },
      'conflicts',
    ],
    [
      'typed inside, the same change',
      { scene: 'a\n[{b|B}\nc\n]d\n', proposed: 'B\nc\n' },
      'a\nB\nc\nd\n',
    ],
    ['all hunks rejected', { scene: 'a\n[b{|!}\nc\n]d\n', proposed: 'b\nc\n' }, 'a\nb!\nc\nd\n'],
    [
      'cut at the left edge',
      { scene: 'a{\n[b\n|}c\nd\ne\n]', proposed: 'b\nc\nd\nE\n' },
      'ac\nd\nE\n',
    ],
    ['deleted', { scene: 'a\n[{b\nc\n|}]d\n', proposed: 'B\nc\n' }, 'refused: range-gone'],
    ['replaced with more', { scene: '{a\n[b\n]c|X}', proposed: 'B\n' }, 'refused: range-gone'],
    ['no final line ending', { scene: 'a\n[b\nc]', proposed: 'b\nC' }, 'a\nb\nC'],
    ['a final line ending added', { scene: 'a\n[b\nc]', proposed: 'b\nc\n' }, 'a\nb\nc\n'],
    [
      'parts of lines',
      { scene: 'x = [foo(1)];\n', proposed: 'bar(1,\n  2)' },
      'x = bar(1,\n  2);\n',
    ],
    ['tabs', { scene: '[\tb\n\t\tc\n]', proposed: '\tB\n\t\tc\n' }, '\tB\n\t\tc\n'],
    ['emptied by the draft', { scene: 'a\n[b\n]c\n', proposed: '' }, 'a\nc\n'],
    [
      'CRLF document, LF answer',
      { scene: 'a\r\n[b\r\nc\r\n]d\r\n', proposed: 'b\nC\nD\n', eol: '\r\n' },
      'a\r\nb\r\nC\r\nD\r\nd\r\n',
    ],
    [
      'LF document, CRLF answer',
      { scene: 'a\n[b\nc\n]d\n', proposed: 'b\r\nC\r\n' },
      'a\nb\nC\nd\n',
    ],
    [
      'line endings switched meanwhile',
      { scene: 'a\n[b\nc\n]d\n', base: 'b\r\nc\r\n', proposed: 'b\r\nC\r\n' },
      'a\nb\nC\nd\n',
    ],
    [
      'CRLF and typed inside',
      { scene: '[b\r\nc\r\nd{|!}\r\n]', proposed: 'B\nc\nd\n', eol: '\r\n' },
      'B\r\nc\r\nd!\r\n',
    ],
    [
      'mixed line endings stay where no hunk is',
      { scene: '[a\r\nb\nc\rd\n]', proposed: 'a\nb\nc\nD\n' },
      'a\r\nb\nc\rD\n',
    ],
    ['byte order mark', { scene: '[\uFEFFa\nb\n]', proposed: '\uFEFFa\nB\n' }, '\uFEFFa\nB\n'],
    ['surrogate pairs', { scene: '[a \u{1F600}\n]', proposed: 'a \u{1F601}\n' }, 'a \u{1F601}\n'],
    [
      'another text than the one sent',
      { scene: 'a\n[b\n]c\n', base: 'x\n', proposed: 'y\n' },
      'refused: range-mismatch',
    ],
  ];
  for (const [name, given, after] of cases) {
    test(name, () => {
      assert.equal(outcome(given), after);
    });
  }

  test('changes hunks alone, and of a line what differs', () => {
    const { result } = plan({
      scene: '[a\nfoo(1);\nc\nd\n]',
      proposed: 'a\nfoo(1, 2);\nc\nx\nd\n',
    });
    assert.deepEqual(result.kind === 'edits' && result.edits, [
      { offset: 7, length: 0, text: ', 2' },
      { offset: 12, length: 0, text: 'x\n' },
    ]);
  });

  test('cuts neither a surrogate pair nor a CRLF', () => {
    const { result } = plan({
      scene: '[a \u{1F600}\r\n]',
      proposed: 'a \u{1F601}\r\n\r\n',
      eol: '\r\n',
    });
    assert.deepEqual(result.kind === 'edits' && result.edits, [
      { offset: 2, length: 2, text: '\u{1F601}\r\n' },
    ]);
  });

  test('says whether it merged', () => {
    const untouched = plan({ scene: '[a\nb\nc\n]', proposed: 'A\nb\nc\n' }).result;
    assert.equal(untouched.kind === 'edits' && untouched.isMerged, false);
    const merged = plan({ scene: '[a\nb\nc{|!}\n]', proposed: 'A\nb\nc\n' }).result;
    assert.equal(merged.kind === 'edits' && merged.isMerged, true);
  });

  test('a document that has the proposed text already needs no edits', () => {
    const { result } = plan({ scene: '[{a|A}\nb\n]', proposed: 'A\nb\n' });
    assert.deepEqual(result.kind === 'edits' && result.edits, []);
  });

  test('a range that reaches out of the document is refused', () => {
    const result = planApply({
      documentText: 'ab',
      eol: '\n',
      range: { state: 'touched', start: 1, end: 5 },
      base: 'b',
      proposed: 'c',
      conflict: null,
    });
    assert.deepEqual(result, { kind: 'refused', reason: 'range-mismatch' });
  });
});

suite('planApply, conflicts', () => {
  const { input, result } = plan({
    scene: 'x\r\n[a\r\nb{|!}\r\nc]',
    proposed: 'a\nB\nc',
    eol: '\r\n',
  });

  function resolve(proposed: string): string {
    assert.equal(result.kind, 'conflicts');
    const { marks } = renderConflicts(result.regions, {
      nonce: 'n',
      labels: { mine: 'm', base: 'b', theirs: 't' },
      eol: '\r\n',
    });
    // The draft goes on from what is in the document now.
    const again = { ...input, base: result.mine, proposed, conflict: marks };
    const next = planApply({
      ...again,
      range: { state: 'untouched', start: input.range.start, end: input.range.end },
    });
    return next.kind === 'edits'
      ? applyEdits(input.documentText, next.edits)
      : JSON.stringify(next);
  }

  test('are given in the line ending of the document', () => {
    assert.deepEqual(result, {
      kind: 'conflicts',
      mine: 'a\r\nb!\r\nc',
      regions: [
        { kind: 'agreed', text: 'a\r\n' },
        { kind: 'conflict', base: 'b\r\n', mine: 'b!\r\n', theirs: 'B\r\n' },
        { kind: 'agreed', text: 'c' },
      ],
    });
  });

  test('are refused until they are resolved', () => {
    assert.match(resolve('a\n<<<<<<< m (n)\nb!\n'), /unresolved-conflicts/);
    assert.match(resolve('a\n=======\nc'), /unresolved-conflicts/);
  });

  test('once resolved, apply to the text as it is now', () => {
    assert.equal(resolve('a\nB!\nc'), 'x\r\na\r\nB!\r\nc');
    assert.equal(resolve('a\nb!\nc'), 'x\r\na\r\nb!\r\nc');
  });

  test('a line ending that the markers needed is taken back', () => {
    const last = plan({ scene: '[a\n{|!}b]c\n', proposed: 'a\nB' });
    assert.equal(last.result.kind, 'conflicts');
    const { marks } = renderConflicts(last.result.regions, {
      nonce: 'n',
      labels: { mine: 'm', base: 'b', theirs: 't' },
      eol: '\n',
    });
    const { documentText, range } = last.input;
    assert.equal(range.end, 4);
    const resolved = planApply({
      ...last.input,
      base: 'a\n!b',
      proposed: 'a\nB!\n',
      conflict: marks,
    });
    assert.equal(resolved.kind, 'edits');
    assert.equal(applyEdits(documentText, resolved.edits), 'a\nB!c\n');
  });
});
