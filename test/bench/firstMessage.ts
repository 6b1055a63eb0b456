import type { ChildProcess } from 'node:child_process';

/** The one message that a process of the bench has to tell. */
export function firstMessage<T>(child: ChildProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    child.once('message', (message) => resolve(message as T));
    child.once('exit', (code, signal) =>
      reject(new Error(`A process ended with ${String(code ?? signal)}.`)),
    );
    child.once('error', reject);
  });
}
