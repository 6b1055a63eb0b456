/** One bar of the contract with what was measured. */
export interface BenchResult {
  readonly what: string;
  readonly figure: number;
  /** Upper limit of the figure. */
  readonly limit: number;
  readonly unit: string;
  readonly isMet: boolean;
}
