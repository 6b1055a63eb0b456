import { median, range } from '../median';
import { type BenchResult, atLeast, atMost, withoutBar } from '../result';
import type { Protocol } from '../../../src/openrouter/wire';
import type { ReaderName } from './readers';
import { type Contestant, runRounds } from './rounds';

const ROUNDS = 5;

/** CPU per streamed megabyte of each client, and the ratios that the contract bounds. */
export async function measureCpu(): Promise<readonly BenchResult[]> {
  const contestants = await runRounds(ROUNDS);
  const figures = contestants.map(({ reader, protocol, cpuMsPerMegabyte }) =>
    withoutBar({
      what: `CPU per streamed MB, ${protocol}, ${reader}`,
      figure: median(cpuMsPerMegabyte),
      unit: 'ms',
      spread: range(cpuMsPerMegabyte),
    }),
  );
  return [...figures, ...ratios(contestants, 'chat'), ...ratios(contestants, 'responses')];
}

function ratios(contestants: readonly Contestant[], protocol: Protocol): BenchResult[] {
  const entries = contestants.filter((entry) => entry.protocol === protocol);
  const of = (name: ReaderName): readonly number[] =>
    entries.find(({ reader }) => reader === name)?.cpuMsPerMegabyte ?? [];
  const rivals = entries.filter(({ reader }) => reader !== 'floor' && reader !== 'delegate');
  const best = rivals.reduce((a, b) =>
    median(a.cpuMsPerMegabyte) <= median(b.cpuMsPerMegabyte) ? a : b,
  );
  return [
    atLeast(3, {
      what: `client CPU, ${protocol}: best rival (${best.reader}) ÷ Delegate`,
      ...ratio(best.cpuMsPerMegabyte, of('delegate')),
      ...floorReason(best.cpuMsPerMegabyte, of('floor')),
    }),
    atMost(1.6, {
      what: `client CPU, ${protocol}: Delegate ÷ floor`,
      ...ratio(of('delegate'), of('floor')),
    }),
  ];
}

/** When the floor of this very run is above the bar, no client can be below it. */
function floorReason(rival: readonly number[], floor: readonly number[]) {
  const { figure } = ratio(rival, floor);
  if (figure >= 3) return {};
  return { reason: `In this run the best rival is ${figure.toFixed(2)} × the floor itself.` };
}

/** Rounds are compared with themselves: what the machine was busy with then met both. */
function ratio(above: readonly number[], below: readonly number[]) {
  const perRound = above.map((value, round) => value / (below[round] ?? Number.NaN));
  return { figure: median(perRound), unit: '×', spread: range(perRound) };
}
