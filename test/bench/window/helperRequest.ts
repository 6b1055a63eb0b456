/** What the bench asks of its helper in the extension host. */
export type HelperRequest =
  | { readonly op: 'activate'; readonly id: string }
  | { readonly op: 'execute'; readonly command: string; readonly args?: readonly unknown[] }
  /** Shows a file with its first lines selected. */
  | { readonly op: 'open'; readonly file: string; readonly lines: number }
  | { readonly op: 'set'; readonly key: string; readonly value: unknown }
  | { readonly op: 'show'; readonly channel: string }
  | { readonly op: 'follow'; readonly url: string; readonly channel: string }
  /** The proposed sides of the drafts whose diffs are open. */
  | { readonly op: 'drafts' }
  /** Runs a draft command on each of these drafts. */
  | { readonly op: 'endDrafts'; readonly command: string; readonly uris: readonly string[] }
  /** Closes documents that were never saved. */
  | { readonly op: 'closeUntitled' }
  | { readonly op: 'memory' };

export type HelperAnswer = { readonly value: unknown } | { readonly error: string };

/** What an extension host holds, in bytes and in numbers of things. */
export interface MemorySample {
  readonly heapUsed: number;
  readonly external: number;
  readonly rss: number;
  /** Handles and requests that keep a process alive, by kind. */
  readonly resources: Readonly<Record<string, number>>;
  /** Listeners on the process itself. */
  readonly listeners: number;
  readonly documents: number;
}
