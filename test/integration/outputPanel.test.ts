import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { OutputPanel } from '../../src/editor/output/outputPanel';
import { poll } from '../support/poll';

suite('output panel', () => {
  test('a long panel keeps its latest sections', async () => {
    const panel = new OutputPanel('Delegate, long');
    try {
      panel.show();
      const number = (section: number): string => `section ${String(section).padStart(4, '0')}`;
      for (let section = 0; section < 202; section += 1) {
        panel.openSection(`\n## ${number(section)}\n\n${'- line\n'.repeat(142)}`).end();
      }
      const text = await poll('the panel to be shortened', () => {
        const shown = vscode.workspace.textDocuments
          .filter(({ uri }) => uri.scheme === 'output')
          .map((document) => document.getText())
          .find((output) => output.includes(number(201)));
        return shown !== undefined && shown.length < 80_000 && shown;
      });
      assert.match(text, /^- Earlier sections were removed/);
      assert.ok(text.includes(number(180)));
      assert.ok(!text.includes(number(100)));
      assert.equal(text.split(number(200)).length, 2, 'nothing is there twice');
    } finally {
      panel.dispose();
    }
  });
});
