/**
 * The generation's id in the id of an answer, which on Responses may be `resp_gen-…`; null for any
 * other id, such as an upstream provider's.
 */
export function readGenerationId(id: unknown): string | null {
  return (typeof id === 'string' ? /^(?:resp_)?(gen-.+)$/.exec(id)?.[1] : undefined) ?? null;
}
