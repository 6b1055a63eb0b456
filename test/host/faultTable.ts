/**
 * The table of faults, from what the last test runs said: `npm run faults` compares it with
 * test/faults.md, as `npm test` does at its end, `npm run faults -- --write` writes it there.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { faultRows } from '../support/faultRows';
import { faultTable, tableDifferences, withFaultTable } from '../support/faultTable';
import { projectRoot } from '../support/projectFiles';
import { readTestResults } from '../support/testResults';

const file = path.join(projectRoot, 'test', 'faults.md');

function main(options: readonly string[]): number {
  const editor = new Map([...readTestResults('integration'), ...readTestResults('ui')]);
  const table = faultTable(faultRows, { unit: readTestResults('unit'), editor });
  const kept = readFileSync(file, 'utf8');
  const isWriting = options.includes('--write');
  if (isWriting) writeFileSync(file, withFaultTable(kept, table));
  const differences = isWriting ? [] : tableDifferences(kept, table);
  for (const problem of [...table.problems, ...differences]) console.log(problem);
  if (differences.length > 0) {
    console.log('test/faults.md says something else: npm run faults -- --write');
  }
  const problems = table.problems.length + differences.length;
  console.log(`${faultRows.length} faults, ${problems} problems`);
  return problems === 0 ? 0 : 1;
}

process.exit(main(process.argv.slice(2)));
