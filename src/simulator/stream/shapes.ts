/**
 * - `recorded`: what servers sent in 2026: a tool's item is bare until it is done and may come before
 *   items of lower indexes, tokens are the orchestrator's alone, nothing is said of the user's own
 *   provider key after the tool loop, comments are bare, ids are `resp_gen-…`.
 * - `documented`: items with everything from the start, in order, and tokens of all models together.
 */
export type Shapes = 'recorded' | 'documented';
