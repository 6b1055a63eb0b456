import type { Clock } from '../../common/clock';
import type { Localization } from '../../common/translate';
import type { RunEvent } from '../../delegation/run/run';
import type { RunEnded, RunStart, RunView } from './runView';
import { type PreflightFacts, Transcript } from './transcript';

/** What the panel is for a run: an end to write at. */
export interface PanelWriter {
  beginSection(head: string): void;
  append(text: string): void;
}

/** Writes a run as a section of the output panel; says nothing of one that was not started. */
export class PanelView implements RunView {
  readonly #panel: PanelWriter;
  readonly #l10n: Localization;
  readonly #clock: Clock;
  #transcript: Transcript;
  #startedAtMs = 0;
  #facts: PreflightFacts = { secretCount: 0, workerOrigin: null };

  constructor(options: {
    readonly panel: PanelWriter;
    readonly l10n: Localization;
    readonly clock: Clock;
  }) {
    this.#panel = options.panel;
    this.#l10n = options.l10n;
    this.#clock = options.clock;
    this.#transcript = new Transcript(this.#l10n);
  }

  refuse(): void {
    // There is no section that it would belong to.
  }

  start({ header, answerLanguage, secretCount, workerOrigin }: RunStart): void {
    this.#startedAtMs = this.#clock.now();
    this.#facts = { secretCount, workerOrigin };
    this.#transcript = new Transcript(this.#l10n, answerLanguage);
    this.#panel.beginSection(this.#transcript.header(header));
  }

  event(event: RunEvent): void {
    if (event.type === 'run-start') {
      this.#panel.append(this.#transcript.preflight(event, this.#facts));
    }
    this.#panel.append(this.#transcript.event(event, this.#clock.now() - this.#startedAtMs));
  }

  end({ result, isDemo }: RunEnded): void {
    this.#panel.append(this.#transcript.closing(result, isDemo));
  }
}
