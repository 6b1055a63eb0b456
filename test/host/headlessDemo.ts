import { readFileSync } from 'node:fs';
import path from 'node:path';
import { formatUsd } from '../../src/common/money';
import type { Simulator } from '../../src/simulator/index';
import { OUTPUT_CHANNEL_NAME, STATUS_BAR_ID } from '../../src/manifest';
import { Workbench } from '../ui/driver/workbench';
import { poll } from '../support/poll';
import { readLedger } from './ledgerFiles';
import { packagedExtension } from './packagedExtension';
import { simulatorEnvironment } from './simulatorEnvironment';

const sampleFile = 'typescript/parse.ts';
const runTimeoutMs = 90_000;

/** What there was to see of one run. */
interface Sighting {
  readonly output: string;
  readonly statusText: string;
  readonly ledgerLine: string;
  readonly costNanoUsd: number;
  readonly screenshot: string;
}

/** Summarizes a function of the sample workspace. @returns the exit code. */
export async function runHeadlessDemo(stage: {
  readonly workspace: string;
  readonly simulator: Simulator;
}): Promise<number> {
  const workbench = await Workbench.open({
    folder: stage.workspace,
    extension: { vsix: packagedExtension() },
    env: simulatorEnvironment(stage.simulator),
  });
  try {
    const sighting = await summarize(workbench, path.join(stage.workspace, sampleFile));
    print(sighting);
    const problems = missingFrom(sighting);
    for (const problem of problems) console.error(`Missing: ${problem}`);
    return problems.length === 0 ? 0 : 1;
  } catch (error) {
    console.error(`Screenshot: ${await workbench.screenshot('demo-failed')}`);
    throw error;
  } finally {
    await workbench.close();
  }
}

async function summarize(workbench: Workbench, file: string): Promise<Sighting> {
  await workbench.statusBar.waitFor(STATUS_BAR_ID, /\$/);
  await workbench.editor.open(file);
  const [first, last] = longestFunction(readFileSync(file, 'utf8'));
  await workbench.editor.selectLines(first, last);
  await workbench.runCommand('Delegate: Summarize selection');
  const output = await workbench.waitForOutput(
    OUTPUT_CHANNEL_NAME,
    /^- (done|failed|cancelled|not sent) · /m,
    runTimeoutMs,
  );
  const entry = await poll('a line in the ledger', () => readLedger(workbench.userDataDir).at(-1));
  const costNanoUsd = entry.cost_nano_usd ?? 0;
  const statusText = await workbench.statusBar.waitFor(STATUS_BAR_ID, /^\$\d/);
  return {
    output,
    statusText,
    ledgerLine: JSON.stringify(entry),
    costNanoUsd,
    screenshot: await pictureOf(workbench),
  };
}

/** A picture on which the whole section of the run can be read. */
async function pictureOf(workbench: Workbench): Promise<string> {
  const { page } = workbench;
  const heightBefore = page.viewportSize()?.height ?? 0;
  await page.setViewportSize({ width: 1400, height: 1150 });
  // The panel keeps its height in a taller window; its edge is dragged up to make room.
  const edge = await poll('the upper edge of the panel', async () => {
    const panel = await page.locator('.part.panel').boundingBox();
    if (!panel || panel.y < heightBefore * 0.75) return null;
    const sashes = await page.locator('.monaco-sash.horizontal:not(.disabled)').all();
    for (const sash of sashes) {
      const box = await sash.boundingBox();
      if (box && Math.abs(box.y + box.height / 2 - panel.y) < 20) return box;
    }
    return null;
  });
  await page.mouse.move(edge.x + edge.width / 2, edge.y + edge.height / 2);
  await page.mouse.down();
  await page.mouse.move(edge.x + edge.width / 2, 560, { steps: 10 });
  await page.mouse.up();
  await poll('the first lines of the run in the panel', async () =>
    (await workbench.visibleOutput()).includes('estimate'),
  );
  return workbench.screenshot('demo');
}

/** First and last line, from 1, of the longest function that is not the file's whole content. */
function longestFunction(text: string): [number, number] {
  const lines = text.split('\n');
  let longest: [number, number] = [1, lines.length];
  let length = 0;
  for (const [index, line] of lines.entries()) {
    const indent = /^(\s+)function /.exec(line)?.[1];
    if (indent === undefined) continue;
    const end = lines.indexOf(`${indent}}`, index);
    if (end - index <= length) continue;
    length = end - index;
    longest = [index + 1, end + 1];
  }
  return longest;
}

function print(sighting: Sighting): void {
  console.log(`\n== Output channel "${OUTPUT_CHANNEL_NAME}"\n${sighting.output.trim()}`);
  console.log(`\n== Status bar\n${sighting.statusText}`);
  console.log(`\n== Ledger\n${sighting.ledgerLine}`);
  console.log(`\n== Cost\n${formatUsd(sighting.costNanoUsd)}`);
  console.log(`\n== Screenshot\n${sighting.screenshot}`);
}

/** What a run promises and this one did not show. */
function missingFrom({ output, statusText, costNanoUsd }: Sighting): string[] {
  const cost = formatUsd(costNanoUsd);
  const promises: readonly (readonly [string, boolean])[] = [
    ['a heartbeat line', /^- alive · /m.test(output)],
    ['a delegation line', /^- delegated: /m.test(output)],
    ['a closing line that says done', /^- done · /m.test(output)],
    ['a cost above zero', costNanoUsd > 0],
    ["the ledger's cost in the panel", output.includes(` · ${cost} · `)],
    ["the ledger's cost in the status bar", statusText === cost],
  ];
  return promises.filter(([, isKept]) => !isKept).map(([promise]) => promise);
}
