/** What a batch leaves to the one who started it. */
export interface Decisions {
  /**
   * Shows the brief that the sample led to. `files` are the numbers of those that were done.
   * @returns the brief to go on with, which may be another one or empty; null to stop.
   */
  acceptBrief(brief: string, files: readonly number[]): Promise<string | null>;
  /** Shows that too many of the results that were read are wrong. @returns whether to go on. */
  acceptSample(sample: { readonly read: number; readonly faulty: number }): Promise<boolean>;
}

/** Goes on by itself with a brief, and stops at a bad sample. */
export const unattended: Decisions = {
  acceptBrief: (brief) => Promise.resolve(brief),
  acceptSample: () => Promise.resolve(false),
};
