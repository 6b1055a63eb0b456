import type { Language } from '../language';
import { bashLanguages } from './bash';
import { cLanguages } from './c';
import { csharpLanguages } from './csharp';
import { cssLanguages } from './css';
import { goLanguages } from './go';
import { javaLanguages } from './java';
import { javascriptLanguages } from './javascript';
import { markupLanguages } from './markup';
import { phpLanguages } from './php';
import { pythonLanguages } from './python';
import { rubyLanguages } from './ruby';
import { rustLanguages } from './rust';
import { unparsedLanguages } from './unparsed';
import { unparsedFormats } from './unparsedFormats';

/** Every language that is known; adding one is adding a file and its row here. */
export const LANGUAGES: readonly Language[] = [
  ...javascriptLanguages,
  ...pythonLanguages,
  ...goLanguages,
  ...javaLanguages,
  ...cLanguages,
  ...rustLanguages,
  ...csharpLanguages,
  ...phpLanguages,
  ...rubyLanguages,
  ...bashLanguages,
  ...cssLanguages,
  ...markupLanguages,
  ...unparsedLanguages,
  ...unparsedFormats,
];

const BY_ID: ReadonlyMap<string, Language> = new Map(
  LANGUAGES.flatMap((language) => language.ids.map((id) => [id, language] as const)),
);

/** @returns null for a language of which nothing is known. */
export function languageOf(languageId: string): Language | null {
  return BY_ID.get(languageId) ?? null;
}
