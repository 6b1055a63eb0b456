import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../support/projectFiles';
import type { BenchResult } from './result';
import { barText, figureText, verdict } from './table';

const START = '<!-- measured: npm run bench -- --write -->';
const END = '<!-- /measured -->';
const ROUTES_START = '<!-- routes: npm run bench -- cost --write -->';
const ROUTES_END = '<!-- /routes -->';

/** Puts every figure that has a bar into docs/measured.md, between its two marks. */
export function writeMeasuredTable(results: readonly BenchResult[], machine: string): void {
  writeBetween(START, END, measuredTable(results, machine));
}

/** Puts the tables of the routes, job by job, into docs/measured.md. */
export function writeRoutesTables(markdown: string): void {
  writeBetween(ROUTES_START, ROUTES_END, markdown);
}

function writeBetween(startMark: string, endMark: string, body: string): void {
  const file = path.join(projectRoot, 'docs/measured.md');
  const text = readFileSync(file, 'utf8');
  const [start, end] = [text.indexOf(startMark), text.indexOf(endMark)];
  if (start < 0 || end < start) throw new Error(`docs/measured.md has no marks ${startMark}.`);
  writeFileSync(file, `${text.slice(0, start)}${startMark}\n\n${body}\n\n${text.slice(end)}`);
}

/** In columns as wide as their widest cell, as the formatter wants them. */
function measuredTable(results: readonly BenchResult[], machine: string): string {
  const bars = results.filter(({ bar }) => bar !== null);
  const rows = [
    ['what', 'bar', 'figure', 'met'],
    ...bars.map((result) => [result.what, barText(result), figureText(result), verdict(result)]),
  ];
  const reasons = bars.flatMap(({ what, isMet, reason }) =>
    isMet || reason === undefined ? [] : [`- ${what}: ${reason}`],
  );
  return [
    machine,
    '',
    ...alignedTable(rows),
    ...(reasons.length > 0 ? ['', 'Not met, and why:', '', ...reasons] : []),
  ].join('\n');
}

/** A Markdown table as the formatter wants it; the first row is its head. */
export function alignedTable(rows: readonly (readonly string[])[]): readonly string[] {
  const [head = [], ...body] = rows;
  const widths = head.map((_, column) =>
    Math.max(3, ...rows.map((row) => (row[column] ?? '').length)),
  );
  const line = (cells: readonly string[], filler = ' '): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0, filler)).join(' | ')} |`;
  return [
    line(head),
    line(
      head.map(() => ''),
      '-',
    ),
    ...body.map((cells) => line(cells)),
  ];
}
