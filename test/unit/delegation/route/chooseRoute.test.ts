import assert from 'node:assert/strict';
import { chooseRoute } from '../../../../src/delegation/route/chooseRoute';
import type { PreparedRoute } from '../../../../src/delegation/route/route';
import { prepare, requestWith } from '../kit';

/** A route that is expected to cost so much. */
function routeAt(routing: 'delegated' | 'direct', expectedNanoUsd: number): PreparedRoute {
  const prepared = prepare(requestWith({ settings: { routing } }));
  assert.ok(prepared.estimate);
  return { ...prepared, routing, estimate: { ...prepared.estimate, expectedNanoUsd } };
}

function chosen(delegatedNanoUsd: number, directNanoUsd: number): string {
  const choice = chooseRoute('auto', {
    delegated: routeAt('delegated', delegatedNanoUsd),
    direct: routeAt('direct', directNanoUsd),
  });
  assert.ok('route' in choice);
  assert.deepEqual(choice.reason, { type: 'cheaper', delegatedNanoUsd, directNanoUsd });
  return choice.route.routing;
}

suite('auto', () => {
  test('delegates only what is expected to save more than an estimate is wrong by', () => {
    assert.equal(chosen(1_100, 1_000), 'direct');
    assert.equal(chosen(1_000, 1_000), 'direct');
    assert.equal(chosen(950, 1_000), 'direct');
    assert.equal(chosen(890, 1_000), 'delegated');
  });
});
