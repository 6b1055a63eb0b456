import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { main } from '../../../src/cli/main';
import type { Simulator } from '../../../src/simulator';

/** What a command wrote and how it ended. */
export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** A repository and a home of its own for commands against a simulator. */
export class CliStage {
  readonly root: string;
  readonly home: string;

  constructor(files: Readonly<Record<string, string | Buffer>>) {
    const base = mkdtempSync(path.join(tmpdir(), 'delegate-cli-'));
    this.root = path.join(base, 'work tree');
    this.home = path.join(base, 'home');
    for (const [name, content] of Object.entries(files)) this.write(name, content);
    this.git('init', '-q');
    this.commit();
  }

  write(name: string, content: string | Buffer): void {
    const file = path.join(this.root, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
  }

  read(name: string): string {
    return readFileSync(path.join(this.root, name), 'utf8');
  }

  git(...args: readonly string[]): string {
    return execFileSync('git', [...args], { cwd: this.root, encoding: 'utf8', stdio: 'pipe' });
  }

  commit(): void {
    this.git('add', '-A');
    const who = ['-c', 'user.name=T', '-c', 'user.email=t@example.org'];
    this.git(...who, 'commit', '-q', '--allow-empty', '-m', 'state');
  }

  /** Names and contents of the whole work tree, the repository's own folder aside. */
  tree(): Readonly<Record<string, string>> {
    const names = readdirSync(this.root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(this.root, path.join(entry.parentPath, entry.name)))
      .filter((name) => !name.startsWith('.git' + path.sep));
    return Object.fromEntries(
      names.sort().map((name) => [name, readFileSync(path.join(this.root, name), 'base64')]),
    );
  }

  async run(
    simulator: Pick<Simulator, 'baseUrl' | 'apiKey'>,
    args: readonly string[],
    { cwd = this.root, signal = new AbortController().signal, environment = {} } = {},
  ): Promise<Ran> {
    let out = '';
    let err = '';
    const code = await main(args, {
      cwd,
      platform: 'linux',
      signal,
      environment: {
        OPENROUTER_API_KEY: simulator.apiKey,
        OPENROUTER_BASE_URL: simulator.baseUrl,
        DELEGATE_BATCH_HOME: this.home,
        ...environment,
      },
      console: {
        out: (text) => void (out += text),
        err: (text) => void (err += text),
        isInteractive: false,
      },
    });
    return { code, out, err };
  }

  dispose(): void {
    rmSync(path.dirname(this.root), { recursive: true, force: true });
  }
}

/** JSON lines of an output, by their type. */
export function lines(out: string, type: string): readonly Record<string, unknown>[] {
  return out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .filter((row) => row['type'] === type);
}
