/**
 * Patterns of a value of `files.exclude` or `search.exclude` that are on. Those with a condition
 * (`when`) are the editor's own affair.
 */
export function patternsThatAreOn(value: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.entries(value).flatMap(([pattern, isOn]) => (isOn === true ? [pattern] : []));
}
