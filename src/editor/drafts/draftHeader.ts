import type { Doubt } from '../../drafts/inspectEdit';
import type { Localization } from '../../common/translate';
import type { Draft } from '../../drafts/draft';
import type { ChangeSize } from '../../drafts/draftSummary';
import type { ChangeCounts, ProofResult } from '../../drafts/proof/proofResult';

/** A draft in a list: what it is, where it goes, and what is proven of it. */
export function draftHeader(draft: Draft, l10n: Localization): string {
  return [draft.originLabel, draftStateWords(draft, l10n)]
    .filter((part) => part !== '')
    .join(' · ');
}

/** What is to be known of a draft before applying it, in a few words; empty when there is nothing. */
export function draftStateWords(draft: Draft, l10n: Localization): string {
  const { state } = draft;
  switch (state.status) {
    case 'running':
      return l10n.t('running');
    case 'ready':
      if (state.conflict) return l10n.t('conflicts to resolve');
      if (state.completeness === 'partial') return l10n.t('partial answer');
      return [state.proof ? proofWords(state.proof, l10n) : '', readerWords(draft, l10n)]
        .filter((part) => part !== '')
        .join(' · ');
    case 'stale':
      return l10n.t('cannot be applied');
    case 'applied':
    case 'discarded':
      return '';
  }
}

/** Who has looked at it, where that is not as usual. */
function readerWords({ isUnread, doubts }: Draft, l10n: Localization): string {
  const words = (doubts ?? []).map((doubt) => doubtWords(doubt, l10n));
  if (isUnread) words.push(l10n.t('not read by the orchestrator'));
  return words.join(', ');
}

/** What speaks against a draft, in a few words. */
export function doubtWords(doubt: Doubt, l10n: Localization): string {
  switch (doubt) {
    case 'unaccepted':
      return l10n.t('not accepted by the orchestrator');
    case 'syntax-errors':
      return l10n.t('not verified: new syntax errors');
    case 'declarations-gone':
      return l10n.t('not verified: declarations are gone');
    case 'much-missing':
      return l10n.t('not verified: much of the code is gone');
    case 'little-in-common':
      return l10n.t('not verified: hardly the same code');
  }
}

/** Such as `12 lines, 11 by indentation`. */
export function changeWords({ lines, byIndentation }: ChangeSize, l10n: Localization): string {
  const words = lines === 1 ? l10n.t('1 line') : l10n.t('{0} lines', lines);
  return byIndentation === 0 ? words : l10n.t('{0}, {1} by indentation', words, byIndentation);
}

/** What a proof says, in a few words that are true to the letter. */
export function proofWords(proof: ProofResult, l10n: Localization): string {
  switch (proof.verdict) {
    case 'verified':
      return l10n.t('verified: {0}', claimWords(proof.claim, l10n));
    case 'changed':
      return l10n.t('not verified: {0}', countWords(proof.counts, l10n).join(', '));
    case 'unverified':
      return reasonWords(proof, l10n);
  }
}

function claimWords(
  claim: Extract<ProofResult, { verdict: 'verified' }>['claim'],
  l10n: Localization,
): string {
  switch (claim) {
    case 'only-comments-added':
      return l10n.t('only comments added');
    case 'only-comments-changed':
      return l10n.t('only comments changed');
    case 'only-comments-and-layout-changed':
      return l10n.t('only comments and layout changed');
    case 'only-layout-changed':
      return l10n.t('only layout changed');
  }
}

/** Comments where nothing is declared are not an error, but most likely not where they were meant. */
function looseWords(count: number, l10n: Localization): string {
  return count === 1
    ? l10n.t('1 comment stands at no declaration')
    : l10n.t('{0} comments stand at no declaration', count);
}

function reasonWords(
  proof: Extract<ProofResult, { verdict: 'unverified' }>,
  l10n: Localization,
): string {
  switch (proof.reason) {
    case 'no-grammar':
      return proof.keepsAllLines
        ? l10n.t('not verified for this language; every original line is kept')
        : l10n.t('not verified for this language');
    case 'syntax-errors':
      return l10n.t('not verified: the code has syntax errors');
    case 'no-declaration':
      return looseWords(proof.looseComments ?? 1, l10n);
    case 'white-space':
      return l10n.t('not verified: white space may have a meaning in line {0}', lineOfFirst(proof));
    case 'too-large':
      return l10n.t('not verified: too large');
    case 'grammar-failed':
      return l10n.t('not verified: the grammar could not be loaded');
  }
}

function lineOfFirst({ differences }: ProofResult): number {
  return differences.find(({ kind }) => kind === 'white-space')?.line ?? 1;
}

/** Each kind of change with how often it was met; never empty. */
function countWords(counts: ChangeCounts, l10n: Localization): string[] {
  const words: string[] = [];
  const add = (count: number, text: string, one = text): void => {
    if (count > 0) words.push(count === 1 ? one : text);
  };
  add(counts.code, l10n.t('{0} code changes', counts.code), l10n.t('1 code change'));
  add(
    counts.structure,
    l10n.t('{0} changes of structure', counts.structure),
    l10n.t('1 change of structure'),
  );
  add(
    counts.comments,
    l10n.t('{0} comments changed', counts.comments),
    l10n.t('1 comment changed'),
  );
  add(
    counts.directives,
    l10n.t('{0} comments speak to a tool', counts.directives),
    l10n.t('1 comment speaks to a tool'),
  );
  add(counts.trailingCommasAdded, l10n.t('{0} trailing commas added', counts.trailingCommasAdded));
  add(
    counts.trailingCommasRemoved,
    l10n.t('{0} trailing commas removed', counts.trailingCommasRemoved),
  );
  add(counts.semicolonsAdded, l10n.t('{0} semicolons added', counts.semicolonsAdded));
  add(counts.semicolonsRemoved, l10n.t('{0} semicolons removed', counts.semicolonsRemoved));
  add(counts.quotesChanged, l10n.t('{0} quotes changed', counts.quotesChanged));
  add(counts.otherPunctuation, l10n.t('{0} other punctuation', counts.otherPunctuation));
  return words;
}

/** How many differences a question lists before it says how many more there are. */
const MAX_LINES = 8;

/** The differences of a proof as lines for the question before applying. */
export function differenceLines(proof: ProofResult, l10n: Localization): string {
  const shown = proof.differences.slice(0, MAX_LINES).map(({ line, before, after }) => {
    const place = l10n.t('line {0}', line);
    if (before === '') return l10n.t('{0}: added {1}', place, quote(after));
    if (after === '') return l10n.t('{0}: removed {1}', place, quote(before));
    return l10n.t('{0}: {1} became {2}', place, quote(before), quote(after));
  });
  const more = proof.differenceCount - shown.length;
  if (more > 0) shown.push(l10n.t('and {0} more', more));
  return shown.join('\n');
}

function quote(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return `“${line.length > 60 ? `${line.slice(0, 60)}…` : line}”`;
}
