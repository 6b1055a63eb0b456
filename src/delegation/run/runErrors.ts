import { DelegateError } from '../../common/delegateError';

/** Why a run was not sent. Nothing was billed in any of these cases. */
export type RefusalCode =
  | 'refused-no-orchestrator-model'
  | 'refused-no-worker-model'
  | 'refused-worker-is-tool'
  | 'refused-worker-tool'
  | 'refused-worker-limit'
  | 'refused-setting'
  | 'refused-orchestrator-without-tools'
  | 'refused-context-too-small'
  | 'refused-answer-too-long'
  | 'refused-too-many-delegations'
  | 'refused-empty-selection'
  | 'refused-no-comments'
  | 'refused-schema'
  | 'refused-no-nonce';

/** What a refusal tells the user, in English; `editor/messages` words it by code and these fields. */
export interface RefusalDetails {
  /** Full name of the setting to change, such as `delegate.workerModel`; null when no setting is to blame. */
  readonly setting: string | null;
  /** What is wrong, as a sentence. Holds numbers and the user's own setting values, no content. */
  readonly problem: string;
  /** What to write or do instead, as a sentence. */
  readonly remedy: string;
}

/** A run that was refused before sending. */
export class RefusalError extends DelegateError {
  readonly code: RefusalCode;
  readonly setting: string | null;
  readonly problem: string;
  readonly remedy: string;

  constructor(code: RefusalCode, details: RefusalDetails) {
    super(`${details.problem} ${details.remedy}`);
    this.code = code;
    this.setting = details.setting;
    this.problem = details.problem;
    this.remedy = details.remedy;
  }
}

/** Refusals that say the delegated route cannot hold the job, so that `auto` may go direct. */
export const CAPACITY_REFUSALS: ReadonlySet<RefusalCode> = new Set<RefusalCode>([
  'refused-orchestrator-without-tools',
  'refused-context-too-small',
  'refused-answer-too-long',
  'refused-too-many-delegations',
]);
