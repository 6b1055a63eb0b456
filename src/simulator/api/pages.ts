import { DEMO_KEY } from '../accounts';
import { PRICES_AS_OF } from '../prices';
import type { SimulatorState } from '../state';

export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

export function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>${escapeHtml(title)}</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:3rem auto;padding:0 1rem}code{word-break:break-all}</style>
<h1>${escapeHtml(title)}</h1>
${body}
</html>
`;
}

/** Says what this server is, and what it is not. */
export function homePage(state: SimulatorState): string {
  const models = state.catalog
    .list()
    .map((model) => `<li><code>${escapeHtml(model.slug)}</code> ${escapeHtml(model.name)}</li>`)
    .join('\n');
  return page(
    'Delegate simulator',
    `<p>This is a simulator of the OpenRouter API for the offline demo and the tests of the Delegate
extension. It runs on this machine only, is not part of OpenRouter, and no language model answers
here: orchestrators are scripts, workers are small programs. Nothing costs money; the amounts it
reports are what a real request of the same tokens would cost at the prices of ${PRICES_AS_OF}.</p>
<p>Base URL <code>/api/v1</code>, key <code>${DEMO_KEY}</code>.</p>
<ul>${models}</ul>`,
  );
}
