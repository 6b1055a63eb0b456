import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { AGENT_TOOL, OUTPUT_CHANNEL_NAME } from '../../src/manifest';
import { readLedger } from '../host/ledgerFiles';
import { poll } from '../support/poll';
import { assertNothingLeaks, seeRun } from './runs';
import { useStage } from './stage';

const SECRET = ['ghp', 'Zk3Rr9Qw7Lm2Xc5Vb8Nn1Pp4Ss6Tt0Yy2Gg5'].join('_');
const PIXEL = 'http://127.0.0.1:9/pixel.png';
const HOSTILE = `see ![pixel](${PIXEL}) and [go](command:delegate.startDemo) there`;

function prepare(workspace: string): void {
  const write = (name: string, text: string): void => {
    const file = path.join(workspace, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  };
  write('notes.ts', `// TODO: drop ${SECRET}\n// TODO: ${HOSTILE}\nexport const one = 1;\n`);
  write('.delegateignore', 'private.ts\n');
  write('private.ts', 'export const answer = 42;\n');
  write('.vscode/delegate/explain.md', '---\ntitle: Explain it\n---\nExplain this code.\n');
}

suite('Chat', () => {
  const stage = useStage({
    chat: 'on',
    pacing: { heartbeatMs: 300, workerMs: 1500 },
    prepare,
  });

  async function openNotes(): Promise<void> {
    const { workbench, file } = stage();
    await workbench.editor.open(file('notes.ts'));
    await workbench.editor.selectAll();
  }

  test('@delegate /summarize streams the answer and says what it cost', async () => {
    const { workbench, file, simulator } = stage();
    await workbench.editor.open(file('typescript/errors.ts'));
    await workbench.editor.selectLines(1, 40);
    await workbench.chat.open();
    await workbench.chat.waitForModel();
    const { entry } = await seeRun(stage(), async () => {
      await workbench.chat.send('@delegate /summarize ');
      await workbench.chat.waitForAnswer(/alive · waiting|worker writes|plans/);
      await workbench.screenshot('chat-progress');
    });
    await workbench.chat.waitForAnswer(
      /ErrorType[^]*done · [\d.]+ s · \$0\.\d+ [^]*1 delegation[^]*Show cost/,
    );
    await workbench.screenshot('chat-summary');
    assert.equal(entry?.route, 'summarize');
    assert.equal(entry.cost_nano_usd, simulator.bills.get(entry.generation_id ?? ''));
    assertNothingLeaks(stage(), ['errors.ts', 'ErrorType', simulator.apiKey]);
  });

  test('/docstring opens a draft, which a button applies', async () => {
    const { workbench, file } = stage();
    await workbench.editor.open(file('typescript/stream.ts'));
    await workbench.editor.selectAll();
    const before = await workbench.editor.text();
    await workbench.chat.send('@delegate /docstring ');
    await workbench.chat.waitForAnswer(
      /A draft is open[^]*verified: only comments[^]*done ·[^]*Discard draft/,
    );
    await workbench.screenshot('chat-draft');
    await workbench.diff.waitOpen();
    await workbench.chat.click('Apply draft');
    await workbench.editor.waitForTab('stream.ts');
    assert.notEqual(await workbench.editor.text(), before);
    await workbench.runCommand('File: Revert File');
  });

  test('masked secrets stay masked, and what a model wrote starts nothing', async () => {
    const { workbench } = stage();
    const requested: string[] = [];
    workbench.page.on('request', (request) => requested.push(request.url()));
    await openNotes();
    await workbench.chat.send('@delegate /extract all TODO comments');
    const text = await workbench.chat.waitForAnswer(/MASKED_SECRET[^]*pixel[^]*done · /);
    await workbench.screenshot('chat-hostile');
    assert.ok(!text.includes(SECRET));
    assert.ok(workbench.outputText(OUTPUT_CHANNEL_NAME).includes(SECRET));
    const answer = workbench.chat.lastAnswer();
    assert.equal(await answer.locator('img[src*="pixel"]').count(), 0);
    assert.equal(await answer.locator('[data-href^="command:"], [href^="command:"]').count(), 0);
    assert.ok(!requested.some((url) => url.includes('pixel.png')), requested.join());
  });

  test('a recipe runs by its name, and what lacks words says what to write', async () => {
    const { workbench } = stage();
    await openNotes();
    await workbench.chat.send('@delegate /recipe nothing');
    await workbench.chat.waitForAnswer(/name of a recipe after \/recipe: explain/);
    await workbench.chat.send('@delegate /refactor ');
    await workbench.chat.waitForAnswer(/Write what should change/);
    const { section } = await seeRun(stage(), () =>
      workbench.chat.send('@delegate /recipe explain'),
    );
    assert.match(section, /^## Explain it · notes\.ts:1-3/);
    await workbench.chat.waitForAnswer(/done · .*Show cost/s);
  });

  test('an error has its words and its ways out', async () => {
    const { workbench, setFault } = stage();
    await openNotes();
    setFault('502');
    await workbench.chat.send('@delegate explain this');
    await workbench.chat.waitForAnswer(/failed · [^]*Run again[^]*The provider failed/);
    await workbench.screenshot('chat-error');
    setFault(null);
    const { section } = await seeRun(stage(), () => workbench.chat.click('Run again'));
    assert.match(section, /^## Instruction · notes\.ts:1-3[^]*- done · /);
  });

  test('what is referred to goes before the editor’s selection', async () => {
    const { workbench } = stage();
    await openNotes();
    const { section } = await seeRun(stage(), () =>
      workbench.runCommand('Companion: Refer to types.ts'),
    );
    assert.match(section, /^## Summarize · types\.ts:1-\d+/);
  });

  test('what an ignore file keeps out is not sent', async () => {
    const { workbench, file, simulator } = stage();
    await workbench.editor.open(file('private.ts'));
    await workbench.editor.selectAll();
    simulator.reset();
    await workbench.chat.send('@delegate /reformat ');
    await workbench.chat.waitForAnswer(/line 1 of \.delegateignore/);
    assert.ok(!simulator.requests.some(({ path: url }) => url.includes('responses')));
  });

  test('without a selection it is the function around the cursor; the editor’s Stop ends the run', async () => {
    const { workbench, file, setFault } = stage();
    await workbench.editor.open(file('typescript/stream.ts'));
    await workbench.editor.goTo(80);
    setFault('heartbeats-forever');
    const { section, closing, entry } = await seeRun(stage(), async () => {
      await workbench.chat.send('@delegate /summarize ');
      await workbench.chat.waitForAnswer(/alive · waiting/);
      await workbench.chat.stop();
    });
    assert.match(section, /^## Summarize · stream\.ts:7\d-9\d/);
    assert.match(closing, /^- cancelled · /);
    assert.equal(entry?.status, 'cancelled');
  });

  test('an agent’s call of the tool is asked for first', async () => {
    const { workbench } = stage();
    const before = readLedger(workbench.userDataDir).length;
    const input = { task: 'summarize', file: 'typescript/parse.ts', endLine: 30 };
    await workbench.chat.send(`call ${AGENT_TOOL} ${JSON.stringify(input)}`);
    await workbench.chat.waitForText(/Sent\sto\sOpenRouter:\sparse\.ts:1-30\s\(~\d+\stokens\)/);
    await workbench.screenshot('chat-tool');
    assert.equal(readLedger(workbench.userDataDir).length, before);
    await workbench.chat.allow();
    await workbench.chat.waitForAnswer(/Delegate: done · /);
    await poll('an entry', () => readLedger(workbench.userDataDir).length > before);
  });
});
