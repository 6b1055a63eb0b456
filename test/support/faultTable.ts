import type { FaultRow } from './faultRows';

/** Whether each test of a run passed, by full title. */
export type TestResults = ReadonlyMap<string, boolean>;

export interface FaultResults {
  readonly unit: TestResults;
  readonly editor: TestResults;
}

/** A table of the faults in Markdown, and what is wrong with it: cells without a test that passed. */
export interface FaultTable {
  readonly markdown: string;
  readonly problems: readonly string[];
}

const columns = ['fault', 'unit', 'real VS Code'] as const;

/** Makes the table of what a test run said. */
export function faultTable(rows: readonly FaultRow[], results: FaultResults): FaultTable {
  const problems: string[] = [];
  const cells = rows.map(({ fault, unit, editor }) => [
    fault,
    cell(`${fault}, unit`, unit, results.unit),
    cell(`${fault}, real VS Code`, editor, results.editor),
  ]);
  return { markdown: markdownTable([[...columns], ...cells]), problems };

  function cell(place: string, patterns: readonly string[], tests: TestResults): string {
    const shown = new Set<string>();
    if (patterns.length === 0) problems.push(`${place}: no test is named.`);
    for (const pattern of patterns) {
      const titles = titlesOf(pattern, tests.keys());
      if (titles.length === 0) problems.push(`${place}: no test ran as "${pattern}".`);
      for (const title of titles) {
        if (tests.get(title) === true) shown.add(title);
        else problems.push(`${place}: "${title}" failed.`);
      }
    }
    return shown.size === 0 ? 'none' : `${shown.size} passed`;
  }
}

/** The titles that a pattern of a row names. */
export function titlesOf(pattern: string, titles: Iterable<string>): readonly string[] {
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
