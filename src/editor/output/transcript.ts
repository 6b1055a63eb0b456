import { formatUsd } from '../../common/money';
import type { Localization } from '../../common/translate';
import { OutcomeError } from '../../delegation/answer/outcomeError';
import type { RouteEstimate, RunEvent, RunResult } from '../../delegation/run/run';
import type { Delegation, ToolUse } from '../../openrouter/streamEvent';
import { shown } from '../../common/shown';
import { OpenFence } from '../../text/openFence';
import { AnswerText, fenceFor, namePart } from './answerText';
import { closingWords, count, seconds } from './closingWords';
import { problemList } from '../messages/outcomeErrorText';
import type { RunEnded } from './runEnded';
import { retryWords } from './retryWords';
import { stepWords } from './stepWords';

/** Longer than the fences that code in an answer usually has. */
const FENCE = '`````';

/**
 * At most one line of heartbeats in this time; the first one shows at once. A notification, each
 * message of which is read aloud, says no more.
 */
export const HEARTBEAT_LINE_MS = 10_000;

export interface TranscriptHeader {
  readonly taskTitle: string;
  /** Such as `app.ts:10-52`. */
  readonly location: string;
  readonly orchestratorModel: string;
  readonly workerModel: string;
}

type DelegationUpdate = Extract<RunEvent, { type: 'delegation-update' }>;
type RunStart = Extract<RunEvent, { type: 'run-start' }>;

/** What is known before sending besides the plan. */
export interface PreflightFacts {
  /** How many values were masked. */
  readonly secretCount: number;
  /** Where the worker is asked when not at OpenRouter. */
  readonly workerOrigin: string | null;
}

/**
 * Words one run as a section of Markdown for the output panel, piece by piece as it happens.
 *
 * Pure: every method returns the text to append, `''` for nothing. Status lines are list items, so
 * that an answer between them stays readable Markdown.
 */
export class Transcript {
  readonly #l10n: Localization;
  readonly #shownDelegations = new Map<string, Delegation['status']>();
  #lastHeartbeatMs: number | null = null;
  readonly #fenceLanguage: string | null;
  #answerHasStarted = false;
  #fenceIsOpen = false;
  /** Fences that the answer itself has, when it is Markdown. */
  #ownFence = new OpenFence();
  readonly #answerText: AnswerText;
  #lineIsOpen = false;
  /** Characters of the answer that are shown, without white space before it. */
  #shownLength = 0;

  /** @param fenceLanguage language of the answer when it is code; null when it is Markdown itself. */
  constructor(l10n: Localization, fenceLanguage: string | null = null) {
    this.#l10n = l10n;
    this.#fenceLanguage = fenceLanguage?.replace(/[^\w.+#-]/g, '') ?? null;
    this.#answerText = new AnswerText(l10n, fenceLanguage !== null);
  }

  header(header: TranscriptHeader): string {
    const models = this.#l10n.t(
      'orchestrator `{0}` · worker `{1}`',
      namePart(header.orchestratorModel),
      namePart(header.workerModel),
    );
    const title = shown(`${namePart(header.taskTitle)} · ${header.location}`);
    return `\n## ${title}\n\n- ${shown(models)}\n`;
  }

  /** What is known before sending; without prices the line says so. */
  preflight(start: RunStart, facts: PreflightFacts): string {
    return this.#line(this.preflightWords(start, facts));
  }

  /** The same without being a line of the section. */
  preflightWords(start: RunStart, { secretCount, workerOrigin }: PreflightFacts): string {
    const { estimate } = start;
    const parts = [
      this.#l10n.t('{0} tokens', count(start.promptTokens)),
      estimate === null ? this.#l10n.t('price unknown') : this.#priceWords(start.routing, estimate),
      this.#routeWords(start),
    ];
    if (secretCount === 1) parts.push(this.#l10n.t('1 value masked'));
    if (secretCount > 1) parts.push(this.#l10n.t('{0} values masked', secretCount));
    if (workerOrigin !== null && start.routing === 'worker-first') {
      parts.push(
        this.#l10n.t(
          'the text goes to {0} and nowhere else; the orchestrator, if need be, sees an outline',
          workerOrigin,
        ),
      );
    }
    return this.#l10n.t('estimate: {0}', parts.join(' · '));
  }

  /** @param nowMs milliseconds of the run's clock, to space out heartbeat lines. */
  event(event: RunEvent, nowMs: number): string {
    switch (event.type) {
      case 'step-start':
        return this.#startOver(stepWords(event, this.#l10n));
      case 'answer-restart':
        return this.#startOver(
          this.#l10n.t('pieces of the answer were lost on the way; here it is whole'),
        );
      case 'heartbeat-received':
        return this.#heartbeat(event.waitingMs, nowMs);
      case 'delegation-update':
        return this.#delegation(event);
      case 'tool-update':
        return this.#tool(event.use);
      case 'preamble':
        return this.#line(this.#l10n.t('the orchestrator: {0}', onOneLine(event.text)));
      case 'answer-delta':
        return this.#answer(event.text);
      case 'retry-scheduled':
        return this.#line(retryWords(event, this.#l10n));
      case 'run-start':
      case 'request-sent':
      case 'usage-available':
        return '';
    }
  }

  /** A line of its own, for what is neither an event nor the end. */
  note(text: string): string {
    return this.#line(text);
  }

  /** The last line, after what a run without a result had brought and not shown. */
  closing(ended: RunEnded): string {
    const ending = this.ending(ended.result);
    const gap = this.#answerHasStarted ? '\n' : '';
    return `${ending}${gap}- ${closingWords(ended, this.#l10n)}\n`;
  }

  /** Ends the answer: open fences, and what a run without a result had brought and not shown. */
  ending(result: RunResult): string {
    return this.#closeOwnFence() + this.#unshown(result) + this.#endLine();
  }

  /** An answer that was cut off in its code must not swallow what is written after it. */
  #closeOwnFence(): string {
    const { closing } = this.#ownFence;
    return closing === null ? '' : `${this.#endLine()}${closing}\n`;
  }

  /** Outcomes that no marker let show were paid for all the same, and a marker alone tells why. */
  #unshown({ status, partialAnswer, rawAnswer, error }: RunResult): string {
    if (status !== 'failed' && status !== 'cancelled') return '';
    const all = partialAnswer.trimStart();
    const before = all.slice(0, this.#shownLength);
    const rest = all.slice(this.#shownLength);
    // A job that was declined is explained without its marker.
    const raw = error?.code === 'answer-declined' ? '' : rawAnswer.trim();
    const isMisshapen = error instanceof OutcomeError && error.code === 'answer-invalid';
    return (
      (isMisshapen
        ? this.#line(this.#l10n.t('what does not fit: {0}', problemList(error, this.#l10n)))
        : '') +
      (before.includes(rest.trim())
        ? ''
        : this.#block(this.#l10n.t('what else had arrived:'), rest)) +
      (all.includes(raw) ? '' : this.#block(this.#l10n.t('the orchestrator’s own words:'), raw))
    );
  }

  /** Text of its own under a line; code or a marker in it must not be taken for Markdown. */
  #block(title: string, text: string): string {
    const fence = fenceFor(text, FENCE);
    this.#answerHasStarted = true;
    const body = new AnswerText(this.#l10n, false).push(text.replace(/^\s*\n|\s+$/g, ''));
    return `${this.#line(title)}\n${fence}${this.#fenceLanguage ?? ''}\n${body}\n${fence}\n`;
  }

  #routeWords(start: RunStart): string {
    const { routing, reason } = start;
    const route = this.#routeName(routing);
    switch (reason.type) {
      case 'setting':
        return route;
      case 'no-proof':
        return this.#l10n.t('{0}, as nothing here can prove the result', route);
      case 'cheaper':
        return this.#cheaperWords(start, reason);
      case 'unknown-prices':
        return this.#l10n.t('{0}, as prices are unknown', route);
      case 'only-route':
        return this.#l10n.t('{0}, as the other route cannot hold the job', route);
    }
  }

  #cheaperWords(
    { routing }: RunStart,
    { delegatedNanoUsd, directNanoUsd }: Extract<RunStart['reason'], { type: 'cheaper' }>,
  ): string {
    const route = this.#routeName(routing);
    const prices = [formatUsd(delegatedNanoUsd), formatUsd(directNanoUsd)];
    return routing === 'direct' && delegatedNanoUsd < directNanoUsd
      ? this.#l10n.t(
          '{0}, as a worker would save too little (~{1} with a worker, ~{2} without)',
          route,
          ...prices,
        )
      : this.#l10n.t('{0}, the cheaper route (~{1} with a worker, ~{2} without)', route, ...prices);
  }

  /** Of worker first what it costs when the answer is proven, and what when it never is. */
  #priceWords(routing: RunStart['routing'], estimate: RouteEstimate): string {
    const { lowNanoUsd, expectedNanoUsd, highNanoUsd } = estimate;
    return routing === 'worker-first'
      ? this.#l10n.t('~{0}, at most ~{1}', formatUsd(expectedNanoUsd), formatUsd(highNanoUsd))
      : `~${formatUsd(lowNanoUsd)}–${formatUsd(highNanoUsd)}`;
  }

  #routeName(routing: RunStart['routing']): string {
    switch (routing) {
      case 'direct':
        return this.#l10n.t('without a worker');
      case 'delegated':
        return this.#l10n.t('delegated');
      case 'worker-first':
        return this.#l10n.t('worker first');
    }
  }

  /** The answer starts over: what stands of the last one is closed and stays. */
  #startOver(words: string): string {
    const end = this.#closeOwnFence() + this.#endLine() + (this.#answerHasStarted ? '\n' : '');
    this.#answerHasStarted = false;
    this.#shownLength = 0;
    this.#ownFence = new OpenFence();
    return end + this.#line(words);
  }

  #heartbeat(waitingMs: number, nowMs: number): string {
    if (this.#lastHeartbeatMs !== null && nowMs - this.#lastHeartbeatMs < HEARTBEAT_LINE_MS)
      return '';
    // A line between two pieces of the answer would break the answer apart.
    if (this.#answerHasStarted) return '';
    this.#lastHeartbeatMs = nowMs;
    return this.#line(this.#l10n.t('alive · waiting {0}', seconds(waitingMs, 0)));
  }

  /** A worker's line waits until its name is known, at the latest when it is done. */
  #delegation({ delegation, planned, elapsedMs: measuredMs }: DelegationUpdate): string {
    const before = this.#shownDelegations.get(delegation.key);
    if (before === delegation.status) return '';
    const name = planned.taskName ?? delegation.taskName ?? delegation.workerName;
    if (name === null && delegation.status === 'running') return '';
    this.#shownDelegations.set(delegation.key, delegation.status);
    const model = namePart(delegation.model ?? planned.workerModel ?? this.#l10n.t('worker'));
    const told = namePart(name ?? model);
    const start = before ? '' : this.#line(this.#l10n.t('delegated: {0} → {1}', told, model));
    if (delegation.status === 'running') return start;
    const end =
      delegation.status === 'ok'
        ? this.#l10n.t('outcome: {0} · ok', told)
        : this.#l10n.t('outcome: {0} · failed', told);
    return start + this.#line(end + elapsed(measuredMs));
  }

  #tool({ tool, status, model, failedModels }: ToolUse): string {
    if (status === 'running') return '';
    const words = [tool.replaceAll('_', ' '), ...(model === null ? [] : [model])];
    words.push(status === 'ok' ? this.#l10n.t('ok') : this.#l10n.t('failed'));
    if (failedModels.length > 0) {
      words.push(this.#l10n.t('without {0}', failedModels.join(', ')));
    }
    return this.#line(words.join(' · '));
  }

  #answer(text: string): string {
    if (text === '') return '';
    const opening = this.#answerHasStarted ? '' : this.#openAnswer();
    this.#answerHasStarted = true;
    this.#shownLength += (this.#shownLength === 0 ? text.trimStart() : text).length;
    this.#lineIsOpen = !text.endsWith('\n');
    if (this.#fenceLanguage === null) this.#ownFence.add(text);
    return opening + this.#answerText.push(text);
  }

  #openAnswer(): string {
    if (this.#fenceLanguage === null) return '\n';
    this.#fenceIsOpen = true;
    return `\n${FENCE}${this.#fenceLanguage}\n`;
  }

  #line(text: string): string {
    return `${this.#endLine()}- ${shown(text)}\n`;
  }

  #endLine(): string {
    const end = this.#lineIsOpen ? '\n' : '';
    const fence = this.#fenceIsOpen ? `${FENCE}\n` : '';
    this.#lineIsOpen = false;
    this.#fenceIsOpen = false;
    this.#answerText.endLine();
    return end + fence;
  }
}

/** A time that was not measured, because start and end came at once, is left out. */
function elapsed(measuredMs: number | null): string {
  return measuredMs === null || measuredMs < MIN_MEASURED_MS ? '' : ` · ${seconds(measuredMs, 1)}`;
}

const MIN_MEASURED_MS = 50;

function onOneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}
