import type * as vscode from 'vscode';
import {
  type BoundKey,
  type Endpoint,
  readStoredKey,
  resolveEndpoint,
  writeStoredKey,
} from '../account/apiKey';
import { noteKey } from './firstSteps';
import { readSetting } from './settings';

/** The one entry of the secret store: a key with the origin that it was given for. */
const SECRET = 'delegate.apiKey';

/** The only reader and writer of the stored key. Changes of other windows are seen at once. */
export class Credentials {
  readonly #secrets: vscode.SecretStorage;
  readonly #environment: NodeJS.ProcessEnv;

  constructor(secrets: vscode.SecretStorage, environment: NodeJS.ProcessEnv) {
    this.#secrets = secrets;
    this.#environment = environment;
  }

  /** Where requests go and which key goes along, asked anew each time. */
  async endpoint(): Promise<Endpoint> {
    const endpoint = resolveEndpoint({
      configuredBaseUrl: readSetting('api.baseUrl'),
      storedKey: readStoredKey(await this.#secrets.get(SECRET)),
      environment: this.#environment,
    });
    noteKey(endpoint.ok && endpoint.key !== null);
    return endpoint;
  }

  async store(key: BoundKey): Promise<void> {
    await this.#secrets.store(SECRET, writeStoredKey(key));
    noteKey(true);
  }

  async clear(): Promise<void> {
    await this.#secrets.delete(SECRET);
  }
}
