import assert from 'node:assert/strict';
import { entryFromRecord, entryOfLostRun } from '../../../src/accounting/ledger/entryFromRecord';
import type { PlannedSpending } from '../../../src/delegation/ports';
import { builtInTasks } from '../../../src/tasks/catalog';
import { begin, goodScript } from './runKit';

suite('identity of a run', () => {
  test('a recipe’s run that is lost is booked under its worker and task, like one that ended', async () => {
    let planned: PlannedSpending | null = null;
    const { result } = begin({
      change: {
        task: {
          ...builtInTasks.summarize,
          id: 'recipe:my-notes',
          worker: { model: 'recipe/cheap' },
        },
        settings: { project: 'atlas' },
      },
      scripts: [goodScript],
      ports: {
        checkBudget: (run) => {
          planned = run;
          return null;
        },
      },
    });
    const ended = entryFromRecord((await result).record, { demo: false });
    const { identity, didEnableDelegation } = planned as unknown as PlannedSpending;
    const lost = entryOfLostRun(
      { ...identity, didEnableDelegation, requests: 1, demo: false },
      'gen-1',
    );
    assert.equal(lost.worker_model, 'recipe/cheap');
    assert.equal(lost.route, 'recipe');
    assert.equal(lost.project, 'atlas');
    const { id, at, route, project, protocol, routing } = ended;
    const same = { id, at, route, project, protocol, routing };
    assert.deepEqual(
      {
        ...same,
        orchestrator_model: ended.orchestrator_model,
        worker_model: ended.worker_model,
        did_enable_delegation: ended.did_enable_delegation,
        direct_estimate_nano_usd: ended.direct_estimate_nano_usd,
      },
      {
        id: lost.id,
        at: lost.at,
        route: lost.route,
        project: lost.project,
        protocol: lost.protocol,
        routing: lost.routing,
        orchestrator_model: lost.orchestrator_model,
        worker_model: lost.worker_model,
        did_enable_delegation: lost.did_enable_delegation,
        direct_estimate_nano_usd: lost.direct_estimate_nano_usd,
      },
    );
  });
});
