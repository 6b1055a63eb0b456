import { type Draft, withDocumentChanges } from './draft';
import type { TextChange } from '../text/offsets';
import { surroundingsOf } from './relocate';

/** One change event of a document. */
export interface DocumentEvent {
  readonly changes: readonly TextChange[];
  /** The document's text and version after the event. */
  readonly text: string;
  readonly version: number;
}

/**
 * The draft after its document changed: its range, and the surroundings by which the range is found
 * again. Once the range is gone the surroundings stay as they were: what stands around the
 * replacement, which may be the whole document, says nothing about where the text was.
 */
export function followDocument(draft: Draft, event: DocumentEvent): Draft {
  const next = withDocumentChanges(draft, event.changes, event.version);
  return next.range.state === 'gone'
    ? next
    : { ...next, surroundings: surroundingsOf(event.text, next.range) };
}
