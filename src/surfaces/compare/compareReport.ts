import { formatUsd } from '../../common/money';
import { seen } from '../../common/shown';
import type { Localization } from '../../common/translate';
import type { ComparisonResult } from '../../compare/comparison';
import { BAR, type CandidateTally, tallyOf } from '../../compare/tally';

export interface ReportParts {
  readonly taskTitle: string;
  /** By price, the cheapest first. */
  readonly models: readonly string[];
  readonly result: ComparisonResult;
  readonly placeCount: number;
}

/** The result as Markdown: numbers and models, nothing of the code. */
export function compareReport(parts: ReportParts, l10n: Localization): string {
  const { taskTitle, models, result, placeCount } = parts;
  const tallies = models.map((model) => tallyOf(model, result.answers));
  const head = [
    l10n.t('Worker'),
    l10n.t('Good at once'),
    l10n.t('Likely'),
    l10n.t('Verdict'),
    l10n.t('What went wrong'),
    l10n.t('Cost'),
    l10n.t('Seconds'),
  ];
  return [
    `# ${cell(l10n.t('Compare workers: {0}', taskTitle))}`,
    verdictWords(result, l10n),
    ...(result.stopped === null ? [] : [stoppedWords(result.stopped, l10n)]),
    [
      row(head),
      row([':--', '--:', '--:', ':--', ':--', '--:', '--:']),
      ...tallies.map((tally) => row(cellsOf(tally, l10n))),
    ].join('\n'),
    ...judgementWords(result, l10n),
    l10n.t(
      'The cheapest stands first. A worker passes when at least {0} in 10 of its answers are good at once, with 95 % confidence; "likely" is where the true share lies. {1} places of this workspace were at hand; a second round is asked only where the first is too few to tell. Proofs and schemas are those of production.',
      BAR * 10,
      placeCount,
    ),
  ].join('\n\n');
}

function verdictWords({ chosen }: ComparisonResult, l10n: Localization): string {
  return chosen === null
    ? l10n.t(
        '**None is known to pass.** Too few to tell, or not good enough: the table says which.',
      )
    : l10n.t('**The cheapest that passes: {0}**', cell(chosen));
}

function cellsOf(tally: CandidateTally, l10n: Localization): string[] {
  const { model, good, tries, range, faults, costNanoUsd, unknownCosts, medianMs } = tally;
  return [
    cell(model),
    `${String(good)} / ${String(tries)}`,
    tries === 0 ? '' : `${percent(range.low)}–${percent(range.high)} %`,
    standingWords(tally, l10n),
    faults.map(([code, count]) => `${String(count)} × ${faultWords(code, l10n)}`).join(', '),
    `${formatUsd(costNanoUsd)}${unknownCosts > 0 ? ` +${String(unknownCosts)}?` : ''}`,
    medianMs === null ? '' : (medianMs / 1000).toFixed(1),
  ];
}

function standingWords({ standing }: CandidateTally, l10n: Localization): string {
  switch (standing) {
    case 'passes':
      return l10n.t('passes');
    case 'fails':
      return l10n.t('not good enough');
    case 'open':
      return l10n.t('too few to tell');
  }
}

/** A code of the proof or of an answer that could not be used, in words. */
function faultWords(code: string, l10n: Localization): string {
  if (code === '') return l10n.t('nothing done');
  if (code === 'proof-changed') return l10n.t('changed too much');
  if (code === 'proof-unverified') return l10n.t('not verified');
  if (code === 'nothing-written') return l10n.t('nothing done');
  if (code === 'secrets-changed') return l10n.t('placeholders of secrets lost');
  return code.startsWith('answer-') || code.startsWith('outcome-')
    ? l10n.t('no usable answer')
    : l10n.t('request failed');
}

function judgementWords({ judgements }: ComparisonResult, l10n: Localization): string[] {
  const pairs = new Map<
    string,
    { cheaper: string; dearer: string; wins: number; losses: number; all: number }
  >();
  for (const { cheaper, dearer, preferred } of judgements) {
    const key = `${cheaper}\0${dearer}`;
    const pair = pairs.get(key) ?? { cheaper, dearer, wins: 0, losses: 0, all: 0 };
    pairs.set(key, {
      ...pair,
      all: pair.all + 1,
      wins: pair.wins + (preferred === 'cheaper' ? 1 : 0),
      losses: pair.losses + (preferred === 'dearer' ? 1 : 0),
    });
  }
  return [...pairs.values()].map(({ cheaper, dearer, wins, losses, all }) =>
    l10n.t(
      'Where proofs could not tell, the orchestrator read {0} pairs blindly, each both ways round: {1} was preferred {2} times, {3} {4} times, else neither.',
      all,
      cell(cheaper),
      wins,
      cell(dearer),
      losses,
    ),
  );
}

export function stoppedWords(code: string, l10n: Localization): string {
  switch (code) {
    case 'batch-limit':
      return l10n.t('The limit was reached; this is what was known until then.');
    case 'budget-exceeded':
    case 'declined':
      return l10n.t('A budget does not allow more; this is what was known until then.');
    default:
      return l10n.t('It could not go on; this is what was known until then.');
  }
}

function percent(share: number): string {
  return String(Math.round(share * 100));
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** Names of models come from the catalog: nothing of them may become Markdown. */
function cell(text: string): string {
  return seen(text).replace(/[\\`*_[\]<>#|~&$]/g, '\\$&');
}
