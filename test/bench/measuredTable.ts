import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../support/projectFiles';
import type { BenchResult } from './result';
import { barText, figureText, verdict } from './table';

const START = '<!-- measured: npm run bench -- --write -->';
const END = '<!-- /measured -->';

/** Puts every figure that has a bar into docs/measured.md, between its two marks. */
export function writeMeasuredTable(results: readonly BenchResult[], machine: string): void {
  const file = path.join(projectRoot, 'docs/measured.md');
  const text = readFileSync(file, 'utf8');
  const [start, end] = [text.indexOf(START), text.indexOf(END)];
  if (start < 0 || end < start) throw new Error('docs/measured.md has no marks for the figures.');
  const table = measuredTable(results, machine);
  writeFileSync(file, `${text.slice(0, start)}${START}\n\n${table}\n\n${text.slice(end)}`);
}

/** In columns as wide as their widest cell, as the formatter wants them. */
function measuredTable(results: readonly BenchResult[], machine: string): string {
  const bars = results.filter(({ bar }) => bar !== null);
  const rows = [
    ['what', 'bar', 'figure', 'met'],
    ...bars.map((result) => [result.what, barText(result), figureText(result), verdict(result)]),
  ];
  const widths = [0, 1, 2, 3].map((column) =>
    Math.max(3, ...rows.map((row) => (row[column] ?? '').length)),
  );
  const line = (cells: readonly string[], filler = ' '): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0, filler)).join(' | ')} |`;
  const [head = [], ...body] = rows;
  const reasons = bars.flatMap(({ what, isMet, reason }) =>
    isMet || reason === undefined ? [] : [`- ${what}: ${reason}`],
  );
  return [
    machine,
    '',
    line(head),
    line(['', '', '', ''], '-'),
    ...body.map((cells) => line(cells)),
    ...(reasons.length > 0 ? ['', 'Not met, and why:', '', ...reasons] : []),
  ].join('\n');
}
