import { copyFileSync, cpSync, existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from './projectFiles';

/** Real code of one language, from a development dependency, with the licence it comes under. */
interface Source {
  readonly language: string;
  readonly packageName: string;
  /** File of the package that states the licence. */
  readonly license: string;
  /** Files of the package; they end up side by side in a folder named like the language. */
  readonly files: readonly string[];
}

const sources: readonly Source[] = [
  {
    language: 'typescript',
    packageName: 'eventsource-parser',
    license: 'LICENSE',
    files: ['src/parse.ts', 'src/stream.ts', 'src/errors.ts', 'src/types.ts'],
  },
  {
    language: 'python',
    packageName: 'node-gyp',
    license: 'gyp/LICENSE',
    files: [
      'gyp/pylib/gyp/easy_xml.py',
      'gyp/pylib/gyp/ninja_syntax.py',
      'gyp/pylib/gyp/common.py',
      'gyp/pylib/gyp/simple_copy.py',
    ],
  },
  {
    language: 'c',
    packageName: 'bufferutil',
    license: 'LICENSE',
    files: ['src/bufferutil.c'],
  },
  {
    language: 'java',
    packageName: 'cordova-plugin-file',
    license: 'LICENSE',
    files: ['src/android/LocalFilesystem.java', 'src/android/FileUtils.java'],
  },
];

/** Short files of this project's own, for languages no dependency has. */
const ownFiles = path.join(projectRoot, 'test', 'fixtures', 'workspace');

/**
 * Fills a folder with code to work on: TypeScript, Python, C and Java that people wrote for real
 * use, each with its licence beside it, and short Go and Markdown samples of this project.
 *
 * Nothing of others is kept in this repository; the files come from `node_modules`.
 *
 * @throws when a package or one of its files is not there.
 */
export function createSampleWorkspace(folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const source of sources) copySource(source, folder);
  cpSync(ownFiles, folder, { recursive: true });
}

function copySource({ language, packageName, license, files }: Source, folder: string): void {
  const packageFolder = path.join(projectRoot, 'node_modules', packageName);
  const target = path.join(folder, language);
  mkdirSync(target, { recursive: true });
  for (const file of [license, ...files]) {
    const from = path.join(packageFolder, file);
    if (!existsSync(from)) throw new Error(`${packageName} has no ${file}; run npm ci.`);
    copyFileSync(from, path.join(target, path.basename(file)));
  }
}
