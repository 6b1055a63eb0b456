/** A request's text with the places of its references, as the editor gives both. */
export interface ReferringPrompt {
  readonly prompt: string;
  /** Offsets of those that stand in the text, `#` included; what is attached has none. */
  readonly references: readonly { readonly range?: readonly [start: number, end: number] }[];
}

/** The prompt with something else in place of its references, whose names may be those of files. */
export function withReferencesAs({ prompt, references }: ReferringPrompt, instead: string): string {
  const ranges = references.flatMap(({ range }) => (range ? [range] : []));
  let words = prompt;
  // From the end, so that the places of the others stay right.
  for (const [start, end] of ranges.sort(([a], [b]) => b - a)) {
    words = words.slice(0, start) + instead + words.slice(end);
  }
  return words.replace(/ {2,}/g, ' ').trim();
}
