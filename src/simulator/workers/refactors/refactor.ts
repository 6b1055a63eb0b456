import type { Code } from '../code';

/** Changes code as the words say; null when the words do not ask for this refactor. */
export type Refactor = (code: Code, words: string) => string | null;
