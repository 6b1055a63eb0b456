import type { CommentRules } from './commentRules';
import { languageOf } from './languages/languages';
import { endOfElement } from './languages/markup';

/** A part of a document that is written in another language. */
export interface EmbeddedPart {
  readonly start: number;
  readonly end: number;
  /** Null when it is not known, or is data. */
  readonly languageId: string | null;
}

const HOSTS: ReadonlySet<string> = new Set(['html', 'vue', 'svelte', 'astro']);

const OPENING = /<(script|style)\b((?:"[^"]{0,2000}"|'[^']{0,2000}'|[^"'>]){0,2000})>/gi;

const SCRIPTS: Readonly<Record<string, string>> = {
  js: 'javascript',
  javascript: 'javascript',
  module: 'javascript',
  'text/javascript': 'javascript',
  'application/javascript': 'javascript',
  'text/babel': 'javascriptreact',
  jsx: 'javascriptreact',
  ts: 'typescript',
  typescript: 'typescript',
  'text/typescript': 'typescript',
  tsx: 'typescriptreact',
};

const STYLES: Readonly<Record<string, string>> = {
  css: 'css',
  'text/css': 'css',
  scss: 'scss',
  less: 'less',
};

/** Scripts and styles of markup, in order; empty in other languages. */
export function embeddedParts(source: string, languageId: string): readonly EmbeddedPart[] {
  if (!HOSTS.has(languageId)) return [];
  const parts: EmbeddedPart[] = [];
  for (const match of source.matchAll(OPENING)) {
    const [whole, name = '', attributes = ''] = match;
    const start = match.index + whole.length;
    if (start < (parts.at(-1)?.end ?? 0) || attributes.endsWith('/')) continue;
    const end = endOfElement(source, name, start);
    parts.push({ start, end, languageId: partLanguage(name.toLowerCase(), attributes) });
  }
  return parts;
}

function partLanguage(name: string, attributes: string): string | null {
  const named =
    /\blang\s*=\s*["']?([\w/+-]+)/i.exec(attributes)?.[1] ??
    /\btype\s*=\s*["']?([\w/+-]+)/i.exec(attributes)?.[1];
  const known = name === 'script' ? SCRIPTS : STYLES;
  const key = named?.toLowerCase() ?? (name === 'script' ? 'js' : 'css');
  return Object.hasOwn(known, key) ? (known[key] ?? null) : null;
}

/** The source with blanks in place of all that is not in parts of a language; offsets stay. */
export function onlyParts(
  source: string,
  parts: readonly EmbeddedPart[],
  languageId: string,
): string {
  const kept: string[] = [];
  let position = 0;
  for (const part of parts) {
    if (part.languageId !== languageId) continue;
    kept.push(blanked(source.slice(position, part.start)), source.slice(part.start, part.end));
    position = part.end;
  }
  kept.push(blanked(source.slice(position)));
  return kept.join('');
}

function blanked(text: string): string {
  return text.replace(/[^\r\n]/g, ' ');
}

/** The comments of a language inside of markup, whose elements their text must not end. */
export function embeddedRules(languageId: string): CommentRules {
  const rules = languageOf(languageId)?.comments ?? { documentation: null };
  return {
    ...rules,
    escapeLine: (line) =>
      (rules.escapeLine?.(line) ?? line).replace(/<(?=\/(?:script|style)|!--)/gi, '<\\'),
  };
}
