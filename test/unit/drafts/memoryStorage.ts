import type { DraftStorage } from '../../../src/drafts/draftStore';

/** Storage in memory that several stores share, as windows share a folder. */
export class MemoryStorage implements DraftStorage {
  readonly files = new Map<string, string>();
  /** Set to make the next writes fail, as on a full disk. */
  writeError: Error | null = null;

  list(): Promise<string[]> {
    return Promise.resolve([...this.files.keys()]);
  }
  read(name: string): Promise<string | null> {
    return Promise.resolve(this.files.get(name) ?? null);
  }
  async write(name: string, text: string): Promise<void> {
    if (this.writeError) throw this.writeError;
    // Each write takes less time than the one before, so that only waiting keeps them in order.
    const turns = Math.max(0, 50 - this.#writes++);
    for (let turn = 0; turn < turns; turn++) await Promise.resolve();
    this.files.set(name, text);
  }
  #writes = 0;
  delete(name: string): Promise<boolean> {
    return Promise.resolve(this.files.delete(name));
  }
}
