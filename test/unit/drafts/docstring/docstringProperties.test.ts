import assert from 'node:assert/strict';
import fc from 'fast-check';
import { writeDocstrings } from '../../../../src/drafts/docstring/docstringWriter';
import { applyEdits } from '../../../../src/text/offsets';
import { proveDocstring } from '../../../../src/drafts/proof/proof';
import { syntax } from '../../syntax/service';
import { SOURCES } from '../sampleSources';

/** Pieces that end, open or confuse comments and strings somewhere. */
const PIECE = fc.constantFrom(
  ...[
    'a',
    ' ',
    '\n',
    '\r\n',
    '\u2028',
    '\t',
    '*/',
    '/*',
    '*',
    '/',
    '"""',
    '"',
    '""',
    "'''",
    '\\',
    '\\\\',
  ],
  ...[
    '\\u002a',
    '\\u002f',
    '#',
    '//',
    '///',
    '`',
    '${',
    '}',
    '{',
    '?>',
    '<?php',
    '-->',
    '<!--',
    '=begin',
  ],
  ...['=end', 'EOF', '\0', '\u202E', '<a>', '&', '??/', 'Does a thing.', '@param x', '\u{1F600}'],
);
const COMMENT = fc.array(PIECE, { minLength: 1, maxLength: 8 }).map((pieces) => pieces.join(''));

suite('writeDocstrings, any text at any line', () => {
  for (const [languageId, source] of Object.entries(SOURCES)) {
    test(`leaves the code of ${languageId} as it is, which the proof confirms`, async () => {
      const lineCount = source.split('\n').length;
      const insertion = fc.record({
        line: fc.integer({ min: 1, max: lineCount }),
        text: COMMENT,
      });
      const insertionsOf = fc.array(insertion, { minLength: 1, maxLength: 4 });
      const tree = await syntax.parse(languageId, source);
      assert.equal(tree?.hasErrors, false);
      let written = 0;
      await fc.assert(
        fc.asyncProperty(insertionsOf, fc.boolean(), async (insertions, isCrlf) => {
          const base = isCrlf ? source.replaceAll('\n', '\r\n') : source;
          const result = await writeDocstrings({
            base,
            languageId,
            insertions,
            syntax,
            eol: '\n',
          });
          written += result.insertedRanges.length;
          assert.equal(result.insertedRanges.length + result.skipped.length, insertions.length);
          const restored = applyEdits(
            result.text,
            result.insertedRanges.map(({ start, end, replaced }) => ({
              offset: start,
              length: end - start,
              text: replaced,
            })),
          );
          assert.equal(restored, base);
          const proof = await proveDocstring({ base, proposed: result.text, languageId, syntax });
          const isUpdate = result.insertedRanges.some(({ replaced }) => replaced !== '');
          // A comment at no declaration is none of the code's business, but not verified either.
          const isLoose = proof.verdict === 'unverified' && proof.reason === 'no-declaration';
          if (isLoose) assert.ok(result.undeclared > 0);
          if (isLoose) return;
          assert.equal(proof.verdict, 'verified', JSON.stringify(proof.differences));
          assert.equal(proof.claim, isUpdate ? 'only-comments-changed' : 'only-comments-added');
          if (!isUpdate) assert.ok(proof.keepsAllLines);
        }),
        { numRuns: 40 },
      );
      assert.ok(written > 15, `only ${String(written)} were written`);
    });
  }
});
