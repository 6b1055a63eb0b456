import assert from 'node:assert/strict';
import { demoWishes } from '../../../../src/simulator/workers/demoWishes';
import { runWorker } from '../../../../src/simulator/workers/runWorker';
import { CannotDoError } from '../../../../src/simulator/workers/workerJob';
import { job } from './job';

/** Ordinary files, none of which has what the fixed examples are about. */
const FILES: readonly (readonly [string, string])[] = [
  [
    'typescript',
    'export function area(width: number, height: number): number {\n  return width * height;\n}\n',
  ],
  ['python', 'def area(width, height):\n    return width * height\n'],
  ['rust', 'fn area(width: u32) -> u32 {\n    width * width\n}\n'],
  ['json', '{ "name": "delegate", "values": [1, 2] }\n'],
  ['plaintext', 'The quick brown fox.\n'],
];

suite('What the demo offers for a text', () => {
  for (const [languageId, selection] of FILES) {
    test(`${languageId}: something, and all of it changes the text`, async () => {
      const wishes = await demoWishes(selection, languageId);
      // In JSON every name is a string, and a rename leaves strings alone.
      assert.equal(wishes.length > 0, languageId !== 'json');
      for (const wish of wishes) {
        assert.ok(wish.kind === 'rename', wish.kind);
        for (const instruction of [
          `Rename ${wish.from} to ${wish.to}`,
          `${wish.from} in ${wish.to} umbenennen`,
        ]) {
          const changed = await runWorker(
            job({ job: 'refactor', languageId, selection, instruction }),
          );
          assert.notEqual(changed, selection);
        }
      }
    });
  }

  test('examples that fit come first', async () => {
    const wishes = await demoWishes(
      'function f(a) {\n  if (a) {\n    console.log(a);\n    other(a);\n  }\n}\nfunction g() {\n  var b = 1;\n  return b;\n}\n',
      'javascript',
    );
    assert.deepEqual(
      wishes.map(({ kind }) => kind),
      ['early-returns', 'debug-output', 'const', 'rename'],
    );
  });

  test('a wish that is not understood says what is', async () => {
    const selection = 'let a = 1;';
    await assert.rejects(
      runWorker(job({ job: 'refactor', selection, instruction: 'Replace loops by array methods' })),
      (error) => error instanceof CannotDoError && error.message.includes('rename NAME to NAME'),
    );
  });
});
