import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { shown, shownLines } from '../../../../src/common/shown';
import { type Localization, plainEnglish } from '../../../../src/common/translate';
import { withFakeEditor } from '../../../support/fakeEditor';
import { projectRoot } from '../../../support/projectFiles';
import { builderCalls } from './builders';
import { assertPlain, hostile, worst } from './hostileWords';

type Builder = (...args: readonly unknown[]) => unknown;

/** The page of the costs escapes what it shows, and is tested by itself. */
const LEFT_OUT = /^editor\/cost\/costPage\//;

/** Every exported function that takes a localization, and so makes words for the user, with its file. */
const builders = fs
  .readdirSync(path.join(projectRoot, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !LEFT_OUT.test(file))
  .flatMap((file) =>
    [
      ...fs
        .readFileSync(path.join(projectRoot, 'src', file), 'utf8')
        .matchAll(/^export (?:async )?function (\w+)\(([^;]*?)\): /gm),
    ]
      .filter(([, , parameters = '']) => /l10n: Localization,?\s*$/.test(parameters))
      .map(([, name = '']) => ({ file: file.replace(/\.ts$/, ''), name })),
  );

function load({ file, name }: (typeof builders)[number]): Builder {
  const loaded = withFakeEditor(file).loaded as Readonly<Record<string, Builder>>;
  return loaded[name] ?? assert.fail(name);
}

function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : [];
}

const COMMAND = /\]\((command:[^)]*)\)/g;

suite('words for the user', () => {
  test('are made by functions that this test knows', () => {
    const names = builders.map(({ name }) => name).sort();
    assert.ok(names.length > 30);
    assert.deepEqual(names, Object.keys(builderCalls).sort());
  });

  for (const builder of builders) {
    const callsOf = builderCalls[builder.name] ?? (() => []);
    test(`of ${builder.name} show no link, icon, line end or unseen character of others`, () => {
      const build = load(builder);
      const check = (text: string): void => {
        for (const args of callsOf(text)) {
          for (const words of textsOf(build(...args, plainEnglish satisfies Localization))) {
            assertPlain(shown(words));
            for (const line of shownLines(words).split('\n')) assertPlain(line);
          }
        }
      };
      assert.ok(callsOf('x').length > 0);
      fc.assert(fc.property(hostile, check), { numRuns: 30 });
      worst.forEach(check);
    });
  }

  test('link to our own commands only, where the status bar trusts them', () => {
    const build = load({ file: 'editor/cost/statusText', name: 'renderStatus' });
    const linksOf = (text: string): readonly string[] =>
      (builderCalls['renderStatus']?.(text) ?? []).flatMap((args) =>
        textsOf(build(...args, plainEnglish)).flatMap((words) =>
          [...words.matchAll(COMMAND)].map(([, link = '']) => link),
        ),
      );
    const own = linksOf('since noon');
    assert.ok(own.length > 2);
    for (const text of worst) assert.deepEqual(linksOf(text), own);
  });
});
