import { readFileSync } from 'node:fs';
import path from 'node:path';
import { builtInTasks } from '../../../src/tasks/catalog';
import { presetExtraction } from '../../../src/tasks/extract';
import { extractPresets } from '../../../src/tasks/extractPresets';
import { projectRoot } from '../../support/projectFiles';
import type { CostJob } from '../costJobs';

type TaskKey = 'summarize' | 'docstring' | 'reformat' | 'extract' | 'refactor';

/** A function of a development dependency, by the text that begins its first line. */
interface Function {
  readonly task: TaskKey;
  readonly languageId: string;
  readonly file: string;
  readonly start: string;
  readonly instruction?: string;
}

const files = {
  typescript: 'ai/src/util/detect-media-type.ts',
  typescriptParser: 'eventsource-parser/src/parse.ts',
  javascript: 'undici/lib/core/util.js',
  javascriptClient: 'undici/lib/dispatcher/client-h1.js',
  python: 'node-gyp/gyp/pylib/gyp/common.py',
  java: 'cordova-plugin-file/src/android/ContentFilesystem.java',
  javaAssets: 'cordova-plugin-file/src/android/AssetFilesystem.java',
  c: 'bufferutil/src/bufferutil.c',
  csharp: 'node-gyp/lib/Find-VisualStudio.cs',
  go: 'flatted/golang/pkg/flatted/flatted.go',
  php: 'flatted/php/flatted.php',
} as const;

/** Functions to document have no documentation yet. Macros keep C's grammar from a proof here. */
const plan: readonly (readonly [TaskKey, keyof typeof files, string, string?])[] = [
  ['docstring', 'typescript', 'function decodePrefix('],
  ['docstring', 'javascriptClient', 'function onHttpSocketClose ()'],
  ['docstring', 'python', 'def RelativePath('],
  ['docstring', 'java', '    protected Long lastModifiedDateForCursor('],
  ['docstring', 'c', 'napi_value Init('],
  ['docstring', 'csharp', '        public static void PrintJson()'],
  ['docstring', 'go', 'func revive('],
  ['docstring', 'php', '  private static function transform('],
  ['reformat', 'typescriptParser', 'function isDataPrefix('],
  ['reformat', 'javascript', 'function getSocketInfo (socket)'],
  ['reformat', 'python', 'def TopologicallySorted('],
  ['reformat', 'javaAssets', '    private String[] listAssets('],
  ['reformat', 'csharp', '        private static string InstanceJson('],
  ['reformat', 'c', 'napi_value Init('],
  ['extract', 'python', 'def CopyTool('],
  ['extract', 'csharp', '        private static string InstanceJson('],
  ['summarize', 'javascript', 'function bodyLength (body)'],
  ['summarize', 'java', '    public Uri toNativeUri('],
  ['refactor', 'python', 'def RelativePath(', 'rename path to location'],
  ['refactor', 'go', 'func ref(', 'rename value to item'],
];

/** Jobs on single functions of 8 to 60 lines: what people select most often. */
export function functionJobs(): readonly CostJob[] {
  return plan.map(([task, file, start, instruction]) =>
    functionJob({
      task,
      languageId: file.replace(/[A-Z].*$/, ''),
      file: files[file],
      start,
      ...(instruction !== undefined && { instruction }),
    }),
  );
}

function functionJob({ task, languageId, file, start, instruction }: Function): CostJob {
  const all = readFileSync(path.join(projectRoot, 'node_modules', file), 'utf8').split('\n');
  const first = all.findIndex((line) => line.startsWith(start));
  if (first < 0) throw new Error(`${file} has no line that begins with "${start}".`);
  const end = endOf(all, first, languageId);
  const lines = end - first;
  if (lines < 8 || lines > 60) throw new Error(`${start} in ${file} has ${lines} lines.`);
  const text = `${all.slice(first, end).join('\n')}\n`;
  const base = {
    name: `${task} ${languageId} ${lines}`,
    languageId,
    lines,
    text,
    context: { before: `${all.slice(0, first).join('\n')}\n`, after: all.slice(end).join('\n') },
  };
  if (task === 'extract') {
    const preset = extractPresets.find(({ id }) => id === 'strings');
    if (!preset) throw new Error('There is no preset for strings.');
    return { ...base, ...presetExtraction(preset) };
  }
  return { ...base, task: builtInTasks[task], instruction: instruction ?? null };
}

/** Behind the last line of a function: its closing brace, or the end of Python's indentation. */
function endOf(lines: readonly string[], first: number, languageId: string): number {
  const margin = /^\s*/.exec(lines[first] ?? '')?.[0] ?? '';
  const isEnd = (line: string): boolean =>
    languageId === 'python'
      ? line.trim() !== '' && !line.startsWith(`${margin} `)
      : line.startsWith(`${margin}}`);
  const at = lines.findIndex((line, index) => index > first && isEnd(line));
  if (languageId !== 'python') return at + 1;
  const last = lines.findLastIndex((line, index) => index < at && line.trim() !== '');
  return last + 1;
}
