/** What a message offers to do next; `errorActions.ts` carries it out. */
export type ErrorAction =
  | 'sign-in'
  | 'set-api-key'
  | 'start-demo'
  | 'open-credits'
  | 'open-key-settings'
  | 'select-orchestrator'
  | 'select-worker'
  | 'open-settings'
  | 'set-budget'
  | 'test-connection'
  | 'run-again'
  | 'run-integrated'
  | 'run-capped'
  | 'show-output';

export interface ErrorText {
  /** One or two sentences: what happened and what to do next. */
  readonly message: string;
  readonly actions: readonly ErrorAction[];
}
