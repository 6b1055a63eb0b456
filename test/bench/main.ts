/**
 * The numbers of the contract: `npm run bench`, or `npm run bench -- PART…` for some of them.
 *
 * Prints one table, and writes everything for machines to `.vscode-test/bench.json` or to the file
 * that `--json FILE` names; there a part that was not measured now keeps its last figures as long as
 * machine and versions are the same. `--write` puts all of them into docs/measured.md.
 * Ends with code 1 when a bar is missed for which no reason is recorded.
 */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { projectRoot } from '../support/projectFiles';
import { measureActivation } from './activation/activation';
import { measureBounds } from './bounds';
import { measureCost } from './cost';
import { reportCost } from './costReport';
import { measureBatch } from './batch/batch';
import { measureRouteBars } from './routes/measureRouteBars';
import { measureCpu } from './cpu/cpu';
import { measureFirstCharacter } from './firstCharacter/firstCharacter';
import { measureLedger } from './ledgerBars';
import { measureLoad } from './load/load';
import { measureMasking } from './masking';
import { type BenchReport, readReport, writeReport } from './report';
import { writeMeasuredTable, writeRoutesTables } from './measuredTable';
import type { BenchResult } from './result';
import { measureSizes } from './sizes';
import { measureSoak } from './soak/soak';
import { table } from './table';
import { machineText } from './versions';

const parts: Readonly<Record<string, () => Promise<readonly BenchResult[]>>> = {
  cost: async () => [...(await measureCost()).flatMap(reportCost), ...(await routeBars())],
  batch: measureBatch,
  cpu: measureCpu,
  load: measureLoad,
  ledger: measureLedger,
  masking: measureMasking,
  bounds: measureBounds,
  size: measureSizes,
  activation: measureActivation,
  firstCharacter: measureFirstCharacter,
  soak: measureSoak,
};

/** Kept for `--write`. */
let routesMarkdown: string | null = null;

async function routeBars(): Promise<readonly BenchResult[]> {
  const { results, markdown } = await measureRouteBars();
  routesMarkdown = markdown;
  return results;
}

async function main(args: readonly string[]): Promise<number> {
  const { jsonFile, names, isWriting } = readArguments(args);
  const report = readReport(jsonFile);
  const results: BenchResult[] = [];
  for (const name of names) {
    const measured = (await parts[name]?.()) ?? [];
    results.push(...measured);
    report.parts[name] = { at: new Date().toISOString(), results: measured };
    // What takes long is kept even if a later part fails.
    writeReport(jsonFile, report);
  }
  console.log(table(results));
  console.log(`\nJSON: ${jsonFile}`);
  if (isWriting && routesMarkdown !== null) writeRoutesTables(routesMarkdown);
  if (isWriting) writeMeasured(report);
  return results.some(({ isMet, reason }) => !isMet && reason === undefined) ? 1 : 0;
}

function writeMeasured(report: BenchReport): void {
  const missing = Object.keys(parts).filter((name) => !report.parts[name]);
  if (missing.length > 0) {
    console.log(`The table of figures stays as it is; not measured yet: ${missing.join(', ')}.`);
    return;
  }
  const all = Object.keys(parts).flatMap((name) => report.parts[name]?.results ?? []);
  writeMeasuredTable(all, `Measured by \`npm run bench\` on ${machineText()}.`);
}

function readArguments(args: readonly string[]): {
  readonly jsonFile: string;
  readonly names: readonly string[];
  readonly isWriting: boolean;
} {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { json: { type: 'string' }, write: { type: 'boolean' } },
  });
  const known = Object.keys(parts);
  const unknown = positionals.find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new Error(`There is no bench "${unknown}"; known: ${known.join(', ')}.`);
  return {
    jsonFile: path.resolve(values.json ?? path.join(projectRoot, '.vscode-test', 'bench.json')),
    names: positionals.length > 0 ? positionals : known,
    isWriting: values.write ?? false,
  };
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
