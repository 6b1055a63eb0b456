import * as vscode from 'vscode';
import { type Endpoint, isForeignEnvironment } from '../../account/apiKey';
import { showWarning } from '../messages/show';

type UsableEndpoint = Extract<Endpoint, { ok: true }>;

/** Origins that the user agreed to, on this machine. */
const AGREED = 'delegate.environmentOrigins';

/**
 * An address that only the environment names gets the environment's key and the user's code. A
 * workspace's tools may set it, so it is shown and asked for, once for each.
 */
export class EnvironmentAddress {
  readonly #memory: vscode.Memento;
  readonly #asking = new Map<string, Promise<boolean>>();

  constructor(memory: vscode.Memento) {
    this.#memory = memory;
  }

  isAgreed(endpoint: UsableEndpoint): boolean {
    return !isForeignEnvironment(endpoint) || this.#agreed.includes(endpoint.origin);
  }

  /** Asks where it has to; several runs at once ask one question. */
  async ask(endpoint: UsableEndpoint): Promise<boolean> {
    if (this.isAgreed(endpoint)) return true;
    const { origin } = endpoint;
    const asking = this.#asking.get(origin) ?? this.#askFor(origin);
    this.#asking.set(origin, asking);
    try {
      return await asking;
    } finally {
      this.#asking.delete(origin);
    }
  }

  get #agreed(): readonly string[] {
    return this.#memory.get<readonly string[]>(AGREED) ?? [];
  }

  async #askFor(origin: string): Promise<boolean> {
    const { l10n } = vscode;
    const use = l10n.t('Use {0}', origin);
    const answer = await showWarning(
      l10n.t('The environment sends requests to {0}.', origin),
      {
        modal: true,
        detail: l10n.t(
          '{0} names this address. It gets your code and the key of {1}. This is asked once for each address.',
          'OPENROUTER_BASE_URL',
          'OPENROUTER_API_KEY',
        ),
      },
      use,
    );
    if (answer !== use) return false;
    await this.#memory.update(AGREED, [...this.#agreed, origin]);
    return true;
  }
}
