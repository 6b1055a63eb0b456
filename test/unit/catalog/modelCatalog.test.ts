import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { fileStorage } from '../../../src/catalog/fileStorage';
import { type CatalogStorage, ModelCatalog } from '../../../src/catalog/modelCatalog';
import { readModels, supportsTools } from '../../../src/catalog/readModels';
import { ManualClock } from '../../support/manualClock';

const OPUS = {
  id: 'anthropic/claude-opus-5.5',
  canonical_slug: 'anthropic/claude-5.5-opus',
  name: 'Anthropic: Claude Opus 5.5',
  description: 'A long text that a cache has no use for.',
  context_length: 200_000,
  pricing: { prompt: '0.000004', completion: '0.00002' },
  top_provider: { context_length: 200_000, max_completion_tokens: 32_000, is_moderated: true },
  supported_parameters: ['tools', 'tool_choice', 'max_tokens'],
};
const LATEST = {
  ...OPUS,
  id: '~anthropic/claude-opus-latest',
  name: 'Claude Opus (latest)',
  alias_target: { slug: 'anthropic/claude-opus-5.5', name: 'Claude Opus 5.5' },
};
const ROUTER = {
  id: 'openrouter/auto',
  name: 'Auto',
  context_length: null,
  pricing: { prompt: '-1', completion: '-1' },
  supported_parameters: [],
};
const ROWS = [OPUS, LATEST, ROUTER];
const HOUR_MS = 3_600_000;

suite('list of models', () => {
  test('a row', () => {
    const [opus, latest, router] = readModels({ data: ROWS });
    assert.ok(opus && latest && router);
    assert.deepEqual(opus, {
      id: 'anthropic/claude-opus-5.5',
      name: 'Anthropic: Claude Opus 5.5',
      contextLength: 200_000,
      maxCompletionTokens: 32_000,
      pricing: {
        promptNanoPerMillion: 4_000_000_000,
        completionNanoPerMillion: 20_000_000_000,
        cacheReadNanoPerMillion: null,
        cacheWriteNanoPerMillion: null,
        requestNano: null,
        webSearchNano: null,
        overrides: [],
      },
      supportedParameters: ['tools', 'tool_choice', 'max_tokens'],
      aliasTarget: null,
    });
    assert.equal(latest.aliasTarget, 'anthropic/claude-opus-5.5');
    assert.equal(router.pricing.promptNanoPerMillion, null);
    assert.equal(router.contextLength, null);
    assert.deepEqual([opus, latest, router].map(supportsTools), [true, true, false]);
  });

  test('bare rows are read like those of an answer', () => {
    assert.deepEqual(readModels(ROWS), readModels({ data: ROWS, total_count: 3 }));
  });

  test('whatever comes is read as far as it goes', () => {
    assert.deepEqual(
      readModels({ data: [null, 7, {}, { id: '' }, { id: 'a/b' }] }).map(({ id }) => id),
      ['a/b'],
    );
    fc.assert(
      fc.property(fc.jsonValue(), (answer) => {
        for (const model of readModels(answer)) assert.ok(model.id !== '');
      }),
    );
  });
});

suite('catalog', () => {
  let clock: ManualClock;
  let stored: string | null;
  let fetches: number;
  let answer: () => Promise<unknown>;

  setup(() => {
    clock = new ManualClock('2026-03-14T12:00:00Z');
    stored = null;
    fetches = 0;
    answer = () => Promise.resolve(ROWS);
  });

  function catalogOf(fields: { baseUrl?: string; storage?: CatalogStorage } = {}): ModelCatalog {
    return new ModelCatalog({
      storage: {
        read: () => Promise.resolve(stored),
        write: (text) => {
          stored = text;
          return Promise.resolve();
        },
      },
      fetchModels: () => {
        fetches += 1;
        return answer();
      },
      baseUrl: 'https://openrouter.ai/api/v1',
      clock,
      ...fields,
    });
  }

  async function settled(): Promise<void> {
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
  }

  test('knows nothing at first and everything after a refresh', async () => {
    const catalog = catalogOf();
    assert.equal(catalog.find(OPUS.id), null);
    assert.equal(catalog.ageMs, null);
    await catalog.refresh();
    assert.equal(catalog.find(OPUS.id)?.name, OPUS.name);
    assert.equal(catalog.ageMs, 0);
  });

  test('slugs are found as they are written, tilde included', async () => {
    const catalog = catalogOf();
    await catalog.refresh();
    assert.equal(catalog.find(LATEST.id)?.id, LATEST.id);
    assert.equal(catalog.find('anthropic/claude-opus-latest'), null);
  });

  test('a suffix that chooses providers finds the model; one of another model does not', async () => {
    const catalog = catalogOf();
    await catalog.refresh();
    assert.equal(catalog.find(`${OPUS.id}:nitro`)?.id, OPUS.id);
    assert.equal(catalog.find(`${OPUS.id}:floor`)?.id, OPUS.id);
    assert.equal(catalog.find(`${OPUS.id}:free`), null);
    assert.equal(catalog.find(`${OPUS.id}:thinking`), null);
  });

  test('another window starts from what was stored, without descriptions', async () => {
    await catalogOf().refresh();
    assert.ok(!stored?.includes('A long text'));
    clock.advance(HOUR_MS);
    const second = catalogOf();
    await second.load();
    assert.deepEqual(second.find(LATEST.id), readModels(ROWS)[1]);
    assert.equal(second.ageMs, HOUR_MS);
    assert.equal(fetches, 1);
  });

  test('an old list serves while a new one is fetched', async () => {
    await catalogOf().refresh();
    clock.advance(7 * HOUR_MS);
    let release = (): void => undefined;
    answer = () => new Promise((resolve) => (release = () => resolve([{ ...OPUS, name: 'New' }])));
    const catalog = catalogOf();
    let changes = 0;
    catalog.onDidChange(() => (changes += 1));
    await catalog.load();
    assert.equal(catalog.find(OPUS.id)?.name, OPUS.name);
    release();
    await settled();
    assert.equal(catalog.find(OPUS.id)?.name, 'New');
    assert.equal(changes, 2);
  });

  test('offline: the old list stays, and it is not asked again at once', async () => {
    await catalogOf().refresh();
    clock.advance(7 * HOUR_MS);
    answer = () => Promise.reject(new Error('offline'));
    const catalog = catalogOf();
    await catalog.load();
    await settled();
    assert.equal(catalog.find(OPUS.id)?.name, OPUS.name);
    assert.equal(fetches, 2);
    catalog.refreshInBackground();
    await settled();
    assert.equal(fetches, 2);
    clock.advance(61_000);
    catalog.refreshInBackground();
    await settled();
    assert.equal(fetches, 3);
    await assert.rejects(catalog.refresh(), /offline/);
  });

  test('an answer without models does not replace a list', async () => {
    const catalog = catalogOf();
    await catalog.refresh();
    for (const empty of [[], {}, null, 'maintenance', { data: [{}] }]) {
      answer = () => Promise.resolve(empty);
      await assert.rejects(catalog.refresh(), /list of models/);
    }
    assert.equal(catalog.models.length, 3);
  });

  test('refreshes at the same time share one request', async () => {
    const catalog = catalogOf();
    await Promise.all([catalog.refresh(), catalog.refresh(), catalog.refresh()]);
    assert.equal(fetches, 1);
    await catalog.refresh();
    assert.equal(fetches, 2);
  });

  test('the list of another API is not used', async () => {
    await catalogOf().refresh();
    answer = () => Promise.reject(new Error('offline'));
    const other = catalogOf({ baseUrl: 'http://127.0.0.1:9/api/v1' });
    await other.load();
    assert.equal(other.find(OPUS.id), null);
  });

  for (const damaged of ['', '{', '{"v":1}', '[]', '{"v":2,"fetchedAtMs":1,"data":[]}']) {
    test(`a stored list that is ${JSON.stringify(damaged)} is as good as none`, async () => {
      stored = damaged;
      const catalog = catalogOf();
      await catalog.load();
      await settled();
      assert.equal(catalog.models.length, 3);
    });
  }

  test('storage that cannot be written does not lose the list', async () => {
    const catalog = catalogOf({
      storage: {
        read: () => Promise.reject(new Error('no')),
        write: () => Promise.reject(new Error('full')),
      },
    });
    await catalog.load();
    await settled();
    assert.equal(catalog.models.length, 3);
  });

  test('the file is replaced whole', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'delegate-catalog-'));
    try {
      const storage = fileStorage(join(folder, 'deep', 'models.json'));
      assert.equal(await storage.read(), null);
      await catalogOf({ storage }).refresh();
      assert.deepEqual(readdirSync(join(folder, 'deep')), ['models.json']);
      answer = () => Promise.reject(new Error('offline'));
      const again = catalogOf({ storage });
      await again.load();
      assert.equal(again.models.length, 3);
      writeFileSync(join(folder, 'file'), '');
      await assert.rejects(fileStorage(join(folder, 'file', 'models.json')).write('x'));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
