/**
 * The numbers of the contract: `npm run bench`, or `npm run bench -- PART…` for some of them.
 * Prints one table, and writes everything for machines to `.vscode-test/bench.json` or to the file
 * that `--json FILE` names. Ends with code 1 when a bar is missed for which no reason is recorded.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../support/projectFiles';
import { measureActivation } from './activation/activation';
import { measureCost } from './cost';
import { reportCost } from './costReport';
import { measureCpu } from './cpu/cpu';
import { measureLedger } from './ledgerBars';
import { measureLoad } from './load/load';
import { measureMasking } from './masking';
import type { BenchResult } from './result';
import { measureSizes } from './sizes';
import { table } from './table';
import { versions } from './versions';

const parts: Readonly<Record<string, () => Promise<readonly BenchResult[]>>> = {
  cost: async () => (await measureCost()).flatMap(reportCost),
  cpu: measureCpu,
  load: measureLoad,
  ledger: measureLedger,
  masking: measureMasking,
  size: measureSizes,
  activation: measureActivation,
};

async function main(args: readonly string[]): Promise<number> {
  const { jsonFile, names } = readArguments(args);
  const results: BenchResult[] = [];
  for (const name of names) results.push(...((await parts[name]?.()) ?? []));
  console.log(table(results));
  mkdirSync(path.dirname(jsonFile), { recursive: true });
  const at = new Date().toISOString();
  writeFileSync(jsonFile, JSON.stringify({ at, versions: versions(), results }, null, 2));
  console.log(`\nJSON: ${jsonFile}`);
  return results.some(({ isMet, reason }) => !isMet && reason === undefined) ? 1 : 0;
}

function readArguments(args: readonly string[]): {
  readonly jsonFile: string;
  readonly names: readonly string[];
} {
  const at = args.indexOf('--json');
  const named = at < 0 ? undefined : args[at + 1];
  if (at >= 0 && named === undefined) throw new Error('--json needs a file.');
  const wanted = args.filter((_argument, index) => at < 0 || index < at || index > at + 1);
  const known = Object.keys(parts);
  const unknown = wanted.find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new Error(`There is no bench "${unknown}"; known: ${known.join(', ')}.`);
  return {
    jsonFile: path.resolve(named ?? path.join(projectRoot, '.vscode-test', 'bench.json')),
    names: wanted.length > 0 ? wanted : known,
  };
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
