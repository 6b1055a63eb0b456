import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ServerFolders } from './vscodeServer';

/**
 * Puts an empty language pack where an editor keeps its extensions: the editor then runs in that
 * language, and extensions bring their texts in it, although its own texts stay English.
 *
 * @param language such as `de`.
 */
export function writeLanguagePack(
  { userDataDir, extensionsDir }: ServerFolders,
  language: string,
): void {
  const version = '1.0.0';
  const name = `language-pack-${language}`;
  const folder = path.join(extensionsDir, `test.${name}-${version}`);
  const translation = path.join(folder, 'main.i18n.json');
  const label = new Intl.DisplayNames([language], { type: 'language' }).of(language);
  const writeJson = (file: string, value: unknown): void => {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(value));
  };
  writeJson(translation, { version, contents: {} });
  writeJson(path.join(folder, 'package.json'), {
    name,
    publisher: 'test',
    version,
    engines: { vscode: '*' },
    contributes: {
      localizations: [
        { languageId: language, translations: [{ id: 'vscode', path: './main.i18n.json' }] },
      ],
    },
  });
  // The editor's own list of packs, which it makes from what is installed.
  writeJson(path.join(userDataDir, 'languagepacks.json'), {
    [language]: {
      hash: name,
      extensions: [{ extensionIdentifier: { id: `test.${name}` }, version }],
      translations: { vscode: translation },
      label,
    },
  });
}
