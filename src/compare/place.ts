import type { FilePart } from '../batch/produce/parts';
import type { Eol } from '../text/lines';

/** A place of the user's code that every candidate works on. */
export interface Place {
  /** Tells it again after a restart; says nothing of the text. */
  readonly id: string;
  readonly part: FilePart;
  readonly eol: Eol;
  /** What stands there in the user's own code, to hold answers against; null where nothing does. */
  readonly reference: string | null;
}
