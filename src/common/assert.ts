/** Marks a branch that the types say cannot be reached; a value that gets there is a bug of ours. */
export function assertNever(value: never, what: string): never {
  throw new Error(`Unexpected ${what}: ${JSON.stringify(value)}`);
}
