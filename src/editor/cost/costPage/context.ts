import type { Localization } from '../../../common/translate';

/** What a rendering needs besides the report. */
export interface CostPageContext {
  readonly l10n: Localization;
  /** A BCP 47 tag for dates. */
  readonly locale: string;
  /** The system's when left out. */
  readonly timeZone?: string;
  readonly isDemo: boolean;
}
