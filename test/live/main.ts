import { runLive } from './live';

void runLive({
  args: process.argv.slice(2),
  environment: process.env,
  write: (line) => console.log(line),
}).then((code) => {
  process.exitCode = code;
});
