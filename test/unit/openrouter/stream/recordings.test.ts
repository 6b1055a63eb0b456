import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { StreamEvent } from '../../../../src/openrouter/streamEvent';
import { byteByByte, decodeBody, describeEvents, whole } from './decodeStream';

/**
 * A folder of answers as servers sent them: `chat-….sse`, `responses-….json` and so on, such as
 * `npm run live -- --record` writes. They hold what others wrote and so are not in the repository.
 */
const folder = process.env['DELEGATE_RECORDINGS'];

const names =
  folder === undefined
    ? []
    : fs
        .readdirSync(folder)
        .filter((name) => /^(?:chat|responses)-.*-200\.(?:sse|json)$/.test(name));

function decode(name: string, cut: typeof whole): readonly StreamEvent[] {
  const bytes = fs.readFileSync(path.join(folder ?? '', name));
  return decodeBody({
    protocol: name.startsWith('chat-') ? 'chat' : 'responses',
    contentType: name.endsWith('.json') ? 'application/json' : 'text/event-stream',
    chunks: cut(bytes),
  });
}

/** The last record of usage in the recording itself, found without our decoders. */
function recordedCost(name: string): number | null {
  const text = fs.readFileSync(path.join(folder ?? '', name), 'utf8');
  const costs = [...text.matchAll(/"cost":\s*([0-9.e-]+)/g)].map((match) => Number(match[1]));
  return costs.at(-1) ?? null;
}

suite('recordings of live answers', () => {
  if (names.length === 0) test('are not here');
  for (const name of names) {
    test(`${name} has one end, and its cost, whole and byte by byte`, () => {
      const events = decode(name, whole);
      const lines = describeEvents(events).filter((line) => line !== 'heartbeat');
      const cut = describeEvents(decode(name, byteByByte)).filter((line) => line !== 'heartbeat');
      assert.deepEqual(cut, lines);
      assert.equal(lines.filter((line) => /^(?:end|error) /.test(line)).length, 1);
      assert.match(lines.at(-1) ?? '', name.includes('error') ? /^error / : /^end stop /);
      const usage = events.findLast((event) => event.type === 'usage-available');
      const cost = recordedCost(name);
      assert.equal(usage?.usage.costNanoUsd ?? null, cost === null ? null : Math.round(cost * 1e9));
      if (!name.includes('error')) assert.ok(events.some((event) => event.type === 'text-delta'));
    });
  }
});
