import assert from 'node:assert/strict';
import { localizedStrings } from '../support/localizedStrings';
import { readJson } from '../support/projectFiles';

type Texts = Readonly<Record<string, string>>;

/** The languages besides English. */
const LANGUAGES = ['de'];

suite('localization', () => {
  for (const language of LANGUAGES) {
    test(`${language}: every text of the sources is translated, and no other`, () => {
      const bundle = readJson(`src/l10n/bundle.l10n.${language}.json`) as Texts;
      assert.deepEqual(Object.keys(bundle).sort(), [...localizedStrings()].sort());
      assertSound(Object.entries(bundle));
    });

    test(`${language}: every text of the manifest is translated, and no other`, () => {
      const english = readJson('package.nls.json') as Texts;
      const translated = readJson(`package.nls.${language}.json`) as Texts;
      assert.deepEqual(Object.keys(translated).sort(), Object.keys(english).sort());
      assertSound(Object.entries(translated).map(([key, text]) => [english[key] ?? '', text]));
    });
  }
});

/** Placeholders, code and the ellipsis that promises a question are those of the English text. */
function assertSound(pairs: readonly (readonly [english: string, translated: string])[]): void {
  for (const [english, translated] of pairs) {
    assert.notEqual(translated.trim(), '', english);
    for (const pattern of [/\{\d+\}/g, /`[^`]+`/g, /delegate\.[\w.]+\w/g]) {
      assert.deepEqual(found(translated, pattern), found(english, pattern), english);
    }
    assert.equal(translated.endsWith('…'), english.endsWith('…'), english);
  }
}

function found(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([match]) => match).sort();
}
