import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decodeEntry, encodeEntry } from '../../../../src/accounting/ledger/entryCodec';
import { entryFromRecord, entryOfLostRun } from '../../../../src/accounting/ledger/entryFromRecord';
import type { LedgerEntry } from '../../../../src/accounting/ledger/ledgerEntry';
import { formatRoutingLine } from '../../../../src/accounting/ledger/routingLog';
import type { RunRecord } from '../../../../src/delegation/run/run';
import { entryOf, plannedRun } from '../support/ledgerFixtures';

/** The product contract's list, in its order. */
const CONTRACTED =
  'v id at route project requests protocol routing orchestrator_model worker_model did_enable_delegation delegations status finish_reason prompt_tokens completion_tokens total_tokens cost_nano_usd cost_source direct_estimate_nano_usd generation_id duration_ms demo'.split(
    ' ',
  );

const record: RunRecord = {
  id: 'run-1',
  route: 'summarize',
  project: 'atlas',
  requests: 1,
  protocol: 'responses',
  routing: 'delegated',
  orchestratorModel: 'a/big',
  workerModel: 'b/small',
  didEnableDelegation: true,
  delegations: { requested: 2, ok: 1, failed: 1 },
  status: 'completed',
  finishReason: { unified: 'stop', raw: 'end_turn' },
  usage: {
    promptTokens: 10,
    completionTokens: 20,
    totalTokens: 30,
    cachedTokens: 5,
    costNanoUsd: 6_100_000,
    isByok: false,
    toolCallsExecuted: 2,
  },
  generationId: 'gen-1',
  startedAtMs: Date.parse('2026-03-14T12:00:00Z'),
  directEstimateNanoUsd: 27_000_000,
  durationMs: 14_200.4,
  wasSent: true,
};

const context = { demo: false };

const anyEntry: fc.Arbitrary<LedgerEntry> = fc.record({
  v: fc.constant(1),
  id: fc.string({ minLength: 1, unit: 'binary' }),
  at: fc
    .date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
    .map((date) => date.toISOString()),
  route: fc.string({ minLength: 1 }),
  project: fc.string({ maxLength: 64 }),
  requests: fc.nat({ max: 21 }),
  protocol: fc.constantFrom('responses', 'chat'),
  routing: fc.constantFrom('delegated', 'worker-first', 'direct'),
  orchestrator_model: fc.string({ minLength: 1 }),
  worker_model: fc.string(),
  did_enable_delegation: fc.boolean(),
  delegations: fc.record({ requested: fc.nat(), ok: fc.nat(), failed: fc.nat() }),
  status: fc.constantFrom('completed', 'failed', 'cancelled', 'refused'),
  finish_reason: fc.option(fc.string({ minLength: 1 })),
  prompt_tokens: fc.option(fc.nat()),
  completion_tokens: fc.option(fc.nat()),
  total_tokens: fc.option(fc.nat()),
  cost_nano_usd: fc.nat(2 ** 43),
  cost_source: fc.constantFrom('billed', 'reconciled'),
  direct_estimate_nano_usd: fc.option(fc.nat(2 ** 43)),
  generation_id: fc.option(fc.string({ minLength: 1 })),
  duration_ms: fc.nat(),
  demo: fc.boolean(),
});

suite('ledger entry', () => {
  test('a line has exactly the contracted fields in their order', () => {
    const row = JSON.parse(encodeEntry(entryOf())) as LedgerEntry;
    assert.deepEqual(Object.keys(row), CONTRACTED);
    assert.deepEqual(Object.keys(row.delegations), ['requested', 'ok', 'failed']);
  });

  test('what a wider object carries does not reach the line', () => {
    const wide = {
      ...entryOf(),
      prompt: 'secret',
      delegations: { requested: 1, ok: 1, failed: 0, outcome: 'secret' },
    };
    assert.ok(!encodeEntry(wide).includes('secret'));
  });

  test('the routing log has the same fields and nothing more', () => {
    assert.deepEqual(Object.keys(JSON.parse(formatRoutingLine(entryOf())) as object), CONTRACTED);
    assert.ok(!formatRoutingLine(entryOf()).includes('\n'));
  });

  test('writing and reading gives the same entry, on one line', () => {
    fc.assert(
      fc.property(anyEntry, (entry) => {
        const line = encodeEntry(entry);
        assert.ok(!/[\r\n]/.test(line));
        assert.deepEqual(decodeEntry(line), { ...entry, delegations: { ...entry.delegations } });
      }),
    );
  });

  test('nothing that a line may hold makes reading fail', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.object().map((value) => JSON.stringify(value)),
        ),
        (line) => {
          const entry = decodeEntry(line);
          if (entry) assert.ok(entry.cost_nano_usd === null || entry.cost_nano_usd >= 0);
        },
      ),
    );
  });

  test('any field replaced by anything is read as something of its type', () => {
    fc.assert(
      fc.property(fc.constantFrom(...CONTRACTED), fc.jsonValue(), (field, value) => {
        const entry = decodeEntry(JSON.stringify({ ...entryOf(), [field]: value }));
        if (!entry) return;
        assert.equal(entry.cost_nano_usd === null, entry.cost_source === 'unknown');
        assert.ok(Number.isSafeInteger(entry.delegations.requested));
        assert.ok(!Number.isNaN(Date.parse(entry.at)));
        assert.deepEqual(decodeEntry(encodeEntry(entry)), entry);
      }),
    );
  });

  test('a line of a later version with unknown fields is read', () => {
    const line = JSON.stringify({ ...entryOf({ id: 'x' }), v: 2, colour: 'red' });
    assert.equal(decodeEntry(line)?.id, 'x');
    assert.equal(decodeEntry(line)?.cost_nano_usd, 6_100_000);
  });

  test('a cost that is no count of nano-USD is unknown', () => {
    for (const cost of [-1, 0.5, '7', true, {}, 1e300]) {
      const entry = decodeEntry(JSON.stringify({ ...entryOf(), cost_nano_usd: cost }));
      assert.equal(entry?.cost_nano_usd, null);
      assert.equal(entry.cost_source, 'unknown');
    }
  });

  test('names that are longer than a reader takes are cut where they are written', () => {
    const long = 'x'.repeat(100_000);
    const line = encodeEntry(
      entryOf({
        id: long,
        route: long,
        project: long,
        orchestrator_model: long,
        worker_model: long,
        finish_reason: long,
        generation_id: long,
      }),
    );
    assert.ok(line.length < 16_384, `${line.length}`);
    assert.equal(decodeEntry(line)?.worker_model.length, 256);
  });

  test('a line of an older version has one request and no project', () => {
    const { project, requests, ...old } = entryOf();
    assert.deepEqual([project, requests], ['', 1]);
    assert.deepEqual(decodeEntry(JSON.stringify(old)), entryOf({ id: old.id }));
  });

  test('lines without id or time are unreadable', () => {
    for (const line of [
      '',
      '{}',
      '[]',
      'null',
      '{"id":"x"}',
      '{"id":"","at":"2026-01-01T00:00:00Z"}',
      '{"id":"x","at":"yesterday"}',
      '{"id":"x","at":"+012026-01-01T00:00:00Z"}',
      encodeEntry(entryOf()).slice(0, -20),
    ]) {
      assert.equal(decodeEntry(line), null, line);
    }
  });
});

suite('ledger entry of a run', () => {
  test('takes the numbers of the record', () => {
    assert.deepEqual(entryFromRecord(record, context), {
      v: 1,
      id: 'run-1',
      at: '2026-03-14T12:00:00.000Z',
      route: 'summarize',
      project: 'atlas',
      requests: 1,
      protocol: 'responses',
      routing: 'delegated',
      orchestrator_model: 'a/big',
      worker_model: 'b/small',
      did_enable_delegation: true,
      delegations: { requested: 2, ok: 1, failed: 1 },
      status: 'completed',
      finish_reason: 'stop',
      prompt_tokens: 10,
      completion_tokens: 20,
      total_tokens: 30,
      cost_nano_usd: 6_100_000,
      cost_source: 'billed',
      direct_estimate_nano_usd: 27_000_000,
      generation_id: 'gen-1',
      duration_ms: 14_200,
      demo: false,
    });
  });

  test('a run without usage, or with usage without cost, is unknown', () => {
    const withoutUsage = entryFromRecord({ ...record, usage: null }, context);
    assert.equal(withoutUsage.cost_nano_usd, null);
    assert.equal(withoutUsage.cost_source, 'unknown');
    assert.equal(withoutUsage.prompt_tokens, null);
    const usage = record.usage && { ...record.usage, costNanoUsd: null };
    const withoutCost = entryFromRecord({ ...record, usage }, context);
    assert.equal(withoutCost.cost_source, 'unknown');
    assert.equal(withoutCost.prompt_tokens, 10);
  });

  test('a cost of 0 is billed', () => {
    const usage = record.usage && { ...record.usage, costNanoUsd: 0 };
    const entry = entryFromRecord({ ...record, usage }, context);
    assert.equal(entry.cost_nano_usd, 0);
    assert.equal(entry.cost_source, 'billed');
  });

  test('the name of a recipe, which is a file name, stays out', () => {
    assert.equal(entryFromRecord({ ...record, route: 'recipe:my-notes' }, context).route, 'recipe');
  });

  test('a run whose end nobody saw failed at unknown cost', () => {
    const entry = entryOfLostRun(plannedRun({ id: 'lost' }), 'gen-9');
    assert.equal(entry.id, 'lost');
    assert.equal(entry.status, 'failed');
    assert.equal(entry.cost_source, 'unknown');
    assert.equal(entry.generation_id, 'gen-9');
  });

  test('a lost run with a request that nobody named cannot be looked up', () => {
    const run = plannedRun({ requests: 2 });
    assert.equal(entryOfLostRun(run, 'gen-1').generation_id, null);
    assert.equal(entryOfLostRun(run, 'gen-1 gen-2').generation_id, 'gen-1 gen-2');
  });
});
