/**
 * The numbers of the contract: `npm run bench`, or `npm run bench -- cost` for some of them. Prints
 * tables, and writes everything as JSON for machines to `.vscode-test/bench.json`.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot, readJson } from '../support/projectFiles';
import { measureCost } from './cost';
import { reportCost } from './costReport';
import { measureLedger } from './ledgerBars';
import { measureMasking } from './masking';
import type { BenchResult } from './result';
import { measureSizes } from './sizes';

const benches: Readonly<Record<string, () => Promise<readonly BenchResult[]>>> = {
  cost: async () => (await measureCost()).flatMap(reportCost),
  ledger: measureLedger,
  masking: measureMasking,
  size: measureSizes,
};

async function main(wanted: readonly string[]): Promise<number> {
  const names = wanted.length > 0 ? wanted : Object.keys(benches);
  const results: BenchResult[] = [];
  for (const name of names) {
    const bench = benches[name];
    if (!bench)
      throw new Error(`There is no bench "${name}"; known: ${Object.keys(benches).join(', ')}.`);
    results.push(...(await bench()));
  }
  console.log('\n## Bars\n\n| what | figure | bar | met |\n|:--|--:|--:|:--|');
  for (const { what, figure, limit, unit, isMet } of results) {
    console.log(
      `| ${what} | ${round(figure)} ${unit} | ≤ ${limit} ${unit} | ${isMet ? 'yes' : 'NO'} |`,
    );
  }
  const file = path.join(projectRoot, '.vscode-test', 'bench.json');
  mkdirSync(path.dirname(file), { recursive: true });
  const { devDependencies } = readJson('package.json') as { devDependencies: unknown };
  const versions = { node: process.version, devDependencies };
  writeFileSync(file, JSON.stringify({ at: new Date().toISOString(), versions, results }, null, 2));
  console.log(`\nJSON: ${file}`);
  return 0;
}

function round(figure: number): string {
  return figure >= 100 ? figure.toFixed(0) : figure.toPrecision(3);
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
