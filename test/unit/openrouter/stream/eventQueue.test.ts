import assert from 'node:assert/strict';
import { EventQueue } from '../../../../src/openrouter/stream/eventQueue';

function createQueue(): { readonly queue: EventQueue; readonly calls: string[] } {
  const calls: string[] = [];
  const queue = new EventQueue({
    onStart: () => calls.push('start'),
    onWanted: () => calls.push('wanted'),
    onLeft: () => calls.push('left'),
  });
  return { queue, calls };
}

const text = (value: string) => ({ type: 'text-delta', text: value }) as const;

suite('EventQueue', () => {
  test('starts its producer with the first question only', async () => {
    const { queue, calls } = createQueue();
    assert.deepEqual(calls, []);
    queue.batch.addText('text-delta', 'a');
    await queue.next();
    queue.batch.addText('text-delta', 'b');
    await queue.next();
    assert.deepEqual(calls, ['start', 'wanted', 'wanted']);
  });

  test('hands over at once everything that came meanwhile', async () => {
    const { queue } = createQueue();
    queue.batch.addText('text-delta', 'a');
    queue.batch.addHeartbeat();
    queue.batch.addText('text-delta', 'b');
    queue.flush();
    const heartbeat = { type: 'heartbeat-received' };
    const value = [text('a'), heartbeat, text('b')];
    assert.deepEqual(await queue.next(), { done: false, value });
  });

  test('wakes a waiting consumer and says that it wants more, also when there is nothing', async () => {
    const { queue, calls } = createQueue();
    const next = queue.next();
    assert.deepEqual(calls, ['start', 'wanted']);
    assert.ok(queue.isConsumerWaiting);
    queue.flush();
    assert.ok(queue.isConsumerWaiting, 'an empty list was handed over');
    queue.batch.addText('text-delta', 'a');
    queue.flush();
    assert.ok(!queue.isConsumerWaiting);
    assert.deepEqual(await next, { done: false, value: [text('a')] });
  });

  test('ends after what is there, and stays at its end', async () => {
    const { queue, calls } = createQueue();
    queue.batch.addText('text-delta', 'a');
    void queue.next();
    queue.batch.addText('text-delta', 'b');
    queue.close();
    assert.deepEqual(await queue.next(), { done: false, value: [text('b')] });
    assert.deepEqual(await queue.next(), { done: true, value: undefined });
    assert.deepEqual(await queue.next(), { done: true, value: undefined });
    assert.ok(!calls.includes('left'));
  });

  test('throws the reason of an abort once, after what is there', async () => {
    const { queue } = createQueue();
    const reason = new Error('enough');
    queue.batch.addText('text-delta', 'a');
    queue.abort(reason);
    assert.deepEqual(await queue.next(), { done: false, value: [text('a')] });
    await assert.rejects(queue.next(), reason);
    assert.deepEqual(await queue.next(), { done: true, value: undefined });
  });

  test('an abort after the end changes nothing', async () => {
    const { queue } = createQueue();
    void queue.next();
    queue.close();
    queue.abort(new Error('late'));
    assert.deepEqual(await queue.next(), { done: true, value: undefined });
  });

  test('tells its producer when the consumer leaves, but not twice and not after the end', async () => {
    const left = createQueue();
    left.queue.batch.addText('text-delta', 'read');
    void left.queue.next();
    left.queue.batch.addText('text-delta', 'unread');
    left.queue.batch.addHeartbeat();
    await left.queue.return();
    await left.queue.return();
    assert.deepEqual(left.calls.filter((call) => call === 'left').length, 1);
    assert.deepEqual(await left.queue.next(), { done: true, value: undefined });

    const ended = createQueue();
    void ended.queue.next();
    ended.queue.close();
    await ended.queue.return();
    assert.ok(!ended.calls.includes('left'));

    const unused = createQueue();
    await unused.queue.return();
    assert.deepEqual(unused.calls, []);
    assert.deepEqual(await unused.queue.next(), { done: true, value: undefined });
  });
});
