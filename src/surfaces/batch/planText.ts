import type { BatchPlan } from '../../batch/batch';
import type { SkippedFile } from '../../batch/collect/skipReason';
import { markdownName } from '../../text/markdownName';
import type { BatchFile } from '../../batch/journal/batchState';
import { formatUsd } from '../../common/money';
import type { Localization } from '../../common/translate';
import { skipWords, timeWords } from './batchWords';

/** What a plan says besides what the core has found. */
export interface PlanFacts {
  readonly title: string;
  readonly orchestratorModel: string;
  readonly workerModel: string;
  readonly parallel: number;
  readonly auditShare: number;
  readonly isProven: boolean;
  readonly isDemo: boolean;
  /** Languages that the editor itself can format; said when the task is to reformat. */
  readonly formatted: readonly string[];
}

/** Names of each kind that are listed; more are counted. */
const MAX_NAMES = 40;

/** The plan of a batch as Markdown: what would be done, what it costs, what is left out and why. */
export function planText(plan: BatchPlan, facts: PlanFacts, l10n: Localization): string {
  return [
    `# ${l10n.t('Plan: {0}', markdownName(facts.title))}`,
    table(rows(plan, facts, l10n)),
    ...(facts.formatted.length > 0 ? [formatterNote(facts.formatted, l10n)] : []),
    l10n.t('Nothing was sent yet. No file changes until you apply its result.'),
    `## ${l10n.t('Files')}`,
    languageList(plan.files, l10n),
    ...leftOut(plan.skipped, l10n),
    '',
  ].join('\n\n');
}

type Row = readonly [name: string, value: string];

function rows(plan: BatchPlan, facts: PlanFacts, l10n: Localization): readonly Row[] {
  const { files, price, limitNanoUsd } = plan;
  const waiting = files.filter(({ standing }) => standing === null);
  const tokens = waiting.reduce((sum, file) => sum + file.tokens, 0);
  const demo = facts.isDemo ? ` (${l10n.t('demo, no real money')})` : '';
  const money: readonly Row[] =
    price === null
      ? [[l10n.t('Cost'), l10n.t('not known, because the price of a model is not')]]
      : [
          [
            l10n.t('Cost'),
            `~${formatUsd(price.lowNanoUsd)} – ~${formatUsd(price.highNanoUsd)}${demo}`,
          ],
          [l10n.t('The orchestrator alone'), `~${formatUsd(price.directNanoUsd)}`],
          [l10n.t('Time'), `~${timeWords(price.expectedMs, l10n)}`],
        ];
  return [
    [
      l10n.t('Files'),
      waiting.length === files.length
        ? String(files.length)
        : l10n.t('{0}, of which {1} are to be done', files.length, waiting.length),
    ],
    [l10n.t('Tokens'), `~${tokens.toLocaleString('en-US')}`],
    ...money,
    [l10n.t('Never more than'), formatUsd(limitNanoUsd)],
    [l10n.t('Models'), models(facts)],
    [l10n.t('At once'), String(facts.parallel)],
    [
      l10n.t('Judged by'),
      facts.isProven
        ? l10n.t('a proof of each file; the orchestrator reads {0} %', percent(facts.auditShare))
        : l10n.t('the orchestrator, which reads at least {0} %', percent(facts.auditShare)),
    ],
  ];
}

function models({ orchestratorModel, workerModel }: PlanFacts): string {
  return `${markdownName(workerModel)} · ${markdownName(orchestratorModel)}`;
}

function percent(share: number): string {
  return String(Math.round(share * 1000) / 10);
}

function table(all: readonly Row[]): string {
  const cell = (text: string): string => text.replaceAll('|', '\\|');
  return ['| | |', '| --- | --- |', ...all.map(([a, b]) => `| ${cell(a)} | ${cell(b)} |`)].join(
    '\n',
  );
}

function formatterNote(languages: readonly string[], l10n: Localization): string {
  const names = languages.map(markdownName).join(', ');
  return `> ${l10n.t('The editor has a formatter for {0}, which is free and exact: consider Format Document first.', names)}`;
}

function languageList(files: readonly BatchFile[], l10n: Localization): string {
  if (files.length === 0) return l10n.t('There is nothing to do.');
  return byCount(files.map(({ languageId }) => languageId))
    .map(([language, count]) => `- ${markdownName(language)}: ${count}`)
    .join('\n');
}

function leftOut(skipped: readonly SkippedFile[], l10n: Localization): readonly string[] {
  if (skipped.length === 0) return [];
  const reasons = byCount(skipped.map(({ reason }) => reason));
  return [
    `## ${l10n.t('Left out')}`,
    ...reasons.map(([reason, count]) => {
      const names = skipped.filter((file) => file.reason === reason).slice(0, MAX_NAMES);
      const more = count > MAX_NAMES ? [`- ${l10n.t('and {0} more', count - MAX_NAMES)}`] : [];
      return [
        `**${count} · ${skipWords(reason, l10n)}**`,
        '',
        ...names.map(({ path }) => `- ${markdownName(path)}`),
        ...more,
      ].join('\n');
    }),
  ];
}

function byCount<T extends string>(all: readonly T[]): [T, number][] {
  const counts = new Map<T, number>();
  for (const each of all) counts.set(each, (counts.get(each) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a);
}
