import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readCallback, type CallbackResult } from './pkce';

/** What the browser shows after it has called back; in the user's language. */
export interface CallbackPage {
  /** Language of the texts, such as `en`. */
  readonly language: string;
  readonly title: string;
  /** Such as "You can close this page and return to the editor." */
  readonly succeeded: string;
  readonly denied: string;
}

export interface CallbackServer {
  /** Where the browser has to go in the end; it carries the state in its path. */
  readonly url: string;
  /** The first answer that has the state. Never rejects; pending for ever if none comes. */
  readonly result: Promise<CallbackResult>;
  close(): Promise<void>;
}

export interface CallbackServerOptions {
  /** Unguessable; anyone who knows it may bring a code. */
  readonly state: string;
  readonly page: CallbackPage;
}

/**
 * Listens on this machine for the one visit by which a browser brings the code (RFC 8252, section
 * 7.3). The port is free, the path is the state, because the API has no parameter for it and may
 * append its own to the address as it is. Everything else gets a 404.
 */
export async function startCallbackServer(options: CallbackServerOptions): Promise<CallbackServer> {
  let settle: (result: CallbackResult) => void = () => undefined;
  const result = new Promise<CallbackResult>((resolve) => {
    settle = resolve;
  });
  const server = createServer((request, response) => {
    const answer = readVisit(request, options.state);
    if (answer === null) {
      respond(response, { status: 404, body: 'Not found', type: 'text/plain' });
      return;
    }
    // The page first: closing the server would cut it off. A browser that hung up has still come.
    response.once('close', () => settle(answer));
    const { page } = options;
    const body = pageHtml(page, answer.type === 'code' ? page.succeeded : page.denied);
    respond(response, { status: 200, body, type: 'text/html' });
  });
  await listen(server);
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/${options.state}`, result, close: () => close(server) };
}

function readVisit(request: IncomingMessage, state: string): CallbackResult | null {
  const target = `http://localhost${request.url ?? ''}`;
  if (request.method !== 'GET' || !URL.canParse(target)) return null;
  const { pathname, searchParams } = new URL(target);
  return isSame(pathname, `/${state}`) ? readCallback(searchParams) : null;
}

/** Compares in a time that tells nothing about where the texts differ. */
function isSame(given: string, expected: string): boolean {
  const [a, b] = [given, expected].map((text) => createHash('sha256').update(text).digest());
  return a !== undefined && b !== undefined && timingSafeEqual(a, b);
}

interface Reply {
  readonly status: number;
  readonly body: string;
  readonly type: 'text/html' | 'text/plain';
}

function respond(response: ServerResponse, { status, body, type }: Reply): void {
  response.writeHead(status, {
    'content-type': `${type}; charset=utf-8`,
    'content-length': Buffer.byteLength(body),
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
    // The address has the code in it: it is neither kept nor passed on.
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    connection: 'close',
  });
  response.end(body);
}

function pageHtml({ language, title }: CallbackPage, text: string): string {
  return `<!doctype html>
<html lang="${escapeHtml(language)}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title>
<style>body { font: 1.1rem system-ui, sans-serif; color-scheme: light dark; margin: 20vh auto; max-width: 30rem; padding: 0 1rem }</style>
<h1>${escapeHtml(title)}</h1>
<p>${escapeHtml(text)}</p>
</html>
`;
}

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

function listen(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
