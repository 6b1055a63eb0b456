import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import readline from 'node:readline';

/** A process that answers each line of its input by one line. */
export class LineProcess {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #waiting: ((line: string | null) => void)[] = [];

  constructor(command: string, args: readonly string[]) {
    this.#child = spawn(command, args);
    readline
      .createInterface({ input: this.#child.stdout })
      .on('line', (line) => this.#waiting.shift()?.(line));
    this.#child.on('close', () => {
      for (const answer of this.#waiting.splice(0)) answer(null);
    });
    this.#child.stderr.resume();
  }

  ask(line: string): Promise<string | null> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      this.#child.stdin.write(`${line}\n`);
    });
  }

  close(): void {
    this.#child.stdin.end();
  }
}
