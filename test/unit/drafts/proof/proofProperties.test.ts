import assert from 'node:assert/strict';
import fc from 'fast-check';
import { proveDocstring, proveReformat } from '../../../../src/drafts/proof/proof';
import { applyEdits } from '../../../../src/text/offsets';
import type { SyntaxToken } from '../../../../src/syntax/syntax';
import { parse, syntax } from '../../syntax/service';
import { SOURCES } from '../sampleSources';

const SHARE = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });

/** Code tokens of a sample without its comments' words, which no proof protects. */
async function codeTokens(languageId: string, source: string): Promise<readonly SyntaxToken[]> {
  const { tokens } = await parse(languageId, source);
  return tokens.filter(({ kind }) => kind === 'code');
}

/** What a worker may do to a token although it was told to add comments or to lay out code. */
const DAMAGE = fc.constantFrom<(text: string) => string>(
  () => '',
  (text) => `${text} ${text}`,
  (text) => `${text}x`,
  (text) => text.slice(0, -1),
  () => 'other',
);

suite('Proofs, any damage to one token', () => {
  for (const [languageId, source] of Object.entries(SOURCES)) {
    test(`is never verified in ${languageId}`, async () => {
      const tokens = await codeTokens(languageId, source);
      await fc.assert(
        fc.asyncProperty(SHARE, DAMAGE, async (share, damage) => {
          const token = tokens[Math.floor(share * tokens.length)];
          assert.ok(token);
          const { start, end } = token;
          const before = source.slice(start, end);
          const after = damage(before);
          fc.pre(before.replace(/\s+/g, '') !== after.replace(/\s+/g, ''));
          const proposed = applyEdits(source, [
            { offset: start, length: end - start, text: after },
          ]);
          const input = { base: source, proposed, languageId, syntax };
          for (const prove of [proveDocstring, proveReformat]) {
            const result = await prove(input);
            assert.equal(result.verdict, 'changed', `${before} to ${after}`);
            assert.ok(result.differenceCount > 0);
          }
        }),
        { numRuns: 30 },
      );
    });
  }
});

suite('Proofs, any line of code deleted', () => {
  for (const [languageId, source] of Object.entries(SOURCES)) {
    test(`is never verified in ${languageId}`, async () => {
      const tokens = await codeTokens(languageId, source);
      const lines = source.split('\n');
      let offset = 0;
      for (const [index, line] of lines.entries()) {
        const end = offset + line.length;
        const isCode = tokens.some((token) => token.start < end && token.end > offset);
        offset = end + 1;
        if (!isCode || line.trim() === '') continue;
        const proposed = lines.toSpliced(index, 1).join('\n');
        const input = { base: source, proposed, languageId, syntax };
        for (const prove of [proveDocstring, proveReformat]) {
          assert.equal((await prove(input)).verdict, 'changed', line);
        }
      }
    });
  }
});

/** Languages in which white space between tokens that are apart already has no meaning at all. */
const FREE_LAYOUT = ['java', 'php', 'rust'];

suite('proveReformat, any white space between tokens', () => {
  for (const languageId of FREE_LAYOUT) {
    test(`is verified in ${languageId}`, async () => {
      const source = SOURCES[languageId] ?? '';
      const { tokens } = await parse(languageId, source);
      const gaps = tokens.slice(1).flatMap((token, index) => {
        const previous = tokens[index];
        const isGap = previous && previous.kind === 'code' && token.start > previous.end;
        return isGap && token.kind === 'code' ? [{ start: previous.end, end: token.start }] : [];
      });
      const space = fc.constantFrom(' ', '\n', '\t', '\n\n  ', '\r\n');
      await fc.assert(
        fc.asyncProperty(fc.array(fc.tuple(SHARE, space), { maxLength: 8 }), async (chosen) => {
          const edits = new Map(
            chosen.map(([share, text]) => {
              const { start, end } = gaps[Math.floor(share * gaps.length)] ?? { start: 0, end: 0 };
              return [start, { offset: start, length: end - start, text }];
            }),
          );
          const proposed = applyEdits(source, [...edits.values()]);
          const result = await proveReformat({ base: source, proposed, languageId, syntax });
          assert.equal(result.verdict, 'verified', JSON.stringify(result.differences));
          assert.equal(result.claim, 'only-layout-changed');
        }),
        { numRuns: 40 },
      );
    });
  }
});
