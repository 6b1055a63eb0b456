import assert from 'node:assert/strict';
import { OUTPUT_CHANNEL_NAME } from '../../src/manifest';
import { seeRun } from './runs';
import { type Stage, useStage } from './stage';

/** Selects code and has it summarized, as a user would. */
async function summarize({ workbench, file }: Stage): Promise<void> {
  await workbench.editor.open(file('typescript/parse.ts'));
  await workbench.editor.selectLines(1, 90);
  await workbench.editor.rightClick('Delegate', 'Summarize selection');
}

suite('A worker whose item is announced bare', () => {
  // Long enough to be looked at while it writes, on a busy machine, too.
  const workerMs = 8000;
  const stage = useStage({
    pacing: { heartbeatMs: 200, workerMs },
    simulator: { shapes: 'recorded' },
    settings: { 'delegate.routing': 'delegated' },
  });

  test('has its name and its model from the plan while it writes, and its time when it is done', async () => {
    const { workbench, simulator } = stage();
    const run = seeRun(stage(), () => summarize(stage()));
    const whileItWrites = await workbench.waitForOutput(
      OUTPUT_CHANNEL_NAME,
      /^- delegated: /m,
      60_000,
    );
    assert.doesNotMatch(whileItWrites, /^- outcome: /m);
    assert.match(whileItWrites, /^- delegated: summarize → ~anthropic\/claude-haiku-latest$/m);
    await workbench.screenshot('bare-item-writing');
    const { section } = await run;
    assert.equal(section.match(/^- delegated: /gm)?.length, 1);
    const time = Number(/^- outcome: summarize · ok · ([\d.]+) s$/m.exec(section)?.[1]);
    assert.ok(time * 1000 >= workerMs * 0.9, section);
    await workbench.runCommand('View: Toggle Maximized Panel');
    await workbench.screenshot('bare-item-done');
    const asked = simulator.requests.filter(({ path }) => path.endsWith('/responses'));
    assert.equal(asked.length, 1);
  });
});

suite('Check models', () => {
  const stage = useStage({ pacing: { heartbeatMs: 20, workerMs: 300, generationMisses: 1 } });

  test('ends with every line, the bill, and what to do', async () => {
    const { workbench } = stage();
    await workbench.runCommand('Delegate: Check models…');
    await workbench.notifications.clickDialog('Check');
    const report = await workbench.waitForOutput(
      OUTPUT_CHANNEL_NAME,
      /^- done · \$[\d.]+$/m,
      60_000,
    );
    assert.equal(report.match(/^- (?:yes|no|not seen) · /gm)?.length, 16);
    await workbench.notifications.waitFor(/This pair of models works as the settings are/);
    await workbench.screenshot('check-models-done');
  });
});

suite('The response cache', () => {
  const stage = useStage({
    pacing: 'fast',
    settings: {
      'delegate.responseCache.enabled': true,
      // What prices decide would make another request of the first run, which is before they come.
      'delegate.routing': 'delegated',
      'delegate.budget.perRun': 0,
    },
  });

  test('answers the same run at no cost, and never one that is asked for again', async () => {
    const { workbench, simulator } = stage();
    const costs: (number | null | undefined)[] = [];
    for (const start of [
      () => summarize(stage()),
      () => summarize(stage()),
      async () => {
        await workbench.runCommand('Delegate: Run again with…');
        await workbench.quickInput.pick('No change');
      },
    ]) {
      const { entry } = await seeRun(stage(), start);
      costs.push(entry?.cost_nano_usd);
    }
    const [first, same, again] = costs;
    assert.ok(first && first > 0);
    assert.deepEqual([same, again], [0, first]);
    const clears = simulator.requests
      .filter(({ path }) => path.endsWith('/responses'))
      .map(({ headers }) => headers['x-openrouter-cache-clear']);
    assert.deepEqual(clears, [undefined, undefined, 'true']);
  });
});
