import fs from 'node:fs';
import path from 'node:path';

/** The repository's root, found from the compiled test by its manifest. */
export const projectRoot = findRoot(__dirname);

function findRoot(folder: string): string {
  if (fs.existsSync(path.join(folder, 'package.json'))) return folder;
  const parent = path.dirname(folder);
  if (parent === folder) throw new Error('No package.json above the tests.');
  return findRoot(parent);
}

/** A JSON file of the repository. */
export function readJson(relativePath: string): unknown {
  return JSON.parse(readText(relativePath)) as unknown;
}

export function readText(relativePath: string): string {
  return fs.readFileSync(path.join(projectRoot, relativePath), 'utf8');
}

/** The TypeScript sources below `src`, as paths from the root with `/`. */
export function sourceFiles(): readonly string[] {
  return fs
    .readdirSync(path.join(projectRoot, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => `src/${file.split(path.sep).join('/')}`);
}
