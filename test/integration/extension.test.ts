import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { COMMANDS } from '../../src/manifest';
import { samples } from './support/samples';
import { openText, useSimulator } from './support/stage';

suite('extension', () => {
  const simulator = useSimulator();

  suiteSetup(async () => {
    await vscode.extensions.getExtension('delegate-editor.delegate')?.activate();
  });

  test('runs in the version of VS Code that was asked for', () => {
    assert.equal(vscode.version, process.env['DELEGATE_TEST_VSCODE']);
  });

  test('registers every command of the manifest and no other', async () => {
    const registered = await vscode.commands.getCommands(true);
    // VS Code's own `delegate.editor.…` would come from a view or a submenu.
    const own = registered.filter((id) => /^delegate\.[a-zA-Z]+$/.test(id));
    assert.deepEqual(own.sort(), [...COMMANDS].sort());
  });

  test('the key goes along as a bearer token and nowhere else', async () => {
    const [sample] = samples;
    assert.ok(sample);
    await openText(sample.text, sample);
    await vscode.commands.executeCommand('delegate.summarizeSelection');
    const { requests, apiKey } = simulator();
    const runs = requests.filter(({ path }) => path.endsWith('/responses'));
    assert.equal(runs.length, 1);
    for (const { headers } of runs) assert.equal(headers.authorization, `Bearer ${apiKey}`);
    for (const { path, body } of requests) {
      assert.ok(!`${path}${JSON.stringify(body)}`.includes(apiKey), path);
    }
  });
});
