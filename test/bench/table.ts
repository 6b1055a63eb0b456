import type { BenchResult } from './result';

/** All figures as one Markdown table, and below it why bars are missed where that is known. */
export function table(results: readonly BenchResult[]): string {
  const rows = results.map(row);
  const reasons = results.flatMap(({ what, isMet, reason }) =>
    isMet || reason === undefined ? [] : [`- ${what}: ${reason}`],
  );
  return [
    '\n## Figures\n',
    '| what | figure | spread | bar | met |',
    '|:--|--:|--:|--:|:--|',
    ...rows,
    ...(reasons.length > 0 ? ['\nKnown reasons:\n', ...reasons] : []),
  ].join('\n');
}

function row({ what, figure, unit, spread, bar, isMet, reason }: BenchResult): string {
  const spreadText = spread ? `${round(spread[0])}–${round(spread[1])}` : '';
  const barText = bar ? `${bar.type === 'at-most' ? '≤' : '≥'} ${bar.limit} ${unit}` : '';
  const verdict = isMet ? 'yes' : reason === undefined ? 'NO' : 'no, see below';
  const cells = [what, `${round(figure)} ${unit}`, spreadText, barText, bar ? verdict : ''];
  return `| ${cells.join(' | ')} |`;
}

function round(figure: number): string {
  return Math.abs(figure) >= 100 ? figure.toFixed(0) : figure.toPrecision(3);
}
