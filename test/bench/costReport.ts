import { NANO_PER_USD } from '../../src/common/money';
import type { CostRow, PairResult, RouteCost } from './cost';
import { median } from './median';
import { type BenchResult, atMost } from './result';

/** Prints the table of a pair and gives its bars with the figures. */
export function reportCost({ pair, rows }: PairResult): readonly BenchResult[] {
  console.log(`\n## Cost: ${pair.name}\n`);
  console.log(
    '| job | direct | whole | recipe | ours | ÷ direct | ÷ whole | ÷ recipe | tokens of ours |',
  );
  console.log('|:--|--:|--:|--:|--:|--:|--:|--:|:--|');
  for (const row of rows) console.log(tableRow(row));
  const ratios = rows.map((row) => ratio(row.ours, row.direct)).sort((a, b) => a - b);
  const longDocstrings = rows.filter(({ task, lines }) => task === 'docstring' && lines >= 300);
  const bars: BenchResult[] = [
    bar(`cost ÷ direct, median (${pair.name})`, median(ratios), pair.median),
    bar(`cost ÷ direct, worst (${pair.name})`, ratios.at(-1) ?? Infinity, pair.worst),
  ];
  // The contract sets these bars for the default pair.
  if (pair.isDefault) {
    bars.push(
      bar(
        'docstring from 300 lines ÷ whole text back, worst',
        Math.max(...longDocstrings.map((row) => ratio(row.ours, row.whole))),
        0.15,
      ),
      bar(
        'cost ÷ documented recipe, worst',
        Math.max(...rows.map((row) => ratio(row.ours, row.recipe))),
        0.3,
      ),
    );
  }
  return bars;
}

function tableRow(row: CostRow): string {
  const { direct, whole, recipe, ours } = row;
  const cells = [
    row.job,
    usd(direct),
    usd(whole),
    usd(recipe),
    usd(ours),
    ratio(ours, direct).toFixed(2),
    ratio(ours, whole).toFixed(2),
    ratio(ours, recipe).toFixed(2),
    steps(ours),
  ];
  return `| ${cells.join(' | ')} |`;
}

/** Each model call as `o in/out` or `w in/out`, cached tokens in brackets, to recompute a row by hand. */
function steps(cost: RouteCost): string {
  return cost.steps
    .map((step) => {
      const cache =
        step.cachedTokens + step.cacheWriteTokens > 0
          ? ` [read ${step.cachedTokens}, written ${step.cacheWriteTokens}]`
          : '';
      return `${step.kind === 'orchestrator' ? 'o' : 'w'} ${step.promptTokens}/${step.completionTokens}${cache}`;
    })
    .join(', ');
}

function usd({ costNanoUsd }: RouteCost): string {
  return `$${(costNanoUsd / NANO_PER_USD).toFixed(4)}`;
}

function ratio(a: RouteCost, b: RouteCost): number {
  return a.costNanoUsd / b.costNanoUsd;
}

function bar(what: string, figure: number, limit: number): BenchResult {
  return atMost(limit, { what, figure, unit: '×' });
}
