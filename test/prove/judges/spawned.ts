import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { csharpTokens } from './csharpTokens';
import type { Judge } from './judge';
import { cTokens } from './tokens';

let folder: string | null = null;

function written(name: string, text: string): string {
  folder ??= mkdtempSync(path.join(tmpdir(), 'delegate-prove-'));
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return file;
}

/** Whether a command takes a file of this name and text. */
function succeeds(
  command: string,
  args: readonly string[],
  [name, text]: readonly [name: string, text: string],
): boolean {
  const all = [...args, written(name, text)];
  return spawnSync(command, all, { stdio: 'ignore', timeout: 60_000 }).status === 0;
}

/** Whether a command is on this machine. */
export function isInstalled(command: string): boolean {
  return spawnSync(command, ['--version'], { stdio: 'ignore' }).error === undefined;
}

/** Bash's own parser, which prints what it has read; nothing is run. */
export const bashJudge: Judge = {
  name: 'bash --pretty-print',
  read(text) {
    // In a function each command is printed on a line of its own.
    const file = written('a.sh', `f() {\n${text}\n}\n`);
    const done = spawnSync('bash', ['--norc', '--pretty-print', file], { encoding: 'utf8' });
    // Blank lines between commands are printed in some places and not in others.
    const isRead = done.status === 0 && done.stderr === '';
    if (!isRead) return null;
    // What is in backticks and arithmetic is printed as it is written.
    return done.stdout
      .replace(/\n\s*\n/g, '\n')
      .replace(/[ \t]+/g, ' ')
      .replace(/\(\(.*?\)\)/g, (part) => part.replaceAll(' ', ''));
  },
};

/** Every so many of the texts with equal tokens are compiled: they are one to the standard. */
const COMPILED = 100;

interface Compiler {
  readonly command: string;
  readonly args: readonly string[];
  /** What a file is called. */
  readonly file: string;
}

/**
 * Tokens of the standard; where the compiler is installed and takes the original, which it does not
 * without the headers or in a newer language, it says what is refused as well.
 */
function tokenJudge(tokensOf: (text: string) => string, compiler: Compiler): Judge {
  const { command, args, file } = compiler;
  const isThere = isInstalled(command);
  const known = new Map<string, { times: number; isTaken: boolean }>();
  const bareTexts = new Set<string>();
  return {
    name: isThere ? `tokens of the standard, ${command}` : 'tokens of the standard',
    read(text) {
      const tokens = tokensOf(text);
      const { times, isTaken } = known.get(tokens) ?? { times: 0, isTaken: isThere };
      known.set(tokens, { times: times + 1, isTaken });
      if (!isTaken || times % COMPILED !== 0) return `${String(isTaken)}\n${tokens}`;
      const bare = text.replace(/[\s\\]/g, '');
      // Other tokens of a text that is known are another reading, refused or not.
      if (times === 0 && bareTexts.has(bare)) return tokens;
      bareTexts.add(bare);
      const isCompiled = succeeds(command, args, [file, text]);
      if (times === 0) known.set(tokens, { times: 1, isTaken: isCompiled });
      return `${String(isCompiled)}\n${tokens}`;
    },
  };
}

const GCC = ['-fsyntax-only', '-w'];

export const createCJudge = (): Judge =>
  tokenJudge(cTokens, { command: 'gcc', args: [...GCC, '-x', 'c'], file: 'a.c' });

export const createCppJudge = (): Judge =>
  tokenJudge(cTokens, {
    command: 'g++',
    args: [...GCC, '-x', 'c++', '-std=c++20'],
    file: 'a.cpp',
  });

/** Mono's compiler knows C# up to 7, without namespaces to the end of the file. */
export const createCsharpJudge = (): Judge =>
  tokenJudge(csharpTokens, { command: 'mcs', args: ['--parse'], file: 'a.cs' });
