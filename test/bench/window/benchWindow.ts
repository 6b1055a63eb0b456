import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { packagedExtension } from '../../host/packagedExtension';
import type { Settings } from '../../host/settings';
import { poll } from '../../support/poll';
import { Workbench } from '../../ui/driver/workbench';
import type { HelperAnswer, HelperRequest } from './helperRequest';
import { type ExtensionSource, packExtension } from './packExtension';

export interface BenchWindowOptions {
  /** Extensions besides Delegate and the helper. */
  readonly besides?: readonly ExtensionSource[];
  readonly prepareExtensions?: (extensionsDir: string) => void;
  /** Fills the folder that the window shows. */
  readonly prepareWorkspace?: (workspace: string) => void;
  readonly settings?: Settings;
  readonly env?: Readonly<Record<string, string>>;
}

/** A window of a real VS Code with the packaged extension, and a helper in its extension host. */
export interface BenchWindow {
  readonly workbench: Workbench;
  readonly workspace: string;
  /** Asks the helper. @throws what went wrong in the extension host. */
  readonly ask: (request: HelperRequest) => Promise<unknown>;
  /** Reloads the window and waits for the helper. */
  readonly reload: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** A command that asks the user something waits for ever. */
const ANSWER_TIMEOUT_MS = 60_000;

/** Its publisher comes last, so that it is activated after the others. */
const HELPER = { publisher: 'zzzz', name: 'helper' };

export async function openBenchWindow(options: BenchWindowOptions = {}): Promise<BenchWindow> {
  const root = mkdtempSync(path.join(tmpdir(), 'dlg-bench-'));
  const portFile = path.join(root, 'port');
  const workspace = path.join(root, 'workspace');
  mkdirSync(workspace);
  options.prepareWorkspace?.(workspace);
  const helper = { ...HELPER, code: readFileSync(path.join(__dirname, 'helper.js'), 'utf8') };
  const { settings, prepareExtensions } = options;
  const removeRoot = (): void => rmSync(root, { recursive: true, force: true, maxRetries: 5 });
  try {
    const sources = [...(options.besides ?? []), helper];
    const besides = await Promise.all(sources.map((source) => packExtension(root, source)));
    const workbench = await Workbench.open({
      folder: workspace,
      extension: { vsix: packagedExtension(), besides },
      env: { ...options.env, DELEGATE_BENCH_PORT_FILE: portFile },
      ...(settings && { settings }),
      ...(prepareExtensions && { prepareExtensions }),
    });
    await helperPort(portFile);
    return {
      workbench,
      workspace,
      ask: async (question) => ask(await helperPort(portFile), question),
      reload: async () => {
        rmSync(portFile, { force: true });
        await workbench.reload();
        await helperPort(portFile);
      },
      close: async () => {
        await workbench.close();
        removeRoot();
      },
    };
  } catch (error) {
    removeRoot();
    throw error;
  }
}

function helperPort(file: string): Promise<number> {
  return poll(
    'the helper in the extension host',
    () => {
      try {
        return Number(readFileSync(file, 'utf8')) || null;
      } catch {
        return null;
      }
    },
    { timeoutMs: 60_000 },
  );
}

function ask(port: number, question: HelperRequest): Promise<unknown> {
  return new Promise((resolve, reject) => {
    // A connection of its own, so that none is left open in the process that is measured.
    const options = { host: '127.0.0.1', port, method: 'POST', agent: false };
    const asked = request(options, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text: string) => (body += text));
      response.on('end', () => {
        const answer = JSON.parse(body) as HelperAnswer;
        if ('error' in answer) reject(new Error(`${question.op}: ${answer.error}`));
        else resolve(answer.value);
      });
    });
    asked.setTimeout(ANSWER_TIMEOUT_MS, () => {
      asked.destroy(new Error(`${JSON.stringify(question)} has no answer.`));
    });
    asked.on('error', reject);
    asked.end(JSON.stringify(question));
  });
}
