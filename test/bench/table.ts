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

function row(result: BenchResult): string {
  const { what, spread } = result;
  const spreadText = spread ? `${round(spread[0])}–${round(spread[1])}` : '';
  const cells = [what, figureText(result), spreadText, barText(result), verdict(result)];
  return `| ${cells.join(' | ')} |`;
}

/** Such as `1.15 ×`. */
export function figureText({ figure, unit }: BenchResult): string {
  return `${round(figure)} ${unit}`.trimEnd();
}

/** Such as `≤ 3 ×`; empty without a bar. */
export function barText({ bar, unit }: BenchResult): string {
  return bar ? `${bar.type === 'at-most' ? '≤' : '≥'} ${bar.limit} ${unit}`.trimEnd() : '';
}

/** Whether the bar is met; empty without a bar. */
export function verdict({ bar, isMet, reason }: BenchResult): string {
  if (!bar) return '';
  return isMet ? 'yes' : reason === undefined ? 'NO' : 'no, see below';
}

/** Three digits are all that a measured figure has; a whole number is one that was counted. */
function round(figure: number): string {
  if (Number.isInteger(figure) || Math.abs(figure) >= 100) return figure.toFixed(0);
  return figure.toPrecision(3);
}
