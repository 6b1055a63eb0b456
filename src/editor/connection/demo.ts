import * as vscode from 'vscode';
import { setContextKey } from '../editorCommands';
import type { DemoWish, Simulator } from '../../simulator/index';

/** The embedded simulator, while the offline demo is on: no key, no network, made-up costs. */
export class Demo implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  #simulator: Simulator | null = null;
  readonly onDidChange = this.#changed.event;

  /** Where the simulator listens; null while the demo is off. */
  get endpoint(): { readonly baseUrl: string; readonly apiKey: string } | null {
    return this.#simulator;
  }

  async start(): Promise<void> {
    if (this.#simulator) return;
    // A chunk of its own: only someone who tries the demo loads it.
    const { startSimulator } = await import('../../simulator/index.js');
    this.#simulator = await startSimulator({ pacing: 'live' });
    this.#notify();
  }

  /** What can be asked of the demo about a text, in words that it understands; none while it is off. */
  async wishes(text: string, languageId: string): Promise<readonly string[]> {
    if (!this.#simulator) return [];
    const { demoWishes } = await import('../../simulator/index.js');
    return (await demoWishes(text, languageId)).map(wishWords);
  }

  async stop(): Promise<void> {
    const simulator = this.#simulator;
    this.#simulator = null;
    this.#notify();
    await simulator?.close();
  }

  dispose(): void {
    void this.stop();
    this.#changed.dispose();
  }

  #notify(): void {
    setContextKey('delegate.isDemo', this.#simulator !== null);
    this.#changed.fire();
  }
}

function wishWords(wish: DemoWish): string {
  const { l10n } = vscode;
  switch (wish.kind) {
    case 'rename':
      return l10n.t('Rename {0} to {1}', wish.from, wish.to);
    case 'early-returns':
      return l10n.t('Use early returns');
    case 'constant':
      return l10n.t('Extract the repeated string into a constant');
    case 'debug-output':
      return l10n.t('Remove debug output');
    case 'const':
      return l10n.t('Use const instead of var');
  }
}
