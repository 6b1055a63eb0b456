import { decodeEntities } from './codeRepairs';
import type { Mended } from './mending';
import type { Mending } from '../../run/readingNotes';

/** Documentation in these is XML or HTML, where an entity is what it has to be. */
const TAGGED_DOCUMENTATION: ReadonlySet<string> = new Set([
  'csharp',
  'vb',
  'fsharp',
  'java',
  'html',
  'xml',
  'vue',
  'svelte',
]);

/** A `\n` that can only be a line feed: it ends a sentence or stands before what begins a line. */
const STRUCTURAL_LINE_FEED =
  /(?:^|[^\s"'`\\(])\\n(?=\\n|$|[A-Z@:*#-]|\s{2,}|\d+\.|\s*(?:@|:param|Args|Returns|Raises|Parameters)\b)/;
const ENTITY = /&(?:lt|gt|amp|quot|apos|#39|#x27|#34|nbsp);/i;

/** The text of a comment as a worker meant it: real line feeds, and characters for entities. */
export function commentWords(text: string, languageId: string): Mended<string> {
  const mended: Mending[] = [];
  let words = text;
  if (!words.includes('\n') && STRUCTURAL_LINE_FEED.test(words)) {
    words = words
      .replace(/\\r\\n|\\n/g, '\n')
      .replace(/\\t/g, '    ')
      .replace(/\\"/g, '"');
    mended.push('line-feeds');
  }
  if (ENTITY.test(words) && !TAGGED_DOCUMENTATION.has(languageId)) {
    words = decodeEntities(words);
    mended.push('entities');
  }
  return { value: words, mended };
}
