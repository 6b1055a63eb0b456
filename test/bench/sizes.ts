import { readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { projectRoot } from '../support/projectFiles';
import { type BenchResult, atMost } from './result';

const KILOBYTE = 1024;
const MEGABYTE = 1024 * 1024;

/** Sizes of what ships; `npm run package` has to have been run before. */
export function measureSizes(): Promise<readonly BenchResult[]> {
  const dist = path.join(projectRoot, 'dist');
  const entry = statSync(path.join(dist, 'extension.js')).size / KILOBYTE;
  const vsix = statSync(path.join(dist, 'delegate.vsix')).size / MEGABYTE;
  const grammars = path.join(dist, 'grammars');
  // In a VSIX every file is deflated on its own.
  const grammarBytes = readdirSync(grammars)
    .map((name) => deflateRawSync(readFileSync(path.join(grammars, name))).length)
    .reduce((sum, bytes) => sum + bytes, 0);
  return Promise.resolve([
    atMost(60, { what: 'entry bundle', figure: entry, unit: 'KB' }),
    atMost(1, {
      what: 'VSIX without grammars',
      figure: vsix - grammarBytes / MEGABYTE,
      unit: 'MB',
    }),
    atMost(4, { what: 'VSIX with grammars', figure: vsix, unit: 'MB' }),
  ]);
}
