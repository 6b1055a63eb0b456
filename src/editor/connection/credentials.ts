import * as vscode from 'vscode';
import {
  type BoundKey,
  type Endpoint,
  readStoredKey,
  resolveEndpoint,
  writeStoredKey,
} from '../../account/apiKey';
import { noteKey } from '../walkthrough';
import { onSettingsChange, readSetting } from '../settings/settings';

/** Entry of the secret store: a key with the origin that it was given for. */
const SECRET = 'delegate.apiKey';
/** The same for the user's own worker endpoint. */
const WORKER_SECRET = 'delegate.workerKey';

/** The only reader and writer of the stored key. Changes of other windows are seen at once. */
export class Credentials {
  readonly #secrets: vscode.SecretStorage;
  readonly #environment: NodeJS.ProcessEnv;

  constructor(secrets: vscode.SecretStorage, environment: NodeJS.ProcessEnv) {
    this.#secrets = secrets;
    this.#environment = environment;
  }

  /** Where requests go and which key goes along, asked again each time. */
  async endpoint(): Promise<Endpoint> {
    return resolveEndpoint({
      configuredBaseUrl: readSetting('api.baseUrl'),
      storedKey: readStoredKey(await this.#secrets.get(SECRET)),
      environment: this.#environment,
    });
  }

  /**
   * Tells the editor whether there is a key, now and at each change, in other windows as well: a
   * step of the walkthrough is ticked off by it.
   */
  follow(): vscode.Disposable {
    const update = async (): Promise<void> => {
      const endpoint = await this.endpoint();
      noteKey(endpoint.ok && endpoint.key !== null);
    };
    // A secret store that does not answer is told of by the command that needs the key.
    const updateQuietly = (): void => void update().catch(() => undefined);
    updateQuietly();
    return vscode.Disposable.from(
      this.#secrets.onDidChange(updateQuietly),
      onSettingsChange(['api.baseUrl'], updateQuietly),
    );
  }

  async store(key: BoundKey): Promise<void> {
    await this.#secrets.store(SECRET, writeStoredKey(key));
  }

  /** The key of the user's own worker endpoint, for the origin that it was given for alone. */
  async workerKey(origin: string): Promise<string | null> {
    const stored = readStoredKey(await this.#secrets.get(WORKER_SECRET));
    return stored?.origin === origin ? stored.key : null;
  }

  async storeWorkerKey(key: BoundKey): Promise<void> {
    await this.#secrets.store(WORKER_SECRET, writeStoredKey(key));
  }

  async clear(): Promise<void> {
    await this.#secrets.delete(WORKER_SECRET);
    await this.#secrets.delete(SECRET);
  }
}
