import type { JsonFormat, WireRequest } from '../wire';

/** What the two protocols spell differently, and what they spell alike. */
export interface RequestParts {
  readonly instructions: string;
  readonly input: string;
  readonly maxOutputTokens: number;
  /** Form of the answer that the provider is told besides the prompt; absent for none. */
  readonly format?: JsonFormat;
  readonly common: Omit<WireRequest['body'], 'messages' | 'instructions' | 'input' | OutputLimit>;
  readonly headers: Readonly<Record<string, string>>;
}

export type OutputLimit = 'max_completion_tokens' | 'max_output_tokens';
