import assert from 'node:assert/strict';
import {
  ALL_IN_PLACE,
  type MaskedRequest,
  type PlaceholderReport,
  maskRequest,
} from '../../../../src/delegation/request/maskedRequest';
import { prepareRun } from '../../../../src/delegation/route/prepare';
import type { Outcome, RunEvent, RunRequest, RunResult } from '../../../../src/delegation/run/run';
import { maskHere } from '../../../../src/privacy/maskingThread';
import { stringPlaces } from '../../../support/stringPlaces';
import { allWires, firstWire, requestWith } from '../kit';

/** Put together at run time, so that no scanner takes this file for a leak. */
const secret = ['ghp', 'A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8'].join('_');
const text = `const token = '${secret}';\nuse(token);\n`;

/** What a view shows of an answer that comes in pieces of `size`. */
function shown(answer: string, size: number, masked: MaskedRequest): string {
  const pieces = answer.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? [];
  const events = pieces.map((piece): RunEvent => ({ type: 'answer-delta', text: piece }));
  const restored = events.map((event) => masked.restoreEvent(event));
  return (
    restored.map((event) => (event.type === 'answer-delta' ? event.text : '')).join('') +
    masked.restoreTail()
  );
}

const models = { find: () => null };

suite('maskRequest', () => {
  test('nothing secret is in the request, and its lines stay', async () => {
    const { request, secretCount } = await maskRequest(requestWith({ text }), 'k7qm2xw9', maskHere);
    assert.equal(secretCount, 1);
    assert.ok(!request.selection.text.includes(secret));
    assert.equal(request.selection.text.split('\n').length, text.split('\n').length);
  });

  test('models are told to keep placeholders, and only where there are any', async () => {
    const rule = /Copy words like MASKED_SECRET_/;
    for (const routing of ['delegated', 'direct'] as const) {
      const wireOf = async (selected: string): Promise<string> => {
        const plain = requestWith({ text: selected });
        const { request } = await maskRequest(
          { ...plain, settings: { ...plain.settings, routing } },
          'k7qm2xw9',
          maskHere,
        );
        const prepared = prepareRun(request, { models, random: () => 1, nowMs: 0 });
        if (prepared instanceof Error) throw prepared;
        return JSON.stringify(firstWire(prepared).body);
      };
      assert.match(await wireOf(text), rule);
      assert.doesNotMatch(await wireOf('use(1);\n'), rule);
    }
  });

  for (const size of [1, 7, 1000]) {
    test(`an answer in pieces of ${size} is shown whole, with its secrets`, async () => {
      const masked = await maskRequest(requestWith({ text }), 'k7qm2xw9', maskHere);
      assert.equal(shown(masked.request.selection.text, size, masked), text);
    });

    test(`an answer in pieces of ${size} that ends like the start of a placeholder is shown whole`, async () => {
      const masked = await maskRequest(requestWith({ text }), 'k7qm2xw9', maskHere);
      const placeholder = /MASKED_\w+/.exec(masked.request.selection.text)?.[0] ?? '';
      const answer = `The end is ${placeholder.slice(0, 8)}`;
      assert.equal(shown(answer, size, masked), answer);
    });
  }
});

suite('a secret in any text of a request', () => {
  const plain = requestWith({ text: 'const a = 1;\nuse(a);\n' });
  const full: RunRequest = {
    ...plain,
    instruction: 'Do it.',
    selection: {
      ...plain.selection,
      symbols: [{ name: 'use', kind: 'function', startLine: 1, endLine: 2, depth: 0 }],
    },
    schema: { type: 'object', properties: { a: { type: 'string', description: 'A word.' } } },
    task: {
      ...plain.task,
      answer: 'json',
      worker: { instructions: 'Be brief.', tools: [{ type: 'openrouter:web_search' }] },
      schema: { type: 'object' },
    },
    settings: {
      ...plain.settings,
      provider: { order: ['one'], data_collection: 'deny' },
      advisorModel: 'a/b',
      worker: { ...plain.settings.worker, instructions: 'House style.' },
    },
  };

  const wiresOf = (request: RunRequest): string[] =>
    (['responses', 'chat'] as const).flatMap((protocol) =>
      (['delegated', 'direct', 'worker-first'] as const).flatMap((routing) =>
        (['outline', 'full'] as const).map((context) => {
          const prepared = prepareRun(
            {
              ...request,
              task: { ...request.task, context },
              settings: { ...request.settings, protocol, routing },
            },
            { models, random: () => 1, nowMs: 0, canProve: true },
          );
          return prepared instanceof Error ? '' : JSON.stringify(allWires(prepared));
        }),
      ),
    );

  /** What has a few fixed values only, and the id, which is ours. */
  const fixed = /^\/(?:id|task\/(?:answer|context)|settings\/(?:protocol|routing|answer))$/;
  const places = stringPlaces(full).filter(({ path }) => !fixed.test(path));

  test('the plain request is sent on every route', async () => {
    const { request } = await maskRequest(full, 'k7qm2xw9', maskHere);
    for (const wire of wiresOf(request)) assert.ok(wire.length > 100);
    assert.ok(places.length > 20, String(places.length));
  });

  for (const { path, put } of places) {
    test(`never reaches the wire from ${path}`, async () => {
      for (const text of [secret, `${'x'.repeat(3)} ${secret} y`]) {
        const { request } = await maskRequest(put(text) as RunRequest, 'k7qm2xw9', maskHere);
        assert.ok(!JSON.stringify(request).includes(secret));
        for (const wire of wiresOf(request)) {
          assert.ok(!wire.includes(secret.slice(0, 16)), wire);
        }
      }
    });
  }

  test('whose name gives it away is masked in a schema too', async () => {
    const schema = { properties: { password: { default: 'hunter2' } }, title: 'x' };
    const { request } = await maskRequest({ ...full, schema }, 'k7qm2xw9', maskHere);
    assert.ok(!JSON.stringify(request).includes('hunter2'));
  });

  test('is masked where the outline shows a name that the selection gave away', async () => {
    const text = 'password: hunter2hunter\n';
    const symbols = [{ name: 'hunter2hunter', kind: 'string', startLine: 1, endLine: 1, depth: 0 }];
    const request = { ...full, selection: { ...full.selection, text, symbols } };
    const masked = await maskRequest(request, 'k7qm2xw9', maskHere);
    for (const wire of wiresOf(masked.request)) assert.ok(!wire.includes('hunter2'));
  });
});

suite('what became of placeholders in an edit', () => {
  const two = `a = '${secret}';\npassword = "tr0ub4dor9";\n`;
  let [sent, first, second] = ['', '', ''];
  let masked: MaskedRequest;
  suiteSetup(async () => {
    masked = await maskRequest(requestWith({ text: two }), 'k7qm2xw9', maskHere);
    sent = masked.request.selection.text;
    [first = '', second = ''] = sent.match(/MASKED_\w+/g) ?? [];
  });
  const reportOf = (outcome: Outcome): PlaceholderReport => {
    const texts = { status: 'completed', notes: '', rawAnswer: '', partialAnswer: '' };
    return masked.restoreResult({ ...texts, outcome } as unknown as RunResult).placeholders;
  };
  const reportOn = (text: string): PlaceholderReport => reportOf({ format: 'replacement', text });

  test('all in place is nothing to report', () => {
    assert.deepEqual(reportOn(sent), ALL_IN_PLACE);
  });

  test('one that is missing is counted', () => {
    assert.deepEqual(reportOn(sent.replace(first, '')), { ...ALL_IN_PLACE, missing: 1 });
  });

  test('one that is doubled is counted', () => {
    assert.deepEqual(reportOn(sent + second), { ...ALL_IN_PLACE, repeated: 1 });
  });

  test('two that are swapped are told', () => {
    const swapped = sent.replace(first, '@').replace(second, first).replace('@', second);
    assert.deepEqual(reportOn(swapped), { ...ALL_IN_PLACE, isReordered: true });
  });

  test('one that was never issued is counted', () => {
    const made = first.replace(/\d\d$/, '77');
    assert.deepEqual(reportOn(sent + made), { ...ALL_IN_PLACE, unknown: 1 });
  });

  test('what is documented keeps its name', () => {
    const outcome: Outcome = {
      format: 'insertions',
      insertions: [{ line: 1, text: `Uses ${first}.`, name: 'a' }],
    };
    const restored = masked.restoreOutcome(outcome);
    assert.deepEqual(restored, {
      format: 'insertions',
      insertions: [{ line: 1, text: `Uses ${secret}.`, name: 'a' }],
    });
  });

  test('a comment that would spread a secret is told', () => {
    const insertions = [{ line: 1, text: `Uses ${first}.` }];
    assert.equal(reportOf({ format: 'insertions', insertions }).repeated, 1);
  });
});
