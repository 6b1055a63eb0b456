import assert from 'node:assert/strict';
import { dirname, join } from 'node:path';
import { ProofThread } from '../../../../src/drafts/proof/proofThread';
import { proveReformat } from '../../../../src/drafts/proof/proof';
import { projectRoot } from '../../../support/projectFiles';
import { SOURCES } from '../sampleSources';
import { parse, syntax } from '../../syntax/service';

const OPTIONS = {
  script: join(projectRoot, 'out/src/drafts/proof/proofWorker.js'),
  grammars: dirname(require.resolve('@vscode/tree-sitter-wasm')),
};

const TEXTS = { base: 'f( 1 )\n', proposed: 'f(1)\n', languageId: 'python' };

suite('ProofThread', () => {
  let thread: ProofThread;
  teardown(() => {
    thread.dispose();
  });

  test('proves what the same thread would', async () => {
    thread = new ProofThread(OPTIONS);
    const results = await Promise.all([
      thread.prove('layout-changed', TEXTS),
      thread.prove('layout-changed', { ...TEXTS, proposed: 'f(2)\n' }),
      thread.prove('comments-added', { ...TEXTS, proposed: '# F.\nf( 1 )\n' }),
    ]);
    assert.deepEqual(
      results.map(({ verdict }) => verdict),
      ['verified', 'changed', 'verified'],
    );
    assert.deepEqual(results[1], await proveReformat({ ...TEXTS, proposed: 'f(2)\n', syntax }));
  });

  test('gives the very trees that a parser here gives', async () => {
    thread = new ProofThread(OPTIONS);
    for (const [languageId, source] of Object.entries(SOURCES)) {
      assert.deepEqual(await thread.parse(languageId, source), await parse(languageId, source));
    }
    assert.equal(await thread.parse('cobol', 'a'), null);
  });

  test('gives up a text that takes too long, and goes on with the next in a new thread', async () => {
    thread = new ProofThread({ ...OPTIONS, patienceMs: 1 });
    const line = `call(a, "b", [1, 2, 3]);\n`;
    const long = line.repeat(20_000);
    const result = await thread.prove('layout-changed', {
      ...TEXTS,
      base: long,
      proposed: `${long}\n`,
    });
    assert.equal(result.verdict === 'unverified' && result.reason, 'too-large');
    await assert.rejects(thread.parse('python', long));
    thread.dispose();
    thread = new ProofThread(OPTIONS);
    assert.equal((await thread.prove('layout-changed', TEXTS)).verdict, 'verified');
  });

  test('a thread that cannot start leaves texts unverified', async () => {
    thread = new ProofThread({ ...OPTIONS, script: join(projectRoot, 'nothing.js') });
    const result = await thread.prove('layout-changed', TEXTS);
    assert.equal(result.verdict === 'unverified' && result.reason, 'grammar-failed');
  });

  test('grammars that are not there leave texts unverified', async () => {
    thread = new ProofThread({ ...OPTIONS, grammars: projectRoot });
    const result = await thread.prove('layout-changed', TEXTS);
    assert.equal(result.verdict === 'unverified' && result.reason, 'grammar-failed');
  });

  test('a thread that is closed answers whoever waits', async () => {
    thread = new ProofThread(OPTIONS);
    const waiting = [thread.prove('layout-changed', TEXTS), thread.prove('layout-changed', TEXTS)];
    thread.dispose();
    const results = await Promise.all(waiting);
    assert.deepEqual(
      results.map((result) => result.verdict === 'unverified' && result.reason),
      ['grammar-failed', 'grammar-failed'],
    );
  });
});
