import type { Extractor } from './item';
import { stringLiterals } from './literals';

const STATEMENT =
  /^\s*(?:select\b[\s\S]*\bfrom\b|insert\s+into\b|update\b[\s\S]*\bset\b|delete\s+from\b|(?:create|alter|drop)\s+(?:table|index|view)\b|with\b[\s\S]*\bselect\b)/i;
const TABLE =
  /\b(?:from|join|into|update|table)\s+(?:if\s+(?:not\s+)?exists\s+)?["`[]?([A-Za-z_][\w.]*)/gi;

/** SQL statements in strings, with the tables that they name. */
export const sqlStatements: Extractor = (code) =>
  stringLiterals(code)
    .filter(({ text }) => STATEMENT.test(text))
    .map(({ token, text }) => ({
      line: code.lineNumber(token.start),
      statement: text.trim(),
      tables: [...new Set([...text.matchAll(TABLE)].map((match) => match[1] ?? ''))],
    }));
