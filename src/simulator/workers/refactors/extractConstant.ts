import type { Code, CodeToken } from '../code';
import { indentation } from '../margin';
import type { Refactor } from './refactor';
import { CannotDoError } from '../workerJob';
import { applyEdits } from './edits';
import { demoLanguage } from '../demoLanguages';

const REQUEST =
  /\b(?:extract|introduce|pull out|move)\b.*\b(?:constant|const|literal|magic|string|number)|\bkonstante\b.*\bherauszieh/i;
const CAPITALS = /\b[A-Z][A-Z\d]*(?:_[A-Z\d]+)*\b/g;
const NAMED = /\b(?:as|into|named|called|constant)\s+[`'"]?([a-z]+[A-Z]\w*)/;
const NUMBER = /^\d[\d_.]*(?:[eE][+-]?\d+)?[uUlLfFn]*$/;
const TEXT = /^(["'])(?:[^"'\\\n]|\\.)*\1$/;

/** How a constant is declared in front of the code that uses it. */
const DECLARATIONS: Readonly<Record<string, (name: string, value: string) => string>> = {
  typescript: (name, value) => `const ${name} = ${value};`,
  javascript: (name, value) => `const ${name} = ${value};`,
  python: (name, value) => `${name} = ${value}`,
  ruby: (name, value) => `${name} = ${value}`,
  go: (name, value) => `const ${name} = ${value}`,
  rust: (name, value) => `const ${name}: ${value.startsWith('"') ? '&str' : 'i64'} = ${value};`,
  c: (name, value) => `#define ${name} ${value}`,
  cpp: (name, value) => `constexpr auto ${name} = ${value};`,
  java: (name, value) => `private static final ${typeOf(value, 'String')} ${name} = ${value};`,
  csharp: (name, value) => `private const ${typeOf(value, 'string')} ${name} = ${value};`,
};

/** `Extract the repeated string into GREETING`: a literal that stands there more than once. */
export const extractConstant: Refactor = (code, words) => {
  if (!REQUEST.test(words)) return null;
  const declare = DECLARATIONS[demoLanguage(code.languageId).family];
  const literal = chosenLiteral(code, words);
  if (!declare || literal === null) throw new CannotDoError('There is no literal to extract.');
  const uses = code.tokens.filter(({ raw, kind }) => kind === 'code' && raw === literal);
  const name = nameIn(words) ?? nameFor(literal, code.languageId);
  if (code.tokens.some(({ raw }) => raw === name)) {
    throw new CannotDoError('The name of the constant is taken already.');
  }
  const place = placeFor(code, uses);
  const line = `${place.margin}${declare(name, literal)}\n${place.isApart ? '\n' : ''}`;
  return applyEdits(code.text, [
    ...uses.map(({ start, end }) => ({ start, end, text: name })),
    { start: place.offset, end: place.offset, text: line },
  ]);
};

/** The literal that the words quote, or the one that saves most. */
function chosenLiteral(code: Code, words: string): string | null {
  const wantsNumber = /\bnumber|\bmagic number/i.test(words);
  const wantsText = /\bstring/i.test(words);
  const counts = new Map<string, number>();
  for (const { raw, kind } of code.tokens) {
    const fits = (NUMBER.test(raw) && !wantsText) || (TEXT.test(raw) && !wantsNumber);
    if (kind === 'code' && fits && !/^(?:[01]|""|'')$/.test(raw)) {
      counts.set(raw, (counts.get(raw) ?? 0) + 1);
    }
  }
  const quoted = [...counts.keys()].find((raw) =>
    NUMBER.test(raw)
      ? new RegExp(`(?<![\\w.])${raw.replaceAll('.', '\\.')}(?![\\w.])`).test(words)
      : raw.length > 2 && words.includes(raw.slice(1, -1)),
  );
  if (quoted !== undefined) return quoted;
  const repeated = [...counts].filter(([, count]) => count > 1);
  repeated.sort(([a, m], [b, n]) => b.length * n - a.length * m);
  return repeated[0]?.[0] ?? null;
}

/** The name that the words give: in capitals, or in camel case after a word that says so. */
function nameIn(words: string): string | null {
  const capitals = (words.match(CAPITALS) ?? []).find((name) => name.length > 2);
  return capitals ?? NAMED.exec(words)?.[1] ?? null;
}

function nameFor(literal: string, languageId: string): string {
  const words = literal.replace(/[^A-Za-z0-9]+/g, '_').replace(/^_+|_+$/g, '');
  const name = NUMBER.test(literal) ? `VALUE_${words}` : words.toUpperCase().slice(0, 40);
  const safe = /^[A-Z]/.test(name) ? name : `TEXT_${name}`;
  return languageId === 'go'
    ? safe.toLowerCase().replace(/_+(\w)/g, (_, letter: string) => letter.toUpperCase())
    : safe;
}

function typeOf(literal: string, text: string): string {
  if (TEXT.test(literal)) return text;
  return /[.eE]/.test(literal) ? 'double' : 'int';
}

interface Place {
  readonly offset: number;
  readonly margin: string;
  /** Whether a blank line goes between the constant and what follows. */
  readonly isApart: boolean;
}

/** Before the outermost declaration with a use; in Java and C#, inside of it. */
function placeFor(code: Code, uses: readonly CodeToken[]): Place {
  const first = uses[0]?.start ?? 0;
  const outer = code.tree?.declarations.find(
    ({ depth, start, end }) => depth === 0 && start <= first && end > first,
  );
  const isMember = code.languageId === 'java' || code.languageId === 'csharp';
  if (isMember) {
    const member = code.tree?.declarations.find(
      ({ kind, start, end }) =>
        kind !== 'class' && kind !== 'module' && start <= first && end > first,
    );
    return placeAt(code, member?.documentation?.start ?? member?.start ?? first);
  }
  if (outer?.kind === 'method' && code.languageId !== 'go' && code.languageId !== 'cpp') {
    throw new CannotDoError('The selection is a part of a class.');
  }
  const isInside =
    outer?.documentation !== null &&
    (outer?.documentation.start ?? first) < (outer?.start ?? first);
  return placeAt(code, isInside ? (outer?.documentation?.start ?? first) : (outer?.start ?? first));
}

function placeAt(code: Code, offset: number): Place {
  const lineStart = code.text.lastIndexOf('\n', offset - 1) + 1;
  const margin = indentation(code.text.slice(lineStart));
  return { offset: lineStart, margin, isApart: true };
}
