import assert from 'node:assert/strict';
import { hasConflictMarkers, renderConflicts, resolvedText } from '../../../src/text/conflictText';
import { type MergeInput, type MergeRegion, mergeThreeWay } from '../../../src/text/merge';

const labels = { mine: 'your text', base: 'as sent', theirs: 'draft' };

function conflicts(input: MergeInput): readonly MergeRegion[] {
  const result = mergeThreeWay(input);
  assert.equal(result.kind, 'conflicts');
  return result.regions;
}

const plain = conflicts({ base: 'a\nb\nc\n', mine: 'a\nmine\nc\n', theirs: 'a\ntheirs\nc\n' });

suite('renderConflicts', () => {
  test('writes the markers that editors know, with the nonce', () => {
    const { text, marks } = renderConflicts(plain, { nonce: 'n0nce', labels, eol: '\n' });
    assert.equal(
      text,
      'a\n<<<<<<< your text (n0nce)\nmine\n||||||| as sent (n0nce)\nb\n=======\ntheirs\n' +
        '>>>>>>> draft (n0nce)\nc\n',
    );
    assert.deepEqual(marks, { nonce: 'n0nce', ownsSeparator: true, addedFinalEol: false });
  });

  test('ends marker lines as the document ends lines', () => {
    const { text } = renderConflicts(plain, { nonce: 'n', labels, eol: '\r\n' });
    assert.match(text, /<<<<<<< your text \(n\)\r\nmine/);
    assert.match(text, /\n=======\r\n/);
  });

  test('a text without a final line ending gets one for the marker and loses it again', () => {
    const regions = conflicts({ base: 'a\nb', mine: 'a\nmine', theirs: 'a\ntheirs' });
    const { text, marks } = renderConflicts(regions, { nonce: 'n', labels, eol: '\n' });
    assert.ok(text.endsWith('\ntheirs\n>>>>>>> draft (n)\n'));
    // What the editor's "accept" leaves.
    assert.equal(resolvedText('a\ntheirs\n', marks), 'a\ntheirs');
    assert.equal(resolvedText('a\r\ntheirs\r\n', marks), 'a\r\ntheirs');
    assert.equal(resolvedText('a\ntheirs', marks), 'a\ntheirs');
  });

  test('a text with a final line ending keeps it', () => {
    const { marks } = renderConflicts(plain, { nonce: 'n', labels, eol: '\n' });
    assert.equal(resolvedText('a\nmine\nc\n', marks), 'a\nmine\nc\n');
  });
});

suite('hasConflictMarkers', () => {
  const { text, marks } = renderConflicts(plain, { nonce: 'n0nce', labels, eol: '\n' });

  test('each marker alone is enough', () => {
    assert.ok(hasConflictMarkers(text, marks));
    const markers = text.split('\n').filter((line) => /^[<|=>]{7}/.test(line));
    assert.equal(markers.length, 4);
    for (const marker of markers) {
      assert.ok(hasConflictMarkers(`a\n${marker}\nc\n`, marks), marker);
      assert.ok(hasConflictMarkers(`a\r\n${marker}\r\nc\r\n`, marks), marker);
      assert.ok(hasConflictMarkers(`a\n${marker}`, marks), marker);
    }
  });

  test('resolved text has none', () => {
    assert.ok(!hasConflictMarkers('a\nmine\nc\n', marks));
  });

  test("the user's own markers are no false alarm", () => {
    const own = '<<<<<<< HEAD\nx\n||||||| base\n=======\ny\n>>>>>>> other\n';
    const regions = conflicts({ base: `${own}b\n`, mine: `${own}m\n`, theirs: `${own}t\n` });
    const rendered = renderConflicts(regions, { nonce: 'n0nce', labels, eol: '\n' });
    assert.equal(rendered.marks.ownsSeparator, false);
    assert.ok(hasConflictMarkers(rendered.text, rendered.marks));
    assert.ok(!hasConflictMarkers(`${own}m\n`, rendered.marks));
  });

  test('a heading of equals signs in the text is no false alarm', () => {
    const regions = conflicts({
      base: 'Title\n=======\nb\n',
      mine: 'Title\n=======\nm\n',
      theirs: 'Title\n=======\nt\n',
    });
    const rendered = renderConflicts(regions, { nonce: 'n', labels, eol: '\n' });
    assert.ok(!hasConflictMarkers('Title\n=======\nm\n', rendered.marks));
  });
});
