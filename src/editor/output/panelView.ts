import type { Clock } from '../../common/clock';
import type { Localization } from '../../common/translate';
import { type RunEvent, startsOver } from '../../delegation/run/run';
import type { RunEnded } from './runEnded';
import type { RunStart, RunView } from './runView';
import { resultWords } from './resultWords';
import type { PanelSection } from './sectionQueue';
import { type PreflightFacts, Transcript } from './transcript';

/** What the panel is for a run: where its section begins. */
export interface SectionOpener {
  openSection(head: string): PanelSection;
}

/**
 * Writes a run as a section of the output panel; says nothing of one that was not started.
 *
 * An answer that is code or data is not repeated there: the section says what becomes of it. What a
 * run without a result had brought is shown as it came.
 */
export class PanelView implements RunView {
  readonly #panel: SectionOpener;
  readonly #l10n: Localization;
  readonly #clock: Clock;
  #transcript: Transcript;
  #section: PanelSection | null = null;
  /** Whether the answer shows as it arrives: text does. */
  #streams = true;
  #hasAnswer = false;
  #startedAtMs = 0;
  #facts: PreflightFacts = { secretCount: 0, workerOrigin: null };

  constructor(options: {
    readonly panel: SectionOpener;
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

  start({ header, answerLanguage, secretCount, workerOrigin, isDemo }: RunStart): void {
    this.#startedAtMs = this.#clock.now();
    this.#facts = { secretCount, workerOrigin };
    this.#transcript = new Transcript(this.#l10n, answerLanguage);
    this.#streams = answerLanguage === null;
    this.#hasAnswer = false;
    this.#section = this.#panel.openSection(this.#transcript.header(header));
    if (isDemo) {
      this.#append(
        this.#transcript.note(
          this.#l10n.t(
            'offline demo: a simulator on this machine answers, nothing is sent, and its costs are made up',
          ),
        ),
      );
    }
  }

  event(event: RunEvent): void {
    if (event.type === 'run-start') {
      this.#append(this.#transcript.preflight(event, this.#facts));
    }
    if (startsOver(event)) this.#hasAnswer = false;
    if (event.type !== 'answer-delta' || this.#streams) {
      this.#append(this.#transcript.event(event, this.#clock.now() - this.#startedAtMs));
    } else if (!this.#hasAnswer) {
      this.#hasAnswer = true;
      this.#append(this.#transcript.note(this.#l10n.t('the answer arrives')));
    }
  }

  end(ended: RunEnded): void {
    const { result } = ended;
    const words = this.#streams ? null : resultWords(result, this.#l10n);
    if (words !== null) this.#append(this.#transcript.note(words));
    this.#append(this.#transcript.closing(ended));
    this.close();
  }

  /** Lets the next section in, also after a run that never came to its end. */
  close(): void {
    this.#section?.end();
    this.#section = null;
  }

  #append(text: string): void {
    this.#section?.append(text);
  }
}
