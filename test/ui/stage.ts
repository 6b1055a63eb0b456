import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { FaultName } from '../../src/simulator/faults/faults';
import { type Simulator, startSimulator } from '../../src/simulator/index';
import type { SimulatorOptions } from '../../src/simulator/options';
import { STATUS_BAR_ID } from '../../src/manifest';
import { packagedExtension } from '../host/packagedExtension';
import type { Settings } from '../host/settings';
import { simulatorEnvironment } from '../host/simulatorEnvironment';
import { projectRoot } from '../support/projectFiles';
import { createSampleWorkspace } from '../support/sampleWorkspace';
import { Workbench } from './driver/workbench';

/** Without a default participant and a language model the editor's chat takes no request. */
const chatCompanion = path.join(projectRoot, 'test/fixtures/chatCompanion');

export interface StageOptions {
  readonly pacing?: SimulatorOptions['pacing'];
  readonly settings?: Settings | ((simulator: Simulator) => Settings);
  /** Adds to the sample workspace before it is opened. */
  readonly prepare?: (workspace: string) => void;
  /** Further options of the simulator. */
  readonly simulator?: SimulatorOptions;
  /** Of the editor; DELEGATE_UI_VERSION, or else the newest, when left out. */
  readonly version?: string;
  /** The editor's language, such as `de`; English when left out. */
  readonly language?: string;
  /** Whether the environment names the simulator and a key; yes when left out. */
  readonly account?: 'simulator' | 'none';
  /** Whether the chat view works, with a default participant and a model that do nothing. */
  readonly chat?: 'on' | 'off';
  /** Whether the sample workspace is opened, as when left out, or no folder at all. */
  readonly folder?: 'workspace' | 'none';
}

/** One window with the packaged extension, the sample workspace, and the simulator behind it. */
export interface Stage {
  readonly workbench: Workbench;
  readonly workspace: string;
  readonly simulator: Simulator;
  /** A file of the sample workspace. */
  readonly file: (name: string) => string;
  /** Plays a fault for each inference request from now on; null ends that. */
  readonly setFault: (fault: FaultName | null) => void;
}

/** A stage with how it ends. */
interface OpenedStage {
  readonly stage: Stage;
  readonly close: () => Promise<void>;
}

/** Problems of types show only with the server that knows them. */
const withTypes: Settings = { 'typescript.tsserver.useSyntaxServer': 'auto' };

/** The window of all suites that ask for nothing special. */
let shared: Promise<OpenedStage> | null = null;

/** Ends the shared window, after the last suite. */
export async function closeSharedStage(): Promise<void> {
  await (await shared)?.close();
}

/**
 * Opens the stage before the suite's first test and closes it after the last. A test that fails
 * leaves a screenshot in `.vscode-test/screenshots`.
 *
 * @param options of a window of the suite's own. Suites without any share one, in which drafts are
 *   made at once, so they leave no drafts and no settings behind.
 * @returns how a test gets the stage.
 */
export function useStage(options?: StageOptions): () => Stage {
  let opened: OpenedStage | null = null;

  suiteSetup(async function () {
    this.timeout(240_000);
    if (options) opened = await openStage(options);
    else opened = await (shared ??= openStage({ pacing: 'fast', settings: withTypes }));
  });

  teardown(async function () {
    if (!opened) return;
    const { workbench, setFault } = opened.stage;
    setFault(null);
    const test = this.currentTest;
    if (!test || test.state === 'passed' || test.isPending()) return;
    const name = `failed-${test.fullTitle().replace(/[^a-z0-9]+/gi, '-')}`;
    try {
      console.log(`Screenshot: ${await workbench.screenshot(name)}`);
      await workbench.escape();
    } catch (error) {
      console.error('The window does not answer any more.', error);
    }
  });

  suiteTeardown(async function () {
    this.timeout(120_000);
    if (options) await opened?.close();
  });

  return () => {
    if (!opened) throw new Error('The stage is open only while tests run.');
    return opened.stage;
  };
}

async function openStage(options: StageOptions): Promise<OpenedStage> {
  let fault: FaultName | null = null;
  const root = mkdtempSync(path.join(tmpdir(), 'dlg-stage-'));
  const workspace = path.join(root, 'workspace');
  createSampleWorkspace(workspace);
  options.prepare?.(workspace);
  const simulator = await startSimulator({
    ...options.simulator,
    pacing: options.pacing ?? { heartbeatMs: 200, workerMs: 900 },
    faults: ({ path: requested }) => (isInference(requested) ? fault : null),
  });
  const { settings, version = process.env['DELEGATE_UI_VERSION'] } = options;
  const hasChat = options.chat === 'on';
  const workbench = await Workbench.open({
    ...(options.folder !== 'none' && { folder: workspace }),
    extension: { vsix: packagedExtension() },
    ...(options.account !== 'none' && { env: simulatorEnvironment(simulator) }),
    ...(hasChat && { companions: [chatCompanion] }),
    settings: {
      // Samples are small, and these tests are about delegating.
      'delegate.routing': 'delegated',
      ...(hasChat && { 'chat.disableAIFeatures': false }),
      ...(typeof settings === 'function' ? settings(simulator) : settings),
    },
    ...(version !== undefined && { version }),
    ...(options.language !== undefined && { language: options.language }),
  });
  await workbench.statusBar.waitFor(STATUS_BAR_ID, /\$/, 60_000);
  return {
    stage: {
      workbench,
      workspace,
      simulator,
      file: (name) => path.join(workspace, name),
      setFault: (next) => {
        fault = next;
      },
    },
    close: async () => {
      await workbench.close();
      await simulator.close();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

function isInference(requested: string): boolean {
  return /\/(responses|chat\/completions)$/.test(requested.split('?')[0] ?? '');
}
