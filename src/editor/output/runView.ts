import type { RunEvent } from '../../delegation/run/run';
import type { OfferedHelp } from '../messages/offeredHelp';
import type { RunEnded } from './runEnded';
import type { TranscriptHeader } from './transcript';

/** What a view is told when a run begins. */
export interface RunStart {
  readonly header: TranscriptHeader;
  /** Language of the answer when it is code; null when it is Markdown itself. */
  readonly answerLanguage: string | null;
  /** How many values were masked. */
  readonly secretCount: number;
  /** Where the worker is asked when not at OpenRouter; null for there. */
  readonly workerOrigin: string | null;
  readonly isDemo: boolean;
  /** What the demo could do to the text instead; null where nothing but the job itself makes sense. */
  readonly demoWishes: (() => Promise<readonly string[]>) | null;
  /** Ends the run. */
  readonly cancel: () => void;
}

/**
 * A place that shows runs, one at a time: the panel, the notification, an answer in chat. What a
 * view throws does not reach the run. All but the panel see what the models see: secrets that were
 * masked stay placeholders.
 */
export interface RunView {
  /** Whether what is offered to the user can be taken up there. */
  readonly canOffer?: boolean;
  /** Nothing was sent, for a reason that the user can do something about. */
  refuse(help: OfferedHelp): void;
  start(start: RunStart): void;
  event(event: RunEvent): void;
  end(ended: RunEnded): void;
}
