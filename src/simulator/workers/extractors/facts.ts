import { documentedPurpose } from '../documentationText';
import type { Extractor } from './item';
import { stringLiterals } from './literals';

/** All declarations with their first sentence of documentation. */
export const declared: Extractor = (code) =>
  (code.tree?.declarations ?? []).map((declaration) => ({
    line: code.lineNumber(declaration.start),
    name: declaration.name,
    kind: declaration.kind,
    parameters: declaration.parameters,
    text: documentedPurpose(code, declaration),
  }));

const IMPORT =
  /^[ \t]*(?:import\b[^'"\n]*from\s*['"]([^'"]+)|import\s+['"]([^'"]+)|from\s+([\w.]+)\s+import|import\s+(?:static\s+)?([\w.]+)|#\s*include\s*[<"]([^>"]+)|use\s+([\w:\\]+)|using\s+([\w.]+);|require(?:_relative)?\s+['"]([^'"]+)|[^\n]*\brequire\(['"]([^'"]+))/gm;

/** Modules, packages and headers that the code names at the starts of its lines. */
export const imports: Extractor = (code) =>
  [...code.text.matchAll(IMPORT)].map((match) => ({
    line: code.lineNumber(match.index + (/^[ \t]*/.exec(match[0])?.[0].length ?? 0)),
    name: match.slice(1).find(Boolean) ?? '',
  }));

export const urls: Extractor = (code) =>
  [...code.text.matchAll(/\bhttps?:\/\/[^\s'"`<>)\]]+/g)].map((match) => ({
    line: code.lineNumber(match.index),
    url: match[0].replace(/[.,;]$/, ''),
  }));

/** Number literals other than 0 and 1. */
export const numbers: Extractor = (code) => {
  const strings = new Set(stringLiterals(code).map(({ token }) => token.start));
  return code.tokens
    .filter(({ kind, raw, start }) => kind === 'code' && !strings.has(start) && /^\d/.test(raw))
    .filter(({ raw }) => raw !== '0' && raw !== '1')
    .map(({ raw, start }) => ({ line: code.lineNumber(start), value: raw }));
};
