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

function output(command: string, args: readonly string[]): string | null {
  const done = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 28, timeout: 20_000 });
  return done.status === 0 ? done.stdout : null;
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
      const checked = output('gcc', ['-fsyntax-only', '-w', ...args, written(name, text)]);
      if (checked !== null) known.set(tokens, times + 1);
      return checked === null ? null : tokens;
    },
  };
}

export const cJudge = gccJudge('a.c', ['-x', 'c']);
export const cppJudge = gccJudge('a.cpp', ['-x', 'c++', '-std=c++20']);

/** The compiler's own print of its tree, an option of its nightly builds. */
export const rustJudge: Judge = {
  name: 'rustc -Zunpretty',
  read(text) {
    const file = written('a.rs', text);
    const done = spawnSync(
      'rustc',
      ['--edition=2021', '-Zunpretty=normal', '--crate-type=lib', file],
      {
        encoding: 'utf8',
        env: { ...process.env, RUSTC_BOOTSTRAP: '1' },
      },
    );
    return done.status === 0 ? withoutRustComments(done.stdout) : null;
  },
};

function withoutRustComments(text: string): string {
  return text
    .replace(/"(?:[^"\\]|\\.)*"|\/\/[^\n]*|\/\*[^]*?\*\//g, (part) =>
      part.startsWith('"') ? part : '',
    )
    .replace(/\s+/g, '');
}
