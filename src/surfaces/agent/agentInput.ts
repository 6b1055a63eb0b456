import { asRecord, readCount, readString } from '../../common/json';
import {
  type BuiltInTaskId,
  builtInTasks,
  isBuiltInTaskId,
  needsInstruction,
} from '../../tasks/catalog';
import type { JsonObject } from '../../openrouter/wire';

/** The text that an agent wants worked on, not looked at yet. */
export type AgentTarget =
  | { readonly kind: 'text'; readonly text: string; readonly languageId: string }
  | {
      readonly kind: 'file';
      /** Path below a workspace folder, by segments; never leads out of it by its names. */
      readonly segments: readonly string[];
      /** One-based and inclusive; null for the file's first and last line. */
      readonly startLine: number | null;
      readonly endLine: number | null;
    };

/** What an agent asks for. */
export interface AgentInput {
  readonly taskId: BuiltInTaskId;
  /** Null for tasks that take none. */
  readonly instruction: string | null;
  readonly schema: JsonObject | null;
  readonly target: AgentTarget;
}

/** Why nothing was run, and what to do instead: for the model to read, so in English. */
export interface AgentProblem {
  readonly problem: string;
}

/** Reads the arguments of a tool call, which a model wrote and nobody has to have validated. */
export function readAgentInput(value: unknown): AgentInput | AgentProblem {
  const input = asRecord(value);
  const taskId = input?.['task'];
  if (!input || !isBuiltInTaskId(taskId)) {
    return { problem: `Set "task" to one of ${Object.keys(builtInTasks).join(', ')}.` };
  }
  const instruction = needsInstruction(taskId)
    ? (readString(input['instruction'])?.trim() ?? '')
    : null;
  if (instruction === '') {
    return { problem: `The task ${taskId} needs "instruction": say what to do with the text.` };
  }
  const target = readTarget(input);
  if ('problem' in target) return target;
  return { taskId, instruction, schema: asRecord(input['schema']), target };
}

function readTarget(input: Readonly<Record<string, unknown>>): AgentTarget | AgentProblem {
  const text = readString(input['text']);
  const file = readString(input['file']);
  if ((text === null) === (file === null)) {
    return { problem: 'Give either "text" (with "language") or "file", and not both.' };
  }
  if (text !== null) {
    if (text.trim() === '') return { problem: 'The text is blank. Give the text to work on.' };
    const languageId = readString(input['language']) ?? 'plaintext';
    if (!/^[\w.+#-]{1,40}$/.test(languageId)) {
      return {
        problem: '"language" is the editor\'s identifier of a language, such as typescript.',
      };
    }
    return { kind: 'text', text, languageId };
  }
  const segments = pathSegments(file ?? '');
  if (!segments) {
    return {
      problem:
        'Only files of the workspace can be read. Give "file" as a path relative to the workspace folder with slashes, such as src/app.ts, without "..".',
    };
  }
  const [startLine, endLine] = [readLine(input['startLine']), readLine(input['endLine'])];
  if (
    startLine === undefined ||
    endLine === undefined ||
    (endLine ?? Infinity) < (startLine ?? 1)
  ) {
    return {
      problem:
        '"startLine" and "endLine" count from 1, and the end does not come before the start.',
    };
  }
  return { kind: 'file', segments, startLine, endLine };
}

/** @returns undefined for what is not a line number. */
function readLine(value: unknown): number | null | undefined {
  if (value === undefined || value === null) return null;
  const line = readCount(value);
  return line === null || line === 0 ? undefined : line;
}

/** Null for what is absolute, climbs, or names a scheme, a drive or a stream of a file. */
function pathSegments(path: string): readonly string[] | null {
  const segments = path
    .replaceAll('\\', '/')
    .replace(/^(\.\/)+/, '')
    .split('/');
  const isPlain = segments.every(
    (segment) =>
      // Windows drops dots and spaces at the end of a name, so that two names are one file.
      segment !== '' && !/[. ]$/.test(segment) && !/[:\0]/.test(segment),
  );
  return isPlain ? segments : null;
}
