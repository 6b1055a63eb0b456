import { type NanoUsd, formatUsd } from '../common/money';
import type { Localization } from '../common/translate';
import type { RunEvent, RunResult } from '../delegation/run';
import type { Delegation } from '../openrouter/streamEvent';

/** At most one line of heartbeats in this time; the first one shows at once. */
const HEARTBEAT_LINE_MS = 10_000;

export interface TranscriptHeader {
  readonly taskTitle: string;
  /** Such as `app.ts:10-52`. */
  readonly location: string;
  readonly orchestratorModel: string;
  readonly workerModel: string;
}

/** What is known before sending; amounts are null when the catalog has no prices. */
export interface PreflightLine {
  readonly promptTokens: number;
  readonly lowNanoUsd: NanoUsd | null;
  readonly highNanoUsd: NanoUsd | null;
  readonly maskedSecrets: number;
  readonly routing: 'delegated' | 'direct';
}

/** How a run ended, as the closing line tells it. */
export interface ClosingLine {
  readonly status: RunResult['status'];
  readonly record: RunResult['record'];
  readonly directEstimateNanoUsd: NanoUsd | null;
  readonly didDelegate: boolean;
  readonly isDemo: boolean;
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
  #answerHasStarted = false;
  #lineIsOpen = false;

  constructor(l10n: Localization) {
    this.#l10n = l10n;
  }

  header(header: TranscriptHeader): string {
    const models = this.#l10n.t(
      'orchestrator `{0}` · worker `{1}`',
      header.orchestratorModel,
      header.workerModel,
    );
    return `\n## ${header.taskTitle} · ${header.location}\n\n- ${models}\n`;
  }

  preflight(line: PreflightLine): string {
    const tokens = this.#l10n.t('{0} tokens', line.promptTokens.toLocaleString('en-US'));
    const price =
      line.lowNanoUsd === null || line.highNanoUsd === null
        ? this.#l10n.t('price unknown')
        : `~${formatUsd(line.lowNanoUsd)}–${formatUsd(line.highNanoUsd)}`;
    const route =
      line.routing === 'direct' ? this.#l10n.t('without a worker') : this.#l10n.t('delegated');
    const parts = [tokens, price, route];
    if (line.maskedSecrets > 0) parts.push(this.#l10n.t('{0} values masked', line.maskedSecrets));
    return `- ${this.#l10n.t('estimate: {0}', parts.join(' · '))}\n`;
  }

  /** @param nowMs milliseconds of the run's clock, to space out heartbeat lines. */
  event(event: RunEvent, nowMs: number): string {
    switch (event.type) {
      case 'heartbeat-received':
        return this.#heartbeat(event.waitingMs, nowMs);
      case 'delegation-update':
        return this.#delegation(event.delegation, event.elapsedMs);
      case 'answer-delta':
        return this.#answer(event.text);
      case 'retry-scheduled':
        return this.#line(
          this.#l10n.t('trying again in {0} ({1})', seconds(event.delayMs, 0), event.reason),
        );
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

  closing(line: ClosingLine): string {
    return `${this.#endLine()}${this.#answerHasStarted ? '\n' : ''}- ${this.#closingText(line)}\n`;
  }

  #closingText({
    status,
    record,
    directEstimateNanoUsd,
    didDelegate,
    isDemo,
  }: ClosingLine): string {
    const l10n = this.#l10n;
    const cost = record.usage?.costNanoUsd ?? null;
    const parts = [this.#statusWord(status), seconds(record.durationMs, 1)];
    if (record.wasSent) parts.push(cost === null ? l10n.t('cost unknown') : formatUsd(cost));
    if (record.usage) {
      parts.push(
        l10n.t(
          '{0} in / {1} out',
          count(record.usage.promptTokens),
          count(record.usage.completionTokens),
        ),
      );
    }
    if (record.routing === 'delegated' && record.wasSent) {
      const { requested } = record.delegations;
      if (requested === 1) parts.push(l10n.t('1 delegation'));
      else if (requested > 1) parts.push(l10n.t('{0} delegations', requested));
      if (!didDelegate && status === 'completed') parts.push(l10n.t('not delegated'));
    }
    if (
      status === 'completed' &&
      cost !== null &&
      directEstimateNanoUsd &&
      record.routing === 'delegated'
    ) {
      const percent = Math.round((1 - cost / directEstimateNanoUsd) * 100);
      parts.push(
        percent >= 0
          ? l10n.t('{0} % below direct', percent)
          : l10n.t('{0} % above direct', -percent),
      );
    }
    if (isDemo) parts.push(l10n.t('demo'));
    return parts.join(' · ');
  }

  #statusWord(status: RunResult['status']): string {
    switch (status) {
      case 'completed':
        return this.#l10n.t('done');
      case 'failed':
        return this.#l10n.t('failed');
      case 'cancelled':
        return this.#l10n.t('cancelled');
      case 'refused':
        return this.#l10n.t('not sent');
    }
  }

  #heartbeat(waitingMs: number, nowMs: number): string {
    if (this.#lastHeartbeatMs !== null && nowMs - this.#lastHeartbeatMs < HEARTBEAT_LINE_MS)
      return '';
    // A line between two pieces of the answer would break the answer apart.
    if (this.#answerHasStarted) return '';
    this.#lastHeartbeatMs = nowMs;
    return this.#line(this.#l10n.t('alive · waiting {0}', seconds(waitingMs, 0)));
  }

  #delegation(delegation: Delegation, elapsedMs: number): string {
    const shown = this.#shownDelegations.get(delegation.key);
    if (shown === delegation.status) return '';
    this.#shownDelegations.set(delegation.key, delegation.status);
    const name = delegation.taskName ?? delegation.workerName ?? '?';
    const model = delegation.model ?? this.#l10n.t('worker');
    const start = shown ? '' : this.#line(this.#l10n.t('delegated: {0} → {1}', name, model));
    if (delegation.status === 'running') return start;
    const end =
      delegation.status === 'ok'
        ? this.#l10n.t('outcome: {0} · ok · {1}', name, seconds(elapsedMs, 1))
        : this.#l10n.t('outcome: {0} · failed · {1}', name, seconds(elapsedMs, 1));
    return start + this.#line(end);
  }

  #answer(text: string): string {
    if (text === '') return '';
    const gap = this.#answerHasStarted ? '' : '\n';
    this.#answerHasStarted = true;
    this.#lineIsOpen = !text.endsWith('\n');
    return gap + text;
  }

  #line(text: string): string {
    return `${this.#endLine()}- ${text}\n`;
  }

  #endLine(): string {
    const end = this.#lineIsOpen ? '\n' : '';
    this.#lineIsOpen = false;
    return end;
  }
}

/** `14.2 s`; the unit is the same in every language we know of. */
function seconds(milliseconds: number, digits: number): string {
  return `${(milliseconds / 1000).toFixed(digits)} s`;
}

function count(tokens: number | null): string {
  return tokens === null ? '?' : tokens.toLocaleString('en-US');
}
