import assert from 'node:assert/strict';
import { EventBatch } from '../../../../src/openrouter/protocols/eventBatch';

suite('EventBatch', () => {
  test('joins neighbouring deltas of one type and keeps the order of everything', () => {
    const batch = new EventBatch();
    batch.addText('reasoning-delta', 'a');
    batch.addText('text-delta', 'b');
    batch.addText('text-delta', 'c');
    batch.add({ type: 'model-resolved', model: 'm' });
    batch.addText('text-delta', 'd');
    assert.deepEqual(batch.take(), [
      { type: 'reasoning-delta', text: 'a' },
      { type: 'text-delta', text: 'bc' },
      { type: 'model-resolved', model: 'm' },
      { type: 'text-delta', text: 'd' },
    ]);
  });

  test('joins heartbeats, but not over what lies between them', () => {
    const batch = new EventBatch();
    for (let count = 0; count < 3; count++) batch.addHeartbeat();
    batch.addText('text-delta', 'a');
    for (let count = 0; count < 3; count++) batch.addHeartbeat();
    const heartbeat = { type: 'heartbeat-received' };
    assert.deepEqual(batch.take(), [heartbeat, { type: 'text-delta', text: 'a' }, heartbeat]);
  });

  test('is empty before and after', () => {
    const batch = new EventBatch();
    assert.ok(batch.isEmpty);
    batch.addText('text-delta', 'a');
    assert.ok(!batch.isEmpty);
    const taken = batch.take();
    assert.ok(batch.isEmpty);
    assert.deepEqual(batch.take(), []);
    batch.addText('text-delta', 'b');
    batch.take();
    assert.deepEqual(taken, [{ type: 'text-delta', text: 'a' }], 'a taken list changed');
  });
});
