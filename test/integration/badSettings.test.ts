import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { poll } from '../support/poll';
import { useMessages } from './support/messages';
import { samples } from './support/samples';
import { ledgerEntries, openText, useSimulator } from './support/stage';

/** A setting without `delegate.`, a value that it cannot have, and what the message must say. */
type Row = readonly [setting: string, value: unknown, problem: RegExp, remedy: RegExp];

const rows: readonly Row[] = [
  ['orchestratorModel', 5, /is 5/, /Write the slug of a model/],
  ['orchestratorModel', '', /No orchestrator model is set/, /Choose one/],
  ['orchestratorModel', 'simulator/no-tools', /does not support tools/, /Choose another/],
  ['workerModel', ['a'], /is a list/, /Write the slug of a model/],
  ['workerModel', '', /No worker model is set/, /Choose one/],
  ['workerModel', 'openrouter:subagent', /name of a tool/, /Write the slug of a model/],
  ['protocol', 'smtp', /is a text/, /Write responses or chat/],
  ['answer', 'loud', /is a text/, /Write spliced or integrated/],
  ['routing', null, /is null/, /Write auto, delegated, worker-first or direct/],
  ['api.baseUrl', 7, /is 7/, /Write an address such as https/],
  ['api.baseUrl', 'not an address', /not-an-address/, /Use https/],
  ['api.baseUrl', 'http://example.com/api', /not-https/, /Use https/],
  ['api.baseUrl', 'https://me:secret@example.com/', /has-credentials/, /without user name/],
  ['api.baseUrl', 'https://example.com/?key=1', /has-query/, /without user name, query/],
  ['worker.maxCompletionTokens', 8, /is 8/, /Write a whole number from 16 to 200000/],
  ['worker.maxCompletionTokens', '4096', /is a text/, /Write a whole number from 16/],
  ['worker.temperature', 3, /is 3/, /Write a number from 0 to 2/],
  ['worker.reasoningEffort', 'extreme', /is a text/, /Write none, minimal, low/],
  ['orchestrator.reasoningEffort', 'extreme', /is a text/, /Write default, none, minimal/],
  ['worker.reasoningMaxTokens', -1, /is -1/, /Write a whole number from 0 to 128000/],
  ['worker.reasoningMaxTokens', 4096, /is 4096/, /below delegate.worker.maxCompletionTokens/],
  ['worker.instructions', { be: 'brief' }, /is an object/, /Write a text/],
  ['worker.tools', 'openrouter:datetime', /is a text/, /Write a list of tool names/],
  ['worker.tools', [{ type: 'function' }], /Function tools cannot/, /Write only openrouter:web/],
  ['worker.tools', ['openrouter:subagent'], /cannot delegate/, /Write only openrouter:web/],
  ['worker.tools', ['openrouter:shell'], /is not a tool for workers/, /Write only openrouter:web/],
  ['worker.tools', [{ type: '' }], /without a type/, /Write only openrouter:web/],
  ['worker.maxToolCalls', 26, /is 26/, /Write a whole number from 1 to 25/],
  ['tasks', ['summarize'], /is a list/, /an object of settings for each task/],
  ['tasks', { summarize: 'cheap' }, /is an object/, /an object of settings for each task/],
  ['tasks', { summarize: { protocol: 'smtp' } }, /protocol in .* wrong/, /Write responses or chat/],
  ['advisor.model', 1, /is 1/, /Write the slug of a model, or an empty text/],
  ['advisor.name', 'a/b', /is a text/, /Write up to 64 letters, digits, blanks/],
  ['advisor.instructions', ['a'], /is a list/, /Write a text, or an empty one/],
  ['fusion.enabled', 'yes', /is a text/, /Write true or false/],
  ['responseCache.enabled', 1, /is 1/, /Write true or false/],
  ['responseCache.ttlSeconds', 0, /is 0/, /Write a whole number from 1 to 86400/],
  ['provider', 'Anthropic', /is a text/, /Write an object of provider preferences/],
  ['provider', { order: 'Anthropic' }, /is an object/, /Write for order a list of names/],
  ['provider', { max_price: 1 }, /is an object/, /Write for max_price an object of prices/],
  ['budget.perRun', -1, /is -1/, /Write an amount in USD such as 0.25, or 0 for off/],
  ['budget.perRun', '0.25', /is a text/, /Write an amount in USD/],
  ['budget.daily', 1e9, /is 1000000000/, /Write an amount in USD/],
  ['budget.monthly', null, /is null/, /Write an amount in USD/],
  ['budget.action', 'blok', /is a text/, /Write block or warn/],
  ['stream.connectTimeoutSeconds', 0, /is 0/, /Write a number from 1 to 600/],
  ['stream.silenceTimeoutSeconds', 'long', /is a text/, /Write a number from 1 to 3600/],
  ['stream.progressTimeoutSeconds', -5, /is -5/, /Write a number from 1 to 7200/],
  ['privacy.maskSecrets', 0, /is 0/, /Write true or false/],
  ['privacy.ignoreFiles', '.gitignore', /is a text/, /Write a list of file names/],
  ['ui.confirmLargeSelectionTokens', 1.5, /is 1.5/, /Write a whole number from 0/],
  ['agentTool.enabled', 'never', /is a text/, /Write true or false/],
  ['chatParticipant.enabled', 0, /is 0/, /Write true or false/],
];

suite('settings that cannot be', () => {
  const simulator = useSimulator();
  const messages = useMessages();
  let editor: vscode.TextEditor;
  let before: number;

  suiteSetup(async () => {
    const [sample] = samples;
    assert.ok(sample);
    editor = await openText(sample.text, sample);
    before = ledgerEntries().length;
  });

  setup(() => {
    messages.length = 0;
    simulator().reset();
  });

  suiteTeardown(() => set('', undefined));

  let current = '';
  /** What the user had set before the suite. */
  const original = new Map<string, unknown>();
  /** Changes one setting of the user's; the one that was changed before has its default again. */
  async function set(setting: string, value: unknown): Promise<void> {
    const configuration = vscode.workspace.getConfiguration('delegate');
    const change = (key: string, to: unknown): Thenable<void> =>
      configuration.update(key, to, vscode.ConfigurationTarget.Global);
    if (current !== '' && current !== setting) await change(current, original.get(current));
    current = setting;
    if (setting === '') return;
    if (!original.has(setting)) {
      original.set(setting, configuration.inspect(setting)?.globalValue);
    }
    await change(setting, value);
  }

  /** What asks a model costs; the list of models is free. */
  function asked(): readonly string[] {
    const posts = simulator().requests.filter(({ method }) => method === 'POST');
    return posts.map(({ path }) => path);
  }

  for (const [setting, value, problem, remedy] of rows) {
    test(`delegate.${setting}: ${JSON.stringify(value)}`, async () => {
      await set(setting, value);
      await vscode.commands.executeCommand('delegate.summarizeSelection');
      const [told = '', ...others] = await poll('a message', () => messages.length > 0 && messages);
      assert.deepEqual(others, []);
      assert.ok(told.includes(`delegate.${setting}`), told);
      assert.match(told, problem);
      assert.match(told, remedy);
      assert.doesNotMatch(told, /secret/);
      assert.deepEqual(asked(), []);
      assert.equal(ledgerEntries().length, before);
      assert.equal(editor.document.isDirty, false);
    });
  }

  test('one of the status bar alone does not keep a run from being made', async () => {
    await set('statusBar.period', 'week');
    await vscode.commands.executeCommand('delegate.summarizeSelection');
    assert.deepEqual(messages, []);
    assert.equal(asked().length, 1);
    assert.equal(ledgerEntries().length, before + 1);
  });

  test('a workspace’s own cannot be either', async () => {
    const configuration = vscode.workspace.getConfiguration('delegate');
    const target = vscode.ConfigurationTarget.Workspace;
    const [sent, written] = [asked().length, ledgerEntries().length];
    await configuration.update('worker.temperature', 'hot', target);
    try {
      await vscode.commands.executeCommand('delegate.summarizeSelection');
      await poll('a message', () => messages.length > 0);
    } finally {
      await configuration.update('worker.temperature', undefined, target);
    }
    assert.match(messages.join(), /delegate\.worker\.temperature is a text.*Write a number from 0/);
    assert.deepEqual([asked().length, ledgerEntries().length], [sent, written]);
  });
});
