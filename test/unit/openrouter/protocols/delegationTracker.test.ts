import assert from 'node:assert/strict';
import { DelegationTracker } from '../../../../src/openrouter/protocols/delegationTracker';
import { EventBatch } from '../../../../src/openrouter/protocols/eventBatch';
import type { Delegation } from '../../../../src/openrouter/streamEvent';

type Step = readonly [item: object, outputIndex: number, stage?: 'added' | 'done'];

/** The delegations that are told, in order, for the items of a stream. */
function track(...steps: readonly Step[]): Delegation[] {
  const batch = new EventBatch();
  const tracker = new DelegationTracker(batch);
  for (const [item, outputIndex, stage = 'done'] of steps) {
    tracker.update({ type: 'openrouter:subagent', ...item }, { outputIndex, stage });
  }
  return batch.take().map((event) => {
    assert.ok(event.type === 'delegation-update');
    return event.delegation;
  });
}

const keys = (delegations: readonly Delegation[]): string[] => delegations.map(({ key }) => key);

suite('DelegationTracker', () => {
  const full = {
    id: 'st_1',
    call_id: 'call_1',
    status: 'completed',
    name: 'worker',
    task_name: 'part-1',
    model: 'a/b',
    outcome: 'text',
  };

  test('tells a change once', () => {
    const told = track(
      [{ ...full, status: 'in_progress', outcome: undefined }, 0],
      [full, 0],
      [full, 0],
    );
    assert.deepEqual(
      told.map(({ status, outcome }) => [status, outcome]),
      [
        ['running', null],
        ['ok', 'text'],
      ],
    );
  });

  test('a later and shorter form takes nothing back', () => {
    assert.equal(track([full, 0], [{ id: 'st_1', status: 'completed' }, 0]).length, 1);
    assert.equal(track([full, 0], [{ id: 'st_1', status: 'in_progress' }, 0]).length, 1);
    const failed = { id: 'st_1', status: 'failed', error: 'gone' };
    assert.equal(track([failed, 0], [{ id: 'st_1', status: 'failed' }, 0]).length, 1);
  });

  test('an empty outcome is an outcome', () => {
    assert.equal(track([{ ...full, outcome: '' }, 0])[0]?.outcome, '');
  });

  test('the call id outlives the item id', () => {
    const second = { ...full, id: 'st_2', outcome: 'more' };
    assert.deepEqual(keys(track([full, 0], [second, 3])), ['call_1', 'call_1']);
  });

  test('an item that learns its ids when it is done stays one delegation', () => {
    const nameless = { status: 'in_progress', task_name: 'part-1' };
    assert.deepEqual(keys(track([nameless, 2, 'added'], [full, 2])), ['output-2', 'output-2']);
  });

  test('an item that has lost its ids is known by its place', () => {
    const nameless = { status: 'completed', outcome: 'other' };
    assert.deepEqual(keys(track([full, 2], [nameless, 2])), ['call_1', 'call_1']);
  });

  test('items with ids are not confused by a place that is used again', () => {
    const second = { ...full, id: 'st_2', call_id: 'call_2' };
    assert.deepEqual(keys(track([full, 0], [second, 0])), ['call_1', 'call_2']);
  });

  const statuses: readonly (readonly [object, 'added' | 'done', Delegation['status']])[] = [
    [{ status: 'in_progress' }, 'added', 'running'],
    [{ status: 'completed' }, 'done', 'ok'],
    [{ status: 'failed' }, 'done', 'failed'],
    [{ status: 'incomplete' }, 'done', 'failed'],
    [{ status: 'completed', error: 'text' }, 'done', 'failed'],
    [{ error: { message: 'text' } }, 'done', 'failed'],
    [{}, 'added', 'running'],
    [{}, 'done', 'ok'],
    [{ status: 'in_progress' }, 'done', 'running'],
    [{ status: 7 }, 'done', 'ok'],
  ];
  for (const [item, stage, status] of statuses) {
    test(`${JSON.stringify(item)}, ${stage}, is ${status}`, () => {
      assert.equal(track([item, 0, stage])[0]?.status, status);
    });
  }
});
