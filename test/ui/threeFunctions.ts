/** A file for drafts of several hunks. */
export const THREE_FUNCTIONS = `export function first(total: number): number {
  return total + 1;
}

export function second(total: number): number {
  const step = 2;
  return total + step;
}

export function third(total: number): number {
  return total + 3;
}
`;
