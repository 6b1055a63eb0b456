/** Writes the pages of `docs` that are made from the sources: `npm run docs`. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from './projectFiles';
import { settingsPage } from './settingsPage';

writeFileSync(path.join(projectRoot, 'docs/settings.md'), settingsPage());
