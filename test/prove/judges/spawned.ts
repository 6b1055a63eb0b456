import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
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
export function succeeds(
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

/** Texts of C that are compiled: all that have equal tokens are one to the standard. */
const COMPILED = 20;

function gccJudge(name: string, args: readonly string[]): Judge {
  const known = new Map<string, number>();
  return {
    name: 'tokens of the standard, gcc',
    read(text) {
      const tokens = cTokens(text);
      const times = known.get(tokens) ?? 0;
      if (times > 0) known.set(tokens, times + 1);
      if (times % COMPILED !== 0) return tokens;
      const isRead = succeeds('gcc', ['-fsyntax-only', '-w', ...args], [name, text]);
      if (isRead) known.set(tokens, times + 1);
      return isRead ? tokens : null;
    },
  };
}

export const cJudge = gccJudge('a.c', ['-x', 'c']);
export const cppJudge = gccJudge('a.cpp', ['-x', 'c++', '-std=c++20']);
