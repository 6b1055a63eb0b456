import { formatUsd } from '../../common/money';
import type { Localization } from '../../common/translate';
import type { RunRecord, RunResult } from '../../delegation/run/run';
import type { RunEnded } from './runEnded';

/** Such as `done · 14.2 s · $0.0061 · …`; of a run that was not sent without a bill. */
export function closingWords(ended: RunEnded, l10n: Localization): string {
  const { result, isDemo, workerFirstNanoUsd } = ended;
  const { status, record } = result;
  const parts = [statusWord(status, l10n), seconds(record.durationMs, 1)];
  if (record.wasSent) parts.push(...billWords(result, l10n));
  if (record.wasSent && record.routing !== 'direct') {
    parts.push(...delegationWords(result, l10n), ...comparison(result, isDemo, l10n));
  }
  if (workerFirstNanoUsd !== null) {
    parts.push(l10n.t('worker first would have cost ~{0}', formatUsd(workerFirstNanoUsd)));
  }
  if (result.checkedBy === 'proof') parts.push(l10n.t('verified by grammar'));
  if (result.checkedBy === 'schema') parts.push(l10n.t('checked by its schema'));
  if (result.outcome?.isUnaccepted) parts.push(l10n.t('not accepted by the orchestrator'));
  if (result.outcome?.mended?.length) parts.push(l10n.t('the answer’s form was mended'));
  const leftOut = result.outcome?.leftOut?.length ?? 0;
  if (leftOut > 0) parts.push(l10n.t('{0} entries could not be read', leftOut));
  if (isDemo) parts.push(l10n.t('demo'));
  return parts.join(' · ');
}

function billWords({ record }: RunResult, l10n: Localization): string[] {
  const cost = record.usage?.costNanoUsd ?? null;
  const costWords = cost === null ? l10n.t('cost unknown') : formatUsd(cost);
  return [costWords, ...tokenWords(record, l10n)];
}

/** The API tells the tokens of the model that was asked; a sum over several would be nobody's. */
function tokenWords(record: RunRecord, l10n: Localization): string[] {
  const { usage, routing, didEnableDelegation } = record;
  const isOfSeveral = routing === 'worker-first' && (didEnableDelegation || record.requests > 2);
  if (!usage || isOfSeveral) return [];
  const { promptTokens, completionTokens } = usage;
  return [l10n.t('{0} in / {1} out', count(promptTokens), count(completionTokens))];
}

function delegationWords({ status, record, didDelegate }: RunResult, l10n: Localization): string[] {
  const words: string[] = [];
  if (record.requests > 1) words.push(l10n.t('{0} requests', record.requests));
  const { requested } = record.delegations;
  if (requested === 1) words.push(l10n.t('1 delegation'));
  else if (requested > 1) words.push(l10n.t('{0} delegations', requested));
  if (status !== 'completed') return words;
  if (record.didEnableDelegation && !didDelegate) words.push(l10n.t('not delegated'));
  return words;
}

/** A run against asking directly; a demo's prices say nothing about what is dear. */
function comparison({ status, record }: RunResult, isDemo: boolean, l10n: Localization): string[] {
  const cost = record.usage?.costNanoUsd ?? null;
  const { directEstimateNanoUsd } = record;
  if (status !== 'completed' || cost === null || !directEstimateNanoUsd) return [];
  const percent = Math.round((1 - cost / directEstimateNanoUsd) * 100);
  if (percent >= 0) return [l10n.t('{0} % below direct', percent)];
  const more = formatUsd(cost - directEstimateNanoUsd);
  return isDemo ? [] : [l10n.t('cost {0} more than asking directly', more)];
}

function statusWord(status: RunResult['status'], l10n: Localization): string {
  switch (status) {
    case 'completed':
      return l10n.t('done');
    case 'failed':
      return l10n.t('failed');
    case 'cancelled':
      return l10n.t('cancelled');
    case 'refused':
      return l10n.t('not sent');
  }
}

/** `14.2 s`; the unit is the same in every language we know of. */
export function seconds(milliseconds: number, digits: number): string {
  return `${(milliseconds / 1000).toFixed(digits)} s`;
}

/** A number of tokens with separators, or `?` when unknown. */
export function count(tokens: number | null): string {
  return tokens === null ? '?' : tokens.toLocaleString('en-US');
}
