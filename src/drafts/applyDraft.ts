import { type ApplyPlan, planApply } from './applyPlan';
import { type Draft, type DraftIn, isDraftIn, proposedText } from './draft';
import type { DraftDesk } from './draftDesk';
import { relocateRange, surroundingsOf } from './relocate';
import { applyEdits, type OffsetEdit } from '../text/offsets';
import type { ConflictText } from '../text/conflictText';

/** A document as the editor last told of it. */
export interface TargetDocument {
  readonly uri: string;
  text(): string;
  version(): number;
  /** The line ending, which inserted text gets. */
  eol(): string;
  /** One undo step; false when the editor did not take it, as when the text had changed by then. */
  edit(edits: readonly OffsetEdit[]): Promise<boolean>;
}

type Conflicts = Extract<ApplyPlan, { kind: 'conflicts' }>;

/** What applying needs of the editor. */
export interface ApplyPorts<Problem> {
  readonly desk: DraftDesk;
  readonly now: () => number;
  /** Resolves when all that the user did in the editor until now has been told. */
  readonly roundTrip: () => Promise<void>;
  /** Asks where a text is applied only after a second question. */
  readonly isConfirmed: (draft: DraftIn<'ready'>) => Promise<boolean>;
  /** The document with the draft's range in it, or why there is none. */
  readonly open: (draft: Draft) => Promise<TargetDocument | { readonly problem: Problem }>;
  readonly renderConflicts: (regions: Conflicts['regions'], eol: string) => ConflictText;
  /**
   * Replaces the text of the right side where an editor has it, as one undo step of its own.
   * @returns false when the editor did not take it, as when the text had changed by then.
   */
  readonly rewrite: (draft: Draft, text: string) => Promise<boolean>;
}

/** How applying ended; the draft is kept in every case but `applied`. */
export type ApplyEnd<Problem> =
  | {
      readonly kind: 'applied';
      /** Where the first change is. */
      readonly offset: number | null;
      /** Whether changes that the user made in the range meanwhile were merged. */
      readonly isMerged: boolean;
    }
  /** Ended before, or while it was asked about. */
  | { readonly kind: 'gone' }
  | { readonly kind: 'not-ready' }
  | { readonly kind: 'declined' }
  | { readonly kind: 'problem'; readonly problem: Problem }
  | Extract<ApplyPlan, { kind: 'refused' }>
  /** The same lines were changed by the user and by the draft: it shows both now. */
  | { readonly kind: 'conflicts' }
  /** The editor did not take the change although nothing had changed. */
  | { readonly kind: 'not-taken' };

/**
 * Applies a draft in one undo step.
 *
 * What the user typed up to the last key is part of it: both documents are settled before they are
 * read, and when one has changed until the editor answers, all is done again.
 */
export async function applyDraft<Problem>(
  id: string,
  ports: ApplyPorts<Problem>,
): Promise<ApplyEnd<Problem>> {
  const { desk, isConfirmed, open } = ports;
  await settle(id, ports);
  const asked = desk.find(id);
  if (!asked) return { kind: 'gone' };
  if (!isDraftIn(asked, 'ready')) return { kind: 'not-ready' };
  if (!(await isConfirmed(asked))) return { kind: 'declined' };
  const target = await open(asked);
  if ('problem' in target) return { kind: 'problem', problem: target.problem };
  for (;;) {
    await settle(id, ports);
    const draft = desk.find(id);
    if (!draft || !isDraftIn(draft, 'ready')) return { kind: 'gone' };
    // The answer was about another text.
    if (draft.state.proposed !== asked.state.proposed) return applyDraft(id, ports);
    const version = target.version();
    const end = await tryToApply(draft, target, ports);
    const hasChanged = target.version() !== version || textOf(desk.find(id)) !== textOf(draft);
    if (end.kind !== 'not-taken' || !hasChanged) return end;
  }
}

/** Waits until a round trip through the editor brings no change of the draft's text. */
async function settle(
  id: string,
  { desk, roundTrip }: Pick<ApplyPorts<unknown>, 'desk' | 'roundTrip'>,
): Promise<void> {
  for (;;) {
    const before = textOf(desk.find(id));
    await roundTrip();
    if (textOf(desk.find(id)) === before) return;
  }
}

function textOf(draft: Draft | null): string | null {
  return draft && proposedText(draft);
}

async function tryToApply(
  draft: DraftIn<'ready'>,
  target: TargetDocument,
  ports: ApplyPorts<unknown>,
): Promise<ApplyEnd<never>> {
  const { desk, now } = ports;
  const before = target.text();
  const plan = planDraft(draft, before, target.eol());
  if (plan.kind === 'refused' && plan.reason === 'range-mismatch') {
    // A change that was not seen moved the text: it is looked for once, and applied where it is.
    const range = relocateRange(before, draft);
    const { start, end } = draft.range;
    if (!range || (range.start === start && range.end === end)) return plan;
    desk.attach(draft.id, { range, documentUri: target.uri, documentVersion: target.version() });
    return tryToApply({ ...draft, range }, target, ports);
  }
  if (plan.kind === 'conflicts') return showConflicts(draft, { plan, target }, ports);
  if (plan.kind === 'refused') return plan;
  if (plan.edits.length > 0 && !(await target.edit(plan.edits))) return { kind: 'not-taken' };
  await desk.dispatch(draft.id, {
    type: 'applied',
    atMs: now(),
    text: draft.state.proposed,
    place: placeAfter(draft, { before, plan, target }),
  });
  return { kind: 'applied', offset: plan.edits[0]?.offset ?? null, isMerged: plan.isMerged };
}

/** What applying a draft does to a document's text. */
export function planDraft(draft: DraftIn<'ready'>, documentText: string, eol: string): ApplyPlan {
  const { range, base, state } = draft;
  const { proposed, conflict } = state;
  return planApply({ documentText, eol, range, base, proposed, conflict });
}

/** Lays both versions before the user; nothing is guessed. */
async function showConflicts(
  draft: DraftIn<'ready'>,
  { plan, target }: { readonly plan: Conflicts; readonly target: TargetDocument },
  { desk, renderConflicts, rewrite }: ApplyPorts<unknown>,
): Promise<ApplyEnd<never>> {
  const { text, marks } = renderConflicts(plan.regions, target.eol());
  if (!(await rewrite(draft, text))) return { kind: 'not-taken' };
  const now = desk.find(draft.id);
  if (!now || !isDraftIn(now, 'ready')) return { kind: 'gone' };
  const { start, end } = now.range;
  const isSame = target.text().slice(start, end) === plan.mine;
  await desk.dispatch(draft.id, {
    type: 'conflicted',
    range: { state: isSame ? 'untouched' : 'touched', start, end },
    mine: plan.mine,
    // An editor told of the new text already, and may have told of more.
    text: now.state.proposed === draft.state.proposed ? text : now.state.proposed,
    marks,
  });
  return { kind: 'conflicts' };
}

interface Applied {
  readonly before: string;
  readonly plan: Extract<ApplyPlan, { kind: 'edits' }>;
  /** Into which the user may have typed since. */
  readonly target: TargetDocument;
}

/** Where the applied text stands, for what may still be typed on the right side. */
function placeAfter(
  draft: DraftIn<'ready'>,
  { before, plan, target }: Applied,
): Pick<Draft, 'range' | 'surroundings' | 'documentVersion'> {
  const after = target.text();
  const { start } = draft.range;
  const written = applyEdits(before, plan.edits);
  const applied = { start, end: start + plan.text.length };
  const isUntouched = after === written && !plan.isMerged;
  const surroundings = surroundingsOf(written, applied);
  const range =
    after === written
      ? { state: isUntouched ? ('untouched' as const) : ('touched' as const), ...applied }
      : (relocateRange(after, { base: plan.text, surroundings }) ??
        ({ state: 'gone', ...applied } as const));
  return { range, surroundings, documentVersion: target.version() };
}

/**
 * Closes what shows a draft that has ended.
 *
 * @returns false when the draft came back by what was typed meanwhile; its editors stay then.
 */
export async function closeEnded(
  id: string,
  {
    desk,
    save,
    close,
  }: {
    readonly desk: DraftDesk;
    /** A changed editor would ask before it closes. */
    readonly save: () => Promise<void>;
    readonly close: () => Promise<void>;
  },
): Promise<boolean> {
  await save();
  if (desk.find(id)) return false;
  await close();
  return desk.find(id) === null;
}
