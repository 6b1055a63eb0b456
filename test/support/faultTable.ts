import type { FaultRow } from './faultRows';
import type { TestResults } from './testResults';

export interface FaultResults {
  readonly unit: TestResults;
  readonly editor: TestResults;
}

/** How many tests show a fault. */
interface FaultCell {
  readonly passed: number;
  /** Tests that this machine cannot run. */
  readonly skipped: number;
}

interface FaultTableRow {
  readonly fault: string;
  readonly unit: FaultCell;
  readonly editor: FaultCell;
  readonly workerFirst: FaultCell;
}

/** What a test run says of the faults, and what is wrong with it: cells without a test that passed. */
export interface FaultTable {
  readonly rows: readonly FaultTableRow[];
  readonly markdown: string;
  readonly problems: readonly string[];
}

const columns = ['fault', 'unit', 'real VS Code', 'worker first'] as const;
const tableStart = `| ${columns[0]}`;

/** Makes the table of what a test run said. */
export function faultTable(rows: readonly FaultRow[], results: FaultResults): FaultTable {
  const problems: string[] = [];
  const all = new Map([...results.unit, ...results.editor]);
  const counted = rows.map(({ fault, unit, editor, workerFirst }) => ({
    fault,
    unit: cell(`${fault}, unit`, unit, results.unit),
    editor: cell(`${fault}, real VS Code`, editor, results.editor),
    workerFirst: cell(`${fault}, worker first`, workerFirst, all),
  }));
  const cells = counted.map(({ fault, unit, editor, workerFirst }) => [
    fault,
    cellText(unit),
    cellText(editor),
    cellText(workerFirst),
  ]);
  return { rows: counted, markdown: markdownTable([[...columns], ...cells]), problems };

  function cell(place: string, patterns: readonly string[], tests: TestResults): FaultCell {
    const shown = new Set<string>();
    const skipped = new Set<string>();
    if (patterns.length === 0) problems.push(`${place}: no test is named.`);
    for (const pattern of patterns) {
      const titles = titlesOf(pattern, tests.keys());
      if (titles.length === 0) problems.push(`${place}: no test ran as "${pattern}".`);
      for (const title of titles) {
        const result = tests.get(title);
        if (result === 'passed') shown.add(title);
        else if (result === 'skipped') skipped.add(title);
        else problems.push(`${place}: "${title}" failed.`);
      }
    }
    return { passed: shown.size, skipped: skipped.size };
  }
}

/**
 * Where a kept table says something else than a test run. A test that this machine skips may be
 * among those that the kept table counts.
 */
export function tableDifferences(kept: string, { rows }: FaultTable): readonly string[] {
  const [, , ...lines] = kept.slice(kept.indexOf(tableStart)).trimEnd().split('\n');
  const keptRows = new Map(
    lines.map((line) => {
      const [fault = '', unit = '', editor = '', workerFirst = ''] = line.slice(1).split('|');
      const said = {
        unit: passedOf(unit),
        editor: passedOf(editor),
        workerFirst: passedOf(workerFirst),
      };
      return [fault.trim(), said] as const;
    }),
  );
  const differences: string[] = [];
  for (const { fault, ...cells } of rows) {
    const keptRow = keptRows.get(fault);
    if (!keptRow) differences.push(`${fault}: the table has no such row.`);
    for (const column of ['unit', 'editor', 'workerFirst'] as const) {
      const { passed, skipped } = cells[column];
      const said = keptRow?.[column] ?? passed;
      if (said >= passed && said <= passed + skipped) continue;
      differences.push(`${fault}, ${column}: ${passed} passed, the table says ${said}.`);
    }
    keptRows.delete(fault);
  }
  for (const fault of keptRows.keys()) differences.push(`${fault}: only the table has this row.`);
  return differences;
}

/** A text of the table's page with another table in the place of the one that it has. */
export function withFaultTable(page: string, { markdown }: FaultTable): string {
  return page.slice(0, page.indexOf(tableStart)) + markdown;
}

function cellText({ passed }: FaultCell): string {
  return passed === 0 ? 'none' : `${passed} passed`;
}

function passedOf(cell: string): number {
  return Number(/\d+/.exec(cell)?.[0] ?? 0);
}

/** The titles that a pattern of a row names. */
function titlesOf(pattern: string, titles: Iterable<string>): readonly string[] {
  const parts = pattern.split('*').map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  const expression = new RegExp(`^${parts.join('.*')}$`, 's');
  return [...titles].filter((title) => expression.test(title));
}

/** Aligned, as the formatter of the repository wants it. */
function markdownTable(rows: readonly (readonly string[])[]): string {
  const widths = columns.map((_, column) =>
    Math.max(...rows.map((cells) => cells[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((text, column) => text.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const [head = [], ...body] = rows;
  const rule = line(widths.map((width) => '-'.repeat(width)));
  return [line(head), rule, ...body.map(line), ''].join('\n');
}
