import assert from 'node:assert/strict';
import { workerOrder } from '../../../src/catalog/workerOrder';
import { model, pricing } from '../delegation/kit';

suite('Models as workers', () => {
  const ids = (models: readonly { readonly id: string }[]): string[] => models.map(({ id }) => id);

  test('the cheapest that fits comes first; what is too small or without a price comes last', () => {
    const unknown = { ...pricing(0, 0), promptNanoPerMillion: null };
    const { fitting, others } = workerOrder(
      [
        model('big/dear', { pricing: pricing(4, 20), contextLength: 200_000 }),
        model('small/context', { pricing: pricing(0.01, 0.01), contextLength: 8_000 }),
        model('small/answers', { pricing: pricing(0.01, 0.02), maxCompletionTokens: 2_000 }),
        model('mid/cheap', { pricing: pricing(0.1, 0.5), contextLength: 100_000 }),
        model('long/cheap', { pricing: pricing(0.1, 0.5), contextLength: 900_000 }),
        model('no/price', { pricing: unknown, contextLength: 900_000 }),
        model('some/free', { pricing: pricing(0, 0), contextLength: 64_000 }),
      ],
      4_096,
    );
    assert.deepEqual(ids(fitting), ['some/free', 'long/cheap', 'mid/cheap', 'big/dear']);
    assert.deepEqual(ids(others), ['small/context', 'small/answers', 'no/price']);
  });
});
