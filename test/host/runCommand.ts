import { spawn } from 'node:child_process';

export interface CommandOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** `shown` passes the output through while the command runs; `kept` is the default. */
  readonly output?: 'shown' | 'kept';
}

const shownOnFailure = 40;

/**
 * Runs a program to its end, without a shell.
 *
 * @returns what it printed on standard output; empty when the output was shown.
 * @throws when it cannot be started or ends with another code than 0, with its last lines.
 */
export function runCommand(
  command: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<string> {
  const isShown = options.output === 'shown';
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env,
      stdio: isShown ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    let everything = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      everything += text;
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      everything += text;
    });
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (code === 0) {
        resolve(output);
        return;
      }
      const lines = everything.trimEnd().split('\n').slice(-shownOnFailure).join('\n');
      const end = signal ?? `code ${String(code)}`;
      reject(new Error(`${command} ${args.join(' ')} ended with ${end}.\n${lines}`));
    });
  });
}
