import * as vscode from 'vscode';
import { setContextKey } from '../editorCommands';
import type { Simulator } from '../../simulator/index';

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
    // A chunk of its own: only who tries the demo loads it.
    const { startSimulator } = await import('../../simulator/index.js');
    this.#simulator = await startSimulator({ pacing: 'live' });
    this.#notify();
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
