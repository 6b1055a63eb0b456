import assert from 'node:assert/strict';
import { formatUsd } from '../../src/common/money';
import { STATUS_BAR_ID } from '../../src/manifest';
import { assertNothingLeaks, seeRun } from './runs';
import { useStage } from './stage';

suite('Text tasks', () => {
  const stage = useStage({ pacing: { heartbeatMs: 200, workerMs: 900 } });

  test('the palette offers the commands that make sense now', async () => {
    const offered = await stage().workbench.offeredCommands('Delegate: ');
    const now = [
      'Summarize selection',
      'Extract from selection…',
      'Run task…',
      'Show cost',
      'Set budget…',
      'Set API key…',
      'Sign in to OpenRouter',
      'Test connection',
      'Try the offline demo',
    ].map((title) => `Delegate: ${title}`);
    for (const title of now) assert.ok(offered.includes(title), `${title} is missing`);
    for (const title of ['Apply draft', 'Cancel run', 'Open draft…', 'Stop the offline demo']) {
      assert.ok(!offered.includes(`Delegate: ${title}`), `${title} makes no sense now`);
    }
  });

  for (const name of ['typescript/parse.ts', 'python/ninja_syntax.py', 'c/bufferutil.c']) {
    test(`a summary of ${name} shows life, delegation and the bill`, async () => {
      const { workbench, simulator, file } = stage();
      await workbench.editor.open(file(name));
      await workbench.editor.selectLines(1, 90);
      const { section, closing, entry } = await seeRun(stage(), () =>
        workbench.editor.rightClick('Delegate', 'Summarize selection'),
      );
      await workbench.waitForAnnouncement(/Delegate: Summarize.*done · .*\$/);
      assert.match(section, /^- alive · waiting \d+ s$/m);
      assert.match(section, /^- delegated: \S+ → \S+$/m);
      assert.match(section, /^- outcome: \S+ · ok(?: · [\d.]+ s)?$/m);
      assert.match(
        closing,
        /^- done · [\d.]+ s · \$[\d.]+ · [\d,]+ in \/ [\d,]+ out · 1 delegation/,
      );
      const bill = simulator.bills.get(entry?.generation_id ?? '');
      assert.equal(entry?.cost_nano_usd, bill);
      assert.ok(closing.includes(formatUsd(bill ?? Number.NaN)), closing);
      assertNothingLeaks(stage(), [name.split('/')[1] ?? '', simulator.apiKey]);
    });
  }

  test('the status bar adds up what the runs cost, and its hover says more', async () => {
    const { workbench, simulator } = stage();
    const total = [...simulator.bills.values()].reduce((sum, bill) => sum + bill, 0);
    assert.ok(total > 0);
    const text = await workbench.statusBar.waitFor(STATUS_BAR_ID, /^\$[\d.]+$/);
    assert.equal(text, formatUsd(total));
    const hover = await workbench.statusBar.hover(STATUS_BAR_ID);
    assert.ok(hover.includes(formatUsd(total)), hover);
    assert.match(hover, /Show cost/);
  });
});
