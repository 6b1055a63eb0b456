/**
 * One format that a provider publishes for its credentials. The tables in this folder are data: they
 * add to the maintained rules of `secretlintRules.ts` what those do not know yet. `source` names
 * where the provider describes the format. Lengths are lower bounds with a generous upper one, as
 * providers lengthen tokens without notice; the bounds also keep matching linear.
 */
export interface TokenFormat {
  readonly name: string;
  readonly source: string;
  /** Text in lower case that every token of the format contains; looked for first. */
  readonly hint: string;
  /** Without anchors; the table's reader adds the boundaries. */
  readonly pattern: RegExp;
}
