import { formatUsd } from '../common/money';
import type { Localization } from '../common/translate';
import type { Assumption, CheckLine, FittingSetting, Verdict } from './report';

/** One line of a check: the verdict, what it is about, and what it rests on. */
export function lineText(line: CheckLine, l10n: Localization): string {
  const facts = factsOf(line, l10n);
  const words = `${verdictWord(line.verdict, l10n)} · ${assumptionText(line.assumption, l10n)}`;
  return `${words} (${[line.protocol, ...facts].join(' · ')})`;
}

export function settingText({ key, value }: FittingSetting, l10n: Localization): string {
  return l10n.t('Set {0} to {1}', `delegate.${key}`, value);
}

function verdictWord(verdict: Verdict, l10n: Localization): string {
  switch (verdict) {
    case 'holds':
      return l10n.t('yes');
    case 'fails':
      return l10n.t('no');
    case 'unknown':
      return l10n.t('not seen');
  }
}

function assumptionText(assumption: Assumption, l10n: Localization): string {
  switch (assumption) {
    case 'delegates':
      return l10n.t('the orchestrator delegates when it is told to');
    case 'outcome-shown':
      return l10n.t('the answer shows what a worker wrote');
    case 'marker-obeyed':
      return l10n.t('the orchestrator accepts with the marker it is given');
    case 'cost-told':
      return l10n.t('the answer says what it cost');
    case 'own-key-told':
      return l10n.t('the cost is that of the models, or the answer says that the key is your own');
    case 'instructions-hidden':
      return l10n.t('the selection stays with the worker');
    case 'heartbeats':
      return l10n.t('there are signs of life while a worker writes');
    case 'workers-at-once':
      return l10n.t('two workers write at once');
    case 'bill-includes-workers':
      return l10n.t('a bill that is looked up later has the workers in it');
    case 'aborted-bill':
      return l10n.t('the bill of a stopped run can be looked up');
  }
}

function factsOf(
  { assumption, numbers, protocol, verdict }: CheckLine,
  l10n: Localization,
): readonly string[] {
  const [first = 0, second = 0] = numbers;
  switch (assumption) {
    // Chat counts calls and shows no worker, so a number of none would contradict the line.
    case 'delegates':
      return first > 0 ? [l10n.t('workers seen: {0}', first)] : [];
    case 'outcome-shown':
      if (second > 0) return [l10n.t('{0} of {1} workers', first, second)];
      return protocol === 'chat' && verdict === 'fails' ? [l10n.t('as documented')] : [];
    case 'instructions-hidden':
      return [
        l10n.t('{0} input tokens', first.toLocaleString('en-US')),
        l10n.t('{0} with the workers', second.toLocaleString('en-US')),
      ];
    case 'heartbeats':
      return [l10n.t('signs of life: {0}', first)];
    case 'cost-told':
    case 'aborted-bill':
      return first > 0 ? [formatUsd(first)] : [];
    case 'own-key-told':
      return [`${formatUsd(first)} / ~${formatUsd(second)}`];
    case 'bill-includes-workers':
      return [`${formatUsd(first)} / ${formatUsd(second)}`];
    case 'marker-obeyed':
    case 'workers-at-once':
      return [];
  }
}
