// The page "Show cost" in its own frame: puts in what the extension sends and tells it what the
// user did. All texts and numbers come from the extension.
(() => {
  'use strict';

  const vscode = acquireVsCodeApi();
  const main = document.querySelector('main');
  const status = document.getElementById('status');
  const range = document.getElementById('range');
  /** Kept by the editor while the page is hidden and across reloads. */
  let state = { open: [], scroll: 0, ...vscode.getState() };
  let isFirst = true;

  const keep = (change) => {
    state = { ...state, ...change };
    vscode.setState(state);
  };
  const post = (type, subject) => vscode.postMessage({ type, subject });

  /** Replaces a part and leaves keyboard focus and opened tables where they were. */
  const replace = (id, html) => {
    const part = document.getElementById(id);
    if (!part) return;
    const focused = part.contains(document.activeElement) ? document.activeElement.id : '';
    part.innerHTML = html;
    for (const open of state.open) {
      const details = document.getElementById(open);
      if (details && part.contains(details)) details.open = true;
    }
    if (focused !== '') document.getElementById(focused)?.focus();
  };

  window.addEventListener('message', ({ data }) => {
    if (data?.type !== 'update') return;
    for (const [id, html] of Object.entries(data.sections)) replace(id, html);
    main.removeAttribute('aria-busy');
    if (data.announcement !== null) status.textContent = data.announcement;
    if (isFirst) window.scrollTo(0, state.scroll);
    isFirst = false;
  });

  document.addEventListener('click', ({ target }) => {
    const button = target instanceof Element ? target.closest('[data-action]') : null;
    if (button) post(button.dataset.action, button.dataset.subject);
  });
  range.addEventListener('change', () => post('range', range.value));
  document.addEventListener(
    'toggle',
    ({ target }) => {
      const others = state.open.filter((id) => id !== target.id);
      keep({ open: target.open ? [...others, target.id] : others });
    },
    true,
  );
  window.addEventListener('scrollend', () => {
    if (!isFirst) keep({ scroll: window.scrollY });
  });

  post('ready');
})();
