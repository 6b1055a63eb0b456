import { readFileSync } from 'node:fs';
import path from 'node:path';
import { builtInTasks } from '../../src/tasks/catalog';
import { presetExtraction } from '../../src/tasks/extract';
import { extractPresets } from '../../src/tasks/extractPresets';
import type { TaskDefinition } from '../../src/tasks/task';
import type { JsonObject } from '../../src/openrouter/wire';
import { projectRoot } from '../support/projectFiles';

/** A routine job on real code of a development dependency. */
export interface CostJob {
  readonly name: string;
  readonly languageId: string;
  readonly lines: number;
  readonly text: string;
  readonly task: TaskDefinition;
  readonly instruction: string | null;
  readonly schema?: JsonObject;
  /** The rest of the file, where the text is a part of one. */
  readonly context?: { readonly before: string; readonly after: string };
}

const files = {
  javascript: 'undici/lib/dispatcher/client-h1.js',
  typescript: 'eventsource-parser/src/parse.ts',
  python: 'node-gyp/gyp/pylib/gyp/generator/make.py',
  pythonSmall: 'node-gyp/gyp/pylib/gyp/common.py',
  c: 'bufferutil/src/bufferutil.c',
  java: 'cordova-plugin-file/src/android/FileUtils.java',
  javaSmall: 'cordova-plugin-file/src/android/LocalFilesystem.java',
} as const;

type FileKey = keyof typeof files;
type TaskKey = 'summarize' | 'docstring' | 'reformat' | 'extract' | 'refactor';

/** Task, file and lines of each job; sizes from 100 to 2,000 lines. */
const plan: readonly (readonly [TaskKey, FileKey, number])[] = [
  ['summarize', 'typescript', 300],
  ['summarize', 'java', 1000],
  ['summarize', 'python', 2000],
  ['docstring', 'pythonSmall', 150],
  ['docstring', 'javaSmall', 300],
  ['docstring', 'typescript', 500],
  ['docstring', 'javascript', 1000],
  ['docstring', 'java', 1000],
  ['reformat', 'c', 100],
  ['reformat', 'typescript', 300],
  ['reformat', 'java', 1000],
  ['reformat', 'python', 2000],
  ['extract', 'java', 500],
  ['extract', 'python', 2000],
  ['refactor', 'c', 200],
  ['refactor', 'pythonSmall', 500],
];

/** A change of a name that the file really has. */
const RENAMES: Readonly<Partial<Record<FileKey, string>>> = {
  c: 'rename length to byteCount',
  pythonSmall: 'rename path to location',
};

/** All jobs of the suite. */
export function costJobs(): readonly CostJob[] {
  return plan.map(([task, file, lines]) => costJob(task, file, lines));
}

function costJob(task: TaskKey, file: FileKey, wantedLines: number): CostJob {
  const all = readFileSync(path.join(projectRoot, 'node_modules', files[file]), 'utf8').split('\n');
  const text = `${all.slice(0, wantedLines).join('\n').trimEnd()}\n`;
  const lines = text.split('\n').length - 1;
  const languageId = file.replace('Small', '');
  const context = { before: '', after: all.slice(lines).join('\n') };
  const base = { name: `${task} ${languageId} ${lines}`, languageId, lines, text, context };
  if (task === 'extract') {
    const preset = extractPresets.find(({ id }) => id === 'todos');
    if (!preset) throw new Error('There is no preset for TODOs.');
    return { ...base, ...presetExtraction(preset) };
  }
  const instruction = task === 'refactor' ? (RENAMES[file] ?? null) : null;
  return { ...base, task: builtInTasks[task], instruction };
}
