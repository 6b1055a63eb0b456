/** Takes away a developer's own key, so that no test ever uses it. */
export const withoutAccount = {
  OPENROUTER_API_KEY: undefined,
  OPENROUTER_BASE_URL: undefined,
} as const;

/** Variables that send the extension to a simulator as long as no key is stored. */
export function simulatorEnvironment(simulator: {
  readonly baseUrl: string;
  readonly apiKey: string;
}): Record<string, string> {
  return { OPENROUTER_API_KEY: simulator.apiKey, OPENROUTER_BASE_URL: simulator.baseUrl };
}
