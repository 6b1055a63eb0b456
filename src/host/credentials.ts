import type * as vscode from 'vscode';
import { asRecord, parseJson, readString } from '../common/json';
import { readSetting } from './settings';

/** The one entry of the secret store: a key with the origin that it was given for. */
const SECRET = 'delegate.apiKey';

/** Where the API is, and which key goes there. */
export interface Endpoint {
  readonly baseUrl: string;
  readonly origin: string;
  /** Null when there is no key for this origin. */
  readonly apiKey: string | null;
}

/**
 * The only reader and writer of the stored key.
 *
 * A key is bound to the origin it was given for and goes nowhere else; the environment's key goes
 * to the environment's address, or to the setting's default address.
 */
export class Credentials {
  readonly #secrets: vscode.SecretStorage;
  readonly #environment: NodeJS.ProcessEnv;
  readonly onDidChange: vscode.Event<vscode.SecretStorageChangeEvent>;

  constructor(secrets: vscode.SecretStorage, environment: NodeJS.ProcessEnv) {
    this.#secrets = secrets;
    this.#environment = environment;
    this.onDidChange = secrets.onDidChange;
  }

  async endpoint(): Promise<Endpoint> {
    const stored = await this.#stored();
    const configured = readSetting('api.baseUrl');
    const fromEnvironment = this.#environment['OPENROUTER_BASE_URL'];
    const baseUrl = !stored && fromEnvironment ? fromEnvironment : configured;
    const { origin } = new URL(baseUrl);
    if (stored) return { baseUrl, origin, apiKey: stored.origin === origin ? stored.key : null };
    return { baseUrl, origin, apiKey: this.#environment['OPENROUTER_API_KEY'] ?? null };
  }

  async store(key: string, origin: string): Promise<void> {
    await this.#secrets.store(SECRET, JSON.stringify({ key, origin }));
  }

  async clear(): Promise<void> {
    await this.#secrets.delete(SECRET);
  }

  async #stored(): Promise<{ readonly key: string; readonly origin: string } | null> {
    const text = await this.#secrets.get(SECRET);
    const parsed = text ? parseJson(text) : null;
    const record = parsed?.ok ? asRecord(parsed.value) : null;
    const key = readString(record?.['key']);
    const origin = readString(record?.['origin']);
    return key && origin ? { key, origin } : null;
  }
}
