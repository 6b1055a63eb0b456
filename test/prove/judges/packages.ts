import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as Prism from '@ruby/prism';
import * as cssTree from 'css-tree';
import type { Judge } from './judge';
import { goTokens } from './tokens';

/** Gofmt's parser says what is Go; which semicolons its lexer saw is worked out by the standard. */
export async function createGoJudge(): Promise<Judge> {
  let { format } = await import('@wasm-fmt/gofmt');
  let starts = 0;
  const isRead = (text: string): boolean => {
    try {
      format(text);
      return true;
    } catch {
      return false;
    }
  };
  return {
    name: 'gofmt, semicolons of the standard',
    async read(text) {
      if (isRead(text)) return goTokens(text);
      // It frees no memory: after some thousand texts it refuses whatever it is given.
      if (isRead('package a\n')) return null;
      starts += 1;
      const fresh = `${pathToFileURL(require.resolve('@wasm-fmt/gofmt')).href}?${String(starts)}`;
      ({ format } = (await import(fresh)) as { format: typeof format });
      return isRead(text) ? goTokens(text) : null;
    },
  };
}

/** A parser of CSS by the standard's own tokens; it skips what it cannot read, which is refusing. */
export const cssJudge: Judge = {
  name: 'css-tree',
  read(text) {
    const refusals: unknown[] = [];
    // Comments with an exclamation mark would be kept.
    const tree = cssTree.parse(withTightLists(text.replaceAll('/*!', '/*')), {
      onParseError: (error) => refusals.push(error),
      parseCustomProperty: false,
    });
    if (refusals.length > 0) return null;
    // A custom property's value ends before the white space at its end, and that around the parts of
    // what stands in for a variable is kept by the parser alone.
    return cssTree
      .generate(tree)
      .replace(/\s+(?=[;}])/g, '')
      .replace(/var\([^()]*\)/g, (part) => part.replace(/\s+/g, ''));
  },
};

/** The parser refuses white space before the commas between media queries, which the standard allows. */
function withTightLists(text: string): string {
  return text.replace(/@media\b[^{};"'/]*/gi, (query) => query.replace(/\s+,/g, ','));
}

export const jsonJudge: Judge = {
  name: 'JSON.parse',
  read(text) {
    try {
      return JSON.stringify(JSON.parse(text));
    } catch {
      return null;
    }
  },
};

/** Keys of a tree that say where its parts stand or what is written beside them. */
const PLACES: ReadonlySet<string> = new Set([
  ...['location', 'loc', 'position', 'comments', 'leadingComments', 'trailingComments', 'raw'],
  ...['nodeID', 'errors', 'kind_offset', 'startOffset', 'length'],
]);

function withoutPlaces(tree: unknown): string {
  return JSON.stringify(tree, (key, value: unknown) =>
    PLACES.has(key) || /Loc$/.test(key)
      ? undefined
      : typeof value === 'bigint'
        ? String(value)
        : value,
  );
}

/** A parser of PHP in JavaScript, which prettier's PHP plugin uses. */
export async function createPhpJudge(): Promise<Judge> {
  const { Engine } = await import('php-parser');
  const parser = new Engine({
    parser: { extractDoc: false, php8: true },
    ast: { withPositions: false },
  });
  return {
    name: 'php-parser',
    read(text) {
      try {
        return withoutPlaces(parser.parseCode(text, 'a.php'));
      } catch {
        return null;
      }
    },
  };
}

/** Ruby's own parser. */
export async function createRubyJudge(): Promise<Judge> {
  const main = path.join(path.dirname(require.resolve('@ruby/prism')), 'index.js');
  const { loadPrism } = (await import(main)) as typeof Prism;
  const parse = await loadPrism();
  return {
    name: 'prism, Ruby’s parser',
    read(text) {
      const result = parse(text);
      return result.errors.length > 0 ? null : withoutPlaces(result.value);
    },
  };
}
