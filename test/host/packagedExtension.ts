import { existsSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../support/projectFiles';

/** The package that `npm run package` made. @throws when there is none. */
export function packagedExtension(): string {
  const file = path.join(projectRoot, 'dist', 'delegate.vsix');
  if (!existsSync(file)) throw new Error(`There is no ${file}; run npm run package.`);
  return file;
}
