import assert from 'node:assert/strict';
import type { RunResult } from '../../../../src/delegation/run/run';
import { RunError } from '../../../../src/delegation/run/runError';
import { WorkerFirstOffer } from '../../../../src/editor/run/workerFirstOffer';
import { completed, record } from '../output/exampleRun';

const wanted = { isDemo: false, isWanted: true };

/** A run for six tenths of a cent that the worker could have done for a fiftieth of a cent. */
const provable: RunResult = { ...completed, workerFirstEstimateNanoUsd: 210_000 };

function taken(result: RunResult, facts = wanted): number | null {
  return new WorkerFirstOffer().take(result, facts);
}

suite('WorkerFirstOffer', () => {
  test('says once a window what worker first would have cost', () => {
    const offer = new WorkerFirstOffer();
    assert.equal(offer.take(provable, wanted), 210_000);
    assert.equal(offer.take(provable, wanted), null);
  });

  test('is not used up by runs of which there is nothing to say', () => {
    const offer = new WorkerFirstOffer();
    assert.equal(offer.take(completed, wanted), null);
    assert.equal(offer.take(provable, { ...wanted, isWanted: false }), null);
    assert.equal(offer.take(provable, wanted), 210_000);
  });

  test('says nothing of worker first itself, of a demo, and where the user has chosen', () => {
    const own = { ...provable, record: { ...record, routing: 'worker-first' as const } };
    assert.equal(taken(own), null);
    assert.equal(taken(provable, { ...wanted, isDemo: true }), null);
    assert.equal(taken(provable, { ...wanted, isWanted: false }), null);
  });

  test('says nothing of a run that failed or whose cost is not known', () => {
    const failed: RunResult = {
      ...provable,
      status: 'failed',
      outcome: null,
      error: new RunError(null),
    };
    assert.equal(taken(failed), null);
    assert.equal(taken({ ...provable, record: { ...record, usage: null } }), null);
  });

  test('says nothing where it would have saved less than half', () => {
    assert.equal(taken({ ...provable, workerFirstEstimateNanoUsd: 3_060_000 }), null);
    assert.equal(taken({ ...provable, workerFirstEstimateNanoUsd: 3_050_000 }), 3_050_000);
  });
});
