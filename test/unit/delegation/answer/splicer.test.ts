import assert from 'node:assert/strict';
import fc from 'fast-check';
import { outcomeMarker, refusalMarker } from '../../../../src/delegation/run/markers';
import { OutcomeTable } from '../../../../src/delegation/answer/outcomes';
import type { PlannedTask } from '../../../../src/delegation/plan/plan';
import { Splicer } from '../../../../src/delegation/answer/splicer';
import { delegation, prepare, requestWith } from '../kit';

const NONCE = 'abcdef23';
const [single] = prepare(requestWith()).tasks as readonly [PlannedTask];
const MARKER = outcomeMarker(NONCE, single.taskName);

function partsOf(count: number): PlannedTask[] {
  return Array.from({ length: count }, (_, index) => ({
    ...single,
    taskName: `part-${index + 1}`,
    workerName: `delegate-worker-${index + 1}`,
  }));
}

function tableWith(outcome: string | null): OutcomeTable {
  const table = new OutcomeTable([single]);
  if (outcome !== null) table.update(delegation({ outcome }));
  return table;
}

/** Cuts `text` at the given places, in any order. */
function cutAt(text: string, places: readonly number[]): string[] {
  const cuts = [...new Set(places.map((place) => place % (text.length + 1)))].sort((a, b) => a - b);
  const edges = [0, ...cuts, text.length];
  return edges.slice(1).map((end, index) => text.slice(edges[index], end));
}

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom('[', ']', 'o', ':', '\n', 'a'), maxLength: 30 }),
  fc.constantFrom(MARKER.slice(0, -1), '[[outcome:zzzzzz22:x]]', '[[cannot:', `[${MARKER}`),
);
/** Half a marker at the end of a text, which is not shown. */
const HALF = /\[(?:outcome|cannot):$/;
/** Signs before a marker that may be its own. */
const DECORATED = /[^\p{L}\p{N}\s]\s*$|outcome|cannot/u;
const places = fc.array(fc.nat(200), { maxLength: 12 });

suite('splicer', () => {
  test('any outcome, cut anywhere, takes the marker’s place byte for byte', () => {
    fc.assert(
      fc.property(anyText, anyText, anyText, places, (before, outcome, after, cuts) => {
        fc.pre(!before.includes(MARKER) && !after.includes(MARKER));
        fc.pre(!`${before}${MARKER}`.slice(0, -1).includes(MARKER));
        // What has the nonce in it is a marker as well; what decorates one goes with it.
        fc.pre(!before.includes(NONCE) && !after.includes(NONCE));
        fc.pre(!DECORATED.test(before) && !HALF.test(after));
        const splicer = new Splicer(NONCE, tableWith(outcome));
        const shown = cutAt(before + MARKER + after, cuts).map((piece) => splicer.push(piece));
        assert.equal(shown.join('') + splicer.end(), before + outcome + after);
        assert.equal(splicer.segments.filter((segment) => segment.type === 'outcome').length, 1);
      }),
      { numRuns: 1500 },
    );
  });

  test('text without the nonce passes unchanged', () => {
    fc.assert(
      fc.property(anyText, places, (text, cuts) => {
        fc.pre(!text.includes(NONCE) && !HALF.test(text));
        const splicer = new Splicer(NONCE, tableWith('never'));
        const shown = cutAt(text, cuts).map((piece) => splicer.push(piece));
        assert.equal(shown.join('') + splicer.end(), text);
        assert.ok(splicer.segments.every((segment) => segment.type === 'text'));
      }),
    );
  });

  test('markers of other runs and code that looks like one are text', () => {
    const text = 'const a = [[1, 2], [3]]; // [[outcome:zzzzzzzz:summarize]] [[outcome:x';
    const splicer = new Splicer(NONCE, tableWith('x'));
    assert.equal(splicer.push(text) + splicer.end(), text);
  });

  test('holds back no more than what may be a marker', () => {
    const splicer = new Splicer(NONCE, tableWith('OUT'));
    assert.equal(splicer.push('Look: a[i'), 'Look: a[i');
    assert.equal(splicer.push('] and ['), '] and ');
    assert.equal(splicer.push('['), '');
    assert.equal(splicer.push('x'), '[[x');
    assert.equal(splicer.push(MARKER.slice(0, 20)), '');
    assert.equal(splicer.push(MARKER.slice(20)), 'OUT');
  });

  test('one character at a time', () => {
    const splicer = new Splicer(NONCE, tableWith('OUT'));
    const shown = Array.from(`a ${MARKER} b`, (character) => splicer.push(character));
    assert.equal(shown.join('') + splicer.end(), 'a OUT b');
  });

  test('thousands of pieces around markers give the same text and segments as one piece', () => {
    const long = 'some text. '.repeat(700);
    const whole = `${long}${MARKER}${long}${MARKER}${long}`;
    const inOne = new Splicer(NONCE, tableWith('OUTCOME'));
    const inPieces = new Splicer(NONCE, tableWith('OUTCOME'));
    const expected = inOne.push(whole) + inOne.end();
    let shown = '';
    for (let at = 0; at < whole.length; at += 3) {
      shown += inPieces.push(whole.slice(at, at + 3));
      if (at % 999 === 0) assert.equal(inPieces.written, whole.slice(0, at + 3));
    }
    shown += inPieces.end();
    assert.equal(shown, expected);
    // The same outcome is shown once, however often it is accepted.
    assert.equal(expected, whole.replace(MARKER, 'OUTCOME').replace(MARKER, ''));
    assert.deepEqual(inPieces.segments, inOne.segments);
    assert.equal(inPieces.written, whole);
  });

  test('a marker waits for its outcome, and what follows waits with it', () => {
    const table = new OutcomeTable([single]);
    const splicer = new Splicer(NONCE, table);
    table.update(delegation({ status: 'running', outcome: null }));
    assert.equal(splicer.push(`first ${MARKER} last`), 'first ');
    assert.equal(splicer.flush(), '');
    table.update(delegation({ outcome: 'OUT' }));
    assert.equal(splicer.flush(), 'OUT last');
    assert.equal(splicer.end(), '');
  });

  test('the latest completed outcome of a task counts', () => {
    const table = new OutcomeTable([single]);
    table.update(delegation({ key: 'first', outcome: 'wrong' }));
    table.update(delegation({ key: 'second', outcome: 'right' }));
    table.update(delegation({ key: 'third', status: 'failed', outcome: null, error: 'x' }));
    assert.deepEqual(table.find('summarize'), { status: 'ok', text: 'right' });
    assert.equal(new Splicer(NONCE, table).push(MARKER), 'right');
  });

  test('a marker with a wrong name is a marker all the same', () => {
    const splicer = new Splicer(NONCE, tableWith('OUT'));
    splicer.push(`x [[outcome:${NONCE}:Some Other]] y`);
    splicer.end();
    assert.deepEqual(
      splicer.segments.map((segment) => [segment.type, 'taskName' in segment && segment.taskName]),
      [
        ['text', false],
        ['outcome', 'some other'],
        ['text', false],
      ],
    );
  });

  test('finds the refusal', () => {
    const splicer = new Splicer(NONCE, tableWith('OUT'));
    const shown = splicer.push(`${refusalMarker(NONCE)} It is not code.`);
    assert.equal(shown + splicer.end(), ' It is not code.');
    assert.equal(splicer.segments[0]?.type, 'refusal');
  });

  test('a stream that ends inside a marker shows nothing of it', () => {
    for (let length = 10; length < MARKER.length; length += 1) {
      const splicer = new Splicer(NONCE, tableWith(null));
      assert.equal(splicer.push(`So: ${MARKER.slice(0, length)}`) + splicer.end(), 'So: ');
      assert.equal(splicer.written, `So: ${MARKER.slice(0, length)}`);
    }
  });
});

suite('outcome table', () => {
  test('knows a task by its name, else by the worker that was called', () => {
    const table = new OutcomeTable(partsOf(2));
    table.update(delegation({ key: 'a', taskName: ' Part-1 ', workerName: null, outcome: 'A' }));
    table.update(
      delegation({
        key: 'b',
        taskName: 'second half',
        workerName: 'delegate-worker-2',
        outcome: 'B',
      }),
    );
    assert.deepEqual(table.find('part-1'), { status: 'ok', text: 'A' });
    assert.deepEqual(table.find('part-2'), { status: 'ok', text: 'B' });
    assert.ok(table.isComplete);
  });

  test('with several tasks it does not guess', () => {
    const table = new OutcomeTable(partsOf(2));
    table.update(delegation({ taskName: 'something', workerName: null }));
    assert.deepEqual(table.find('part-1'), { status: 'none' });
    assert.equal(table.delegations.length, 1);
  });

  test('tells a hidden outcome from a failed and a running one', () => {
    const table = new OutcomeTable(partsOf(3));
    table.update(delegation({ key: '1', taskName: 'part-1', outcome: null }));
    table.update(delegation({ key: '2', taskName: 'part-2', status: 'failed', error: 'no' }));
    table.update(delegation({ key: '3', taskName: 'part-3', status: 'running', outcome: null }));
    assert.equal(table.find('part-1').status, 'hidden');
    assert.deepEqual(table.find('part-2'), {
      status: 'failed',
      message: 'no',
      text: 'An outcome.',
    });
    assert.equal(table.find('part-3').status, 'running');
    assert.ok(!table.isComplete);
  });
});
