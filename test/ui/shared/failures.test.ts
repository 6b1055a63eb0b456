import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { FaultName } from '../../../src/simulator/faults/faults';
import { seeRun } from '../runs';
import { useStage } from '../stage';

/** A fault with what the user reads, what can be done next, and how the run ends. */
const cases: readonly {
  readonly fault: FaultName;
  readonly message: RegExp;
  readonly button: string;
}[] = [
  { fault: '401', message: /did not accept the API key/, button: 'Set API key…' },
  { fault: '402', message: /no credit left/, button: 'Add credits' },
  { fault: '502', message: /provider failed/i, button: 'Run again' },
  {
    fault: 'wrong-content-type',
    message: /did not come from the OpenRouter API/,
    button: 'Test connection',
  },
  { fault: 'reset-after-text', message: /broke off before it was complete/, button: 'Run again' },
  { fault: 'error-integer-code', message: /provider failed|broke off/i, button: 'Run again' },
];

suite('Failures', () => {
  const stage = useStage();

  for (const { fault, message, button } of cases) {
    test(`${fault}: a message that says what to do, and the file untouched`, async () => {
      const { workbench, file, setFault } = stage();
      const source = file('c/bufferutil.c');
      const before = readFileSync(source, 'utf8');
      await workbench.editor.open(source);
      await workbench.editor.selectLines(10, 60);
      setFault(fault);
      const { closing } = await seeRun(stage(), () =>
        workbench.runCommand('Delegate: Reformat selection'),
      );
      assert.match(closing, /^- failed · /);
      await workbench.notifications.waitForButton(message, button);
      await workbench.clearNotifications();
      assert.equal(await workbench.editor.textOf(source), before);
    });
  }

  test('after a failure the next run works', async () => {
    const { workbench, file } = stage();
    await workbench.editor.open(file('c/bufferutil.c'));
    await workbench.editor.selectLines(10, 60);
    const { closing } = await seeRun(stage(), () =>
      workbench.runCommand('Delegate: Summarize selection'),
    );
    assert.match(closing, /^- done · /);
  });
});
