import { plainComment } from '../documentationText';
import type { Extractor } from './item';

const MARK = /\b(TODO|FIXME|HACK|XXX)\b(?:\([^)]*\))?[:\s-]*(.*)$/;

/** Comments that ask for work: their mark and what they ask. */
export const todos: Extractor = (code) =>
  code.tokens
    .filter(({ kind }) => kind !== 'code')
    .flatMap(({ raw, start }) =>
      raw.split('\n').flatMap((line, index) => {
        const match = MARK.exec(plainComment(line));
        const [, mark = '', text = ''] = match ?? [];
        return match ? [{ line: code.lineNumber(start) + index, mark, text: text.trim() }] : [];
      }),
    );
