import { copyAll } from '../../ui/driver/editor';
import type { Workbench } from '../../ui/driver/workbench';
import { poll } from '../../support/poll';

/** What VS Code measured of one extension's activation, in whole milliseconds. */
export interface ActivationTimes {
  readonly loadMs: number;
  readonly callMs: number;
  readonly finishMs: number;
}

/** Loading the code, calling `activate` and waiting for it. */
export function totalMs({ loadMs, callMs, finishMs }: ActivationTimes): number {
  return loadMs + callMs + finishMs;
}

/**
 * Reads "Extension Activation Stats" of the report "Developer: Startup Performance".
 *
 * @returns by extension id; without those that were not activated.
 */
function parseActivationTimes(report: string): ReadonlyMap<string, ActivationTimes> {
  const rows = report.split('\n').flatMap((line) => {
    const [, id, eager, load, call, finish] = line.split('|').map((cell) => cell.trim());
    if (id === undefined || !/^(?:true|false)$/.test(eager ?? '')) return [];
    return [
      [id, { loadMs: Number(load), callMs: Number(call), finishMs: Number(finish) }] as const,
    ];
  });
  return new Map(rows);
}

/** Opens VS Code's report until these extensions are in it, and closes it. */
export async function readActivationTimes(
  workbench: Workbench,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ActivationTimes>> {
  return poll(
    `the activation of ${ids.join()}`,
    async () => {
      await workbench.runCommand('Developer: Startup Performance');
      await workbench.editor.waitForTab('Startup Performance');
      await workbench.editor.focus();
      const times = parseActivationTimes(await copyAll(workbench.page));
      await workbench.runCommand('View: Close All Editors');
      return ids.every((id) => times.has(id)) && times;
    },
    { timeoutMs: 90_000 },
  );
}
