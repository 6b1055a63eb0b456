import type { Brief } from './brief';

/** Says that a job cannot be done, in the form that the prompt asks for. */
export function refusal(brief: Brief, sentence: string): string {
  return brief.refusalNonce === null ? sentence : `[[cannot:${brief.refusalNonce}]] ${sentence}`;
}
