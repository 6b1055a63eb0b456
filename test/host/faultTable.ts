/**
 * The table of faults, from what the last test runs said: `npm run faults` compares it with
 * test/faults.md, `npm run faults -- --write` writes it there.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { faultRows } from '../support/faultRows';
import { faultTable } from '../support/faultTable';
import { projectRoot } from '../support/projectFiles';
import { readTestResults } from '../support/testResults';

const file = path.join(projectRoot, 'test', 'faults.md');
const tableStart = '| fault';

function main(options: readonly string[]): number {
  const editor = new Map([...readTestResults('integration'), ...readTestResults('ui')]);
  const { markdown, problems } = faultTable(faultRows, { unit: readTestResults('unit'), editor });
  for (const problem of problems) console.error(problem);
  const kept = readFileSync(file, 'utf8');
  const made = kept.slice(0, kept.indexOf(tableStart)) + markdown;
  if (options.includes('--write')) writeFileSync(file, made);
  else if (made !== kept) {
    console.error('The table of faults is another one now: npm run faults -- --write');
    return 1;
  }
  console.log(`${faultRows.length} faults, ${problems.length} problems`);
  return problems.length === 0 ? 0 : 1;
}

process.exit(main(process.argv.slice(2)));
