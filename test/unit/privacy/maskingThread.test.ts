import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { maskTexts } from '../../../src/privacy/masking';
import { MaskingError, MaskingThread } from '../../../src/privacy/maskingThread';
import { projectRoot } from '../../support/projectFiles';
import { random } from './fakeSecrets';

const SCRIPT = path.join(projectRoot, 'out/src/privacy/maskingWorker.js');
const NONCE = 'abcd2345';
const secret = `ghp_${random('alphanumeric', 36)}`;
const line = `const token = '${secret}'; use(token);\n`;
const small = [line, `// ${secret}\n`];
const large = [line.repeat(2000), `// ${secret}\n`, `password: ${random('lower', 12)}\n`];

suite('MaskingThread', () => {
  let thread: MaskingThread;
  teardown(() => {
    thread.dispose();
  });

  for (const [size, texts] of Object.entries({ small, large })) {
    test(`masks ${size} texts as the caller's thread would, and puts secrets back`, async () => {
      thread = new MaskingThread({ script: SCRIPT });
      const masked = await thread.mask(texts, NONCE);
      const here = maskTexts(texts, NONCE);
      assert.deepEqual(
        [masked.texts, masked.secrets, masked.secretCount, masked.placeholders],
        [here.texts, here.secrets, here.secretCount, here.placeholders],
      );
      assert.ok(masked.texts.every((text) => !text.includes(secret)));
      assert.deepEqual(
        masked.texts.map((text) => masked.restore(text).text),
        texts,
      );
      assert.deepEqual(masked.placeholdersIn(masked.texts[1] ?? ''), [1]);
    });
  }

  test('several requests at once have secrets of their own', async () => {
    thread = new MaskingThread({ script: SCRIPT });
    const [one, other] = await Promise.all([
      thread.mask(large, NONCE),
      thread.mask([line.repeat(3000)], NONCE),
    ]);
    assert.equal(one.secretCount, 2);
    assert.equal(other.secretCount, 1);
  });

  test('leaves the event loop free meanwhile', async () => {
    thread = new MaskingThread({ script: SCRIPT });
    let turns = 0;
    let isDone = false;
    const count = (): void => {
      turns += 1;
      if (!isDone) setImmediate(count);
    };
    setImmediate(count);
    await thread.mask(['password="'.repeat(40_000)], NONCE);
    isDone = true;
    assert.ok(turns > 20, `${turns} turns`);
  });

  test('small texts need no thread', async () => {
    thread = new MaskingThread({ script: path.join(projectRoot, 'nothing.js'), patienceMs: 0 });
    assert.equal((await thread.mask(small, NONCE)).secretCount, 1);
  });

  test('when the thread cannot start or breaks, texts are masked here', async () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'masking-'));
    const broken = path.join(folder, 'broken.js');
    fs.writeFileSync(
      broken,
      "require('node:worker_threads').parentPort.on('message', () => process.exit(1));",
    );
    try {
      for (const script of [path.join(folder, 'nothing.js'), broken]) {
        thread = new MaskingThread({ script });
        const masked = await thread.mask(large, NONCE);
        assert.ok(masked.texts.every((text) => !text.includes(secret)));
        assert.deepEqual(masked.texts, maskTexts(large, NONCE).texts);
        thread.dispose();
      }
    } finally {
      fs.rmSync(folder, { recursive: true });
    }
  });

  test('what takes too long is refused, and the next text has a new thread', async () => {
    thread = new MaskingThread({ script: SCRIPT, patienceMs: 1 });
    await assert.rejects(thread.mask(['password="'.repeat(100_000)], NONCE), MaskingError);
    thread.dispose();
    thread = new MaskingThread({ script: SCRIPT });
    assert.equal((await thread.mask(large, NONCE)).secretCount, 2);
  });
});
