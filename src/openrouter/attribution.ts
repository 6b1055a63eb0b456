/**
 * Headers by which OpenRouter tells applications apart (API reference, app attribution). They name
 * the extension, never the user, the workspace or the job.
 */
export const ATTRIBUTION_HEADERS: Readonly<Record<string, string>> = {
  'HTTP-Referer': 'https://marketplace.visualstudio.com/items?itemName=delegate-editor.delegate',
  'X-OpenRouter-Title': 'Delegate',
  'X-OpenRouter-Categories': 'ide-extension',
};
