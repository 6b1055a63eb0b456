import assert from 'node:assert/strict';
import * as fs from 'node:fs/promises';
import * as os from 'node:os';
import * as path from 'node:path';
import { type Simulator, startSimulator } from '../../../src/simulator';
import { runLive } from '../../live/live';
import { redactBody } from '../../live/redact';
import { random } from '../privacy/fakeSecrets';
import { decodeBody, describeEvents, whole } from '../openrouter/stream/decodeStream';

suite('npm run live', function () {
  this.timeout(60_000);
  let simulator: Simulator;
  let folder: string;
  suiteSetup(async () => {
    simulator = await startSimulator({ pacing: { workerMs: 60, generationMisses: 0 } });
    folder = await fs.mkdtemp(path.join(os.tmpdir(), 'live-'));
  });
  suiteTeardown(async () => {
    await simulator.close();
    await fs.rm(folder, { recursive: true });
  });

  async function live(...args: string[]): Promise<{ code: number; lines: string[] }> {
    const lines: string[] = [];
    const code = await runLive({
      args,
      environment: {
        OPENROUTER_API_KEY: simulator.apiKey,
        OPENROUTER_BASE_URL: simulator.baseUrl,
      },
      write: (line) => lines.push(line),
      lookUpDelaysMs: [5, 5],
    });
    return { code, lines };
  }

  test('says what it costs, prints a line for each assumption, and records the streams', async () => {
    simulator.reset();
    const { code, lines } = await live('--record', folder);
    assert.equal(code, 0);
    assert.match(lines[1] ?? '', /^This costs about \$[\d.]+, at most \$[\d.]+\.$/);
    assert.equal(lines.filter((line) => /^(yes|no|not seen) · /.test(line)).length, 16);
    assert.match(lines.at(-1) ?? '', /^It cost \$[\d.]+\.$/);
    const names = (await fs.readdir(folder)).sort();
    assert.equal(names.length, 3);
    for (const name of names.filter((each) => each.endsWith('-200.sse'))) {
      const bytes = await fs.readFile(path.join(folder, name));
      assert.doesNotMatch(bytes.toString(), new RegExp(simulator.apiKey));
      const protocol = name.startsWith('chat') ? 'chat' : 'responses';
      const contentType = 'text/event-stream';
      const events = describeEvents(decodeBody({ protocol, contentType, chunks: whole(bytes) }));
      assert.match(events.at(-1) ?? '', /^end stop /, name);
    }
  });

  test('sends nothing when it may cost more than is allowed, or without a key', async () => {
    simulator.reset();
    const { code, lines } = await live('--max-cost', '0.0001');
    assert.equal(code, 3);
    assert.equal(lines.at(-1), 'That is more than --max-cost; nothing was sent.');
    const write = (): void => undefined;
    assert.equal(await runLive({ args: [], environment: {}, write }), 2);
    assert.deepEqual(
      simulator.requests.map(({ path: asked }) => asked),
      ['/api/v1/models'],
    );
  });

  test('takes keys and personal details out of what is recorded', () => {
    const otherKey = `gsk_${random('alphanumeric', 52)}`;
    const frame = {
      user_id: 'user_2abcdefghij',
      response: { id: 'gen-1', safety_identifier: 'x', output: [{ encrypted_content: 'gAAA' }] },
      text: `Bearer ${otherKey} of jo@example.org, sk-or-v1-0123456789`,
      user: null,
    };
    const body = `: keepalive\n\ndata: ${JSON.stringify(frame)}\n\ndata: sk-or-v1-77 [DONE]\n\n`;
    const clean = redactBody(body);
    assert.doesNotMatch(clean, new RegExp(`2abcdefghij|gAAA|0123456789|jo@|v1-77|${otherKey}`));
    assert.match(clean, /"id":"gen-1"/);
    assert.match(clean, /"user":null/);
    assert.ok(clean.startsWith(': keepalive\n\ndata: {'));
    assert.equal(redactBody('  {"label":"mine"}'), '  {"label":"redacted"}');
  });
});
