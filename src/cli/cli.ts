#!/usr/bin/env node
import { processConsole } from './console';
import { main } from './main';

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    processConsole.err('\nStopping; what is done is kept. The same command goes on with it.\n');
    stop.abort(new Error('The user stopped it.'));
  });
}

main(process.argv.slice(2), {
  cwd: process.cwd(),
  environment: process.env,
  platform: process.platform,
  console: processConsole,
  signal: stop.signal,
}).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    // A bug of ours. Its stack names our own files only.
    processConsole.err(
      `delegate-batch failed: ${error instanceof Error ? (error.stack ?? error.message) : 'unknown'}\n`,
    );
    process.exitCode = 1;
  },
);
