import type { Localization } from '../../../common/translate';
import { escapeHtml } from './html';
import { RANGES, type RangeId, rangeTitle } from './ranges';
import type { SectionId } from './sections';

export interface DocumentOptions {
  readonly l10n: Localization;
  readonly language: string;
  readonly range: RangeId;
  readonly scriptUri: string;
  readonly styleUri: string;
  /** Where the editor serves the extension's files from. */
  readonly cspSource: string;
  /** Fresh for each page. */
  readonly nonce: string;
}

/**
 * The page without its numbers, which come as messages. Nothing may be loaded but its own style and
 * script, nothing is styled or scripted inline, and it can reach no network.
 */
export function costDocument(options: DocumentOptions): string {
  const { l10n, nonce } = options;
  const t = (text: string): string => escapeHtml(l10n.t(text));
  const policy = [
    "default-src 'none'",
    `style-src ${options.cspSource}`,
    `script-src 'nonce-${nonce}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const ranges = RANGES.map(
    (range) =>
      `<option value="${range}"${range === options.range ? ' selected' : ''}>${escapeHtml(rangeTitle(range, l10n))}</option>`,
  ).join('');
  return `<!DOCTYPE html>
<html lang="${escapeHtml(options.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${t('Delegate: cost')}</title>
<link rel="stylesheet" href="${escapeHtml(options.styleUri)}">
</head>
<body>
<main aria-busy="true">
<header>
<div><h1>${t('Cost')}</h1>
<p class="muted">${t('What your runs were billed, from OpenRouter’s own answers. Only what has a ~ is an estimate.')}</p></div>
<div class="actions"><button type="button" id="export" data-action="export">${t('Export ledger…')}</button></div>
</header>
<div id="notices"></div>
<h2>${t('Counters')}</h2>
<div id="counters" class="cards"></div>
<p class="muted hint">${t('The status bar shows these. Resetting one starts it from zero; the ledger, the chart and the budgets keep everything.')}</p>
<h2>${t('Budgets')}</h2>
<div id="budgets"></div>
<div class="range"><h2>${t('Spend')}</h2>
<label for="range">${t('Range')}</label><select id="range">${ranges}</select></div>
<div id="summary"></div>
<div id="chart"></div>
<h3>${t('By task')}</h3>
<div id="tasks"></div>
<h3>${t('By model')}</h3>
<div id="models"></div>
<p class="muted hint">${t('Saved: what asking the orchestrator directly would have cost, estimated from list prices before sending, less what the run cost. Runs that failed count against it.')}</p>
<h2>${t('Last runs')}</h2>
<div id="runs"></div>
</main>
<p id="status" class="hidden" role="status" aria-live="polite"></p>
<script nonce="${nonce}" src="${escapeHtml(options.scriptUri)}"></script>
</body>
</html>`;
}

/** What the extension tells the page. */
export interface PageUpdate {
  readonly type: 'update';
  /** HTML of the parts that changed. */
  readonly sections: Partial<Record<SectionId, string>>;
  /** What a screen reader is to say; null for nothing. */
  readonly announcement: string | null;
}
