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
    const file = written('a.sh', text);
    const done = spawnSync('bash', ['--norc', '--pretty-print', file], { encoding: 'utf8' });
    // Blank lines between commands are printed in some places and not in others.
    const isRead = done.status === 0 && done.stderr === '';
    return isRead ? done.stdout.replace(/\n\s*\n/g, '\n') : null;
  },
};

function gccJudge(name: string, args: readonly string[]): Judge {
  return {
    name: 'gcc, tokens of the standard',
    read(text) {
      const checked = output('gcc', ['-fsyntax-only', '-w', ...args, written(name, text)]);
      return checked === null ? null : cTokens(text);
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
