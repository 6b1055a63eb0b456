import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { asRecord } from '../../../src/common/json';
import { readJson } from '../../support/projectFiles';
import { median, range } from '../median';
import { type BenchResult, atMost, withoutBar } from '../result';
import { type BenchWindow, openBenchWindow } from '../window/benchWindow';
import { type ActivationTimes, readActivationTimes, totalMs } from './activationTimes';

const ROUNDS = 7;

/** As the extension generator makes it, without its command. */
const EMPTY = "const vscode = require('vscode');\nexports.activate = () => {};\n";

/** Two that are activated before ours and two after, because the order matters: by publisher. */
const empties = ['aaa', 'zzz'].flatMap((publisher) =>
  ['empty-one', 'empty-two'].map((name) => ({ publisher, name, code: EMPTY })),
);
const emptyIds = empties.map(({ publisher, name }) => `${publisher}.${name}`);

/** One window's figures, in milliseconds; for the empty extensions their means. */
interface Round {
  readonly ours: ActivationTimes;
  readonly empty: ActivationTimes;
}

/**
 * Activation as VS Code reports it, against empty extensions in the same window: loading the code,
 * calling `activate` and waiting for it, all three.
 *
 * - At startup, where all wait for the same event and are loaded side by side, so that what VS Code
 *   reports of each contains waiting for the others. This is what a user reads in VS Code.
 * - Alone, one after the other in a window that has come to rest: what is Delegate's own.
 */
export async function measureActivation(): Promise<readonly BenchResult[]> {
  const atStartup = await measureAtStartup();
  const alone = await measureAlone();
  print('at startup, side by side', atStartup);
  print('alone, in a window at rest', alone);
  const ratios = atStartup.map(({ ours, empty }) => totalMs(ours) / totalMs(empty));
  return [
    atMost(3, {
      what: 'activation at startup ÷ an empty extension in the same window',
      figure: median(ratios),
      unit: '×',
      spread: range(ratios),
    }),
    figure(
      'activation at startup: Delegate',
      atStartup.map(({ ours }) => totalMs(ours)),
    ),
    figure(
      'activation at startup: empty',
      atStartup.map(({ empty }) => totalMs(empty)),
    ),
    figure(
      'activation alone: Delegate',
      alone.map(({ ours }) => totalMs(ours)),
    ),
    figure(
      'activation alone: empty',
      alone.map(({ empty }) => totalMs(empty)),
    ),
  ];
}

function figure(what: string, values: readonly number[]): BenchResult {
  return withoutBar({ what, figure: median(values), unit: 'ms', spread: range(values) });
}

async function measureAtStartup(): Promise<readonly Round[]> {
  const window = await openBenchWindow({ besides: empties });
  return inEachWindow(window, () => Promise.resolve());
}

async function measureAlone(): Promise<readonly Round[]> {
  const window = await openBenchWindow({
    besides: empties,
    prepareExtensions: (folder) => {
      for (const id of [...emptyIds, ourId()]) deferActivation(folder, id);
    },
  });
  const [first = '', second = '', ...others] = emptyIds;
  return inEachWindow(window, async () => {
    await atRest(window);
    for (const id of [first, second, ourId(), ...others]) await window.ask({ op: 'activate', id });
  });
}

async function inEachWindow(
  window: BenchWindow,
  activate: () => Promise<void>,
): Promise<readonly Round[]> {
  try {
    const rounds: Round[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      if (round > 0) await window.reload();
      await activate();
      const times = await readActivationTimes(window.workbench, [...emptyIds, ourId()]);
      rounds.push(roundOf(times));
    }
    return rounds;
  } finally {
    await window.close();
  }
}

function roundOf(times: ReadonlyMap<string, ActivationTimes>): Round {
  const ours = times.get(ourId());
  const all = emptyIds.flatMap((id) => times.get(id) ?? []);
  if (!ours) throw new Error('VS Code reports no activation of Delegate.');
  const mean = (of: (one: ActivationTimes) => number): number =>
    all.reduce((sum, one) => sum + of(one), 0) / all.length;
  return {
    ours,
    empty: {
      loadMs: mean(({ loadMs }) => loadMs),
      callMs: mean(({ callMs }) => callMs),
      finishMs: mean(({ finishMs }) => finishMs),
    },
  };
}

/** Activated by no event, only when asked. */
function deferActivation(extensionsDir: string, id: string): void {
  const name = readdirSync(extensionsDir).find((folder) => folder.startsWith(`${id}-`));
  const file = path.join(extensionsDir, name ?? id, 'package.json');
  const manifest = asRecord(JSON.parse(readFileSync(file, 'utf8')));
  writeFileSync(file, JSON.stringify({ ...manifest, activationEvents: ['onCommand:none'] }));
}

/** The extension host has been idle for a while when a turn of it takes no time, again and again. */
async function atRest(window: BenchWindow): Promise<void> {
  let quietTurns = 0;
  for (let turn = 0; turn < 400 && quietTurns < 20; turn += 1) {
    const askedAt = performance.now();
    await window.ask({ op: 'drafts' });
    quietTurns = performance.now() - askedAt < 15 ? quietTurns + 1 : 0;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function ourId(): string {
  const manifest = asRecord(readJson('package.json'));
  return `${String(manifest?.['publisher'])}.${String(manifest?.['name'])}`;
}

function print(how: string, rounds: readonly Round[]): void {
  console.log(`\n## Activation ${how}, ms: load + call + finish\n`);
  console.log('| window | Delegate | empty, mean of four |\n|--:|--:|--:|');
  for (const [index, { ours, empty }] of rounds.entries()) {
    console.log(`| ${index + 1} | ${sum(ours)} | ${sum(empty)} |`);
  }
}

function sum({ loadMs, callMs, finishMs }: ActivationTimes): string {
  return [loadMs, callMs, finishMs].map((ms) => Number(ms.toFixed(2))).join(' + ');
}
