import type { BenchResult } from '../result';
import { measureRoutes } from './routes';
import { reportRoutes } from './routesReport';

/** The bars of the routes, and their tables as Markdown for docs/measured.md. */
export async function measureRouteBars(): Promise<{
  readonly results: readonly BenchResult[];
  readonly markdown: string;
}> {
  const reports = (await measureRoutes()).map(reportRoutes);
  return {
    results: reports.flatMap(({ results }) => results),
    markdown: reports
      .flatMap(({ table }) => table)
      .join('\n')
      .trim(),
  };
}
