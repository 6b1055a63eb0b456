import assert from 'node:assert/strict';
import { OUTPUT_CHANNEL_NAME } from '../../src/manifest';
import * as vscode from 'vscode';
import { readOutputChannel } from '../host/outputFiles';
import { poll } from '../support/poll';
import { openWhole, put } from './support/folder';
import { useMessages } from './support/messages';
import { ledgerEntries, useSimulator, withSettings } from './support/stage';

const schema = { type: 'array', items: { type: 'string' } };
/** Refers to itself, and follows the answer all the way down. */
const endless = {
  $ref: '#/$defs/list',
  $defs: { list: { type: 'array', items: { $ref: '#/$defs/list' } } },
};

suite('an answer that is nested ten thousand deep', () => {
  useSimulator();
  const messages = useMessages();
  const userData = process.env['DELEGATE_TEST_USER_DATA'] ?? assert.fail('no user data folder');

  for (const [name, given] of Object.entries({
    'a schema': schema,
    'a schema without end': endless,
  })) {
    for (const routing of ['delegated', 'worker-first']) {
      test(`with ${name}, ${routing}: is booked, closed and told of`, async () => {
        await openWhole(put('nested.ts', 'export const one = 1; // TODO: two\n'));
        const panel = (): string => readOutputChannel(userData, OUTPUT_CHANNEL_NAME);
        const [before, booked] = [panel().length, ledgerEntries().length];
        messages.length = 0;
        await withSettings({ workerModel: 'simulator/worker-nests', routing }, async () => {
          const job = { instruction: 'all TODO comments', schema: given };
          await vscode.commands.executeCommand('delegate.extractFromSelection', job);
        });
        assert.equal(ledgerEntries().length, booked + 1);
        assert.notEqual(ledgerEntries().at(-1)?.cost_nano_usd, null);
        const section = await poll('the closing line', () => {
          const text = panel().slice(before);
          return /^- (?:done|failed) · .*\n/m.test(text) && text;
        });
        assert.equal(section.match(/^- (?:done|failed) · /gm)?.length, 1);
        assert.match(section, /^- failed · /m);
        assert.equal(messages.length, 1, messages.join());
        assert.match(messages.join(), /does not have the form that was asked for/);
        assert.match(section, /nested too deeply/);
      });
    }
  }
});
