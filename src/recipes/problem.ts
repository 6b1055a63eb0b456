/** Something wrong in a recipe, with what to write instead. */
export interface RecipeProblem {
  /** Such as `result` or `worker.temperature`; empty for the file as a whole. */
  readonly field: string;
  /** What is wrong, as a sentence. */
  readonly problem: string;
  /** What to write instead, as a sentence. */
  readonly remedy: string;
  /** Where in the file, for what has no field. */
  readonly offset?: number;
  /** Whether the recipe runs all the same, with less than it asks for. */
  readonly isLowered?: boolean;
}

export function problem(field: string, what: string, remedy: string): RecipeProblem {
  return { field, problem: what, remedy };
}
