import assert from 'node:assert/strict';
import type { CommandId } from '../../src/manifest';
import { readJson } from '../support/projectFiles';

type Texts = Readonly<Record<string, string>>;

/** What the extension says in the language of the editor under test, asked for in English. */
export class Words {
  private readonly texts: Texts;
  private readonly titles: Texts;

  /** @param language one with a translation, such as `de`; English when left out. */
  constructor(language?: string) {
    const german = readJson('src/l10n/bundle.l10n.de.json') as Texts;
    this.texts =
      language === undefined
        ? // Every text is translated, so that these are all there are.
          Object.fromEntries(Object.keys(german).map((text) => [text, text]))
        : (readJson(`src/l10n/bundle.l10n.${language}.json`) as Texts);
    this.titles = readJson(
      `package.nls${language === undefined ? '' : `.${language}`}.json`,
    ) as Texts;
  }

  /** The title of a command, without its category. */
  command(id: CommandId): string {
    return this.titles[id.replace('delegate.', 'command.')] ?? assert.fail(`${id} has no title`);
  }

  /** A text whose English is exactly this, with its places filled in order. */
  say(english: string, ...values: readonly string[]): string {
    const text = this.texts[english] ?? assert.fail(`There is no text "${english}".`);
    return text.replace(/\{(\d)\}/g, (place, index: string) => values[Number(index)] ?? place);
  }

  /** What the texts look like whose English contains `part`, with anything in their places. */
  like(part: string): RegExp {
    const found = Object.entries(this.texts).filter(([english]) => english.includes(part));
    assert.ok(found.length > 0, `There is no text with "${part}".`);
    return new RegExp(found.map(([, text]) => pattern(text)).join('|'));
  }
}

function pattern(text: string): string {
  const escaped = text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  return escaped.replace(/\\\{\d\\\}/g, '.*');
}
