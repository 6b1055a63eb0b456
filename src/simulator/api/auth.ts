import { parseRecord, readString } from '../../common/json';
import type { ChallengeMethod } from '../authCodes';
import { RequestProblem } from '../request/problem';
import type { SimulatorState } from '../state';
import { type HttpExchange, sendHtml, sendJson } from './exchange';
import { escapeHtml, page } from './pages';

const DEFAULT_LABEL = 'Simulator sign-in';

/**
 * `GET /auth`: the sign-in page. There is nobody to ask here, so it consents at once and redirects
 * to `callback_url` with a code, or shows the code when there is none (then a challenge is needed).
 */
export function showSignIn(state: SimulatorState, exchange: HttpExchange): void {
  const query = exchange.url.searchParams;
  const callback = query.get('callback_url');
  const challenge = query.get('code_challenge');
  const method = readMethod(query.get('code_challenge_method')) ?? 'S256';
  if (method === 'unknown') {
    refuse(exchange, 'Unknown code_challenge_method.');
    return;
  }
  if (callback === null && challenge === null) {
    refuse(exchange, 'Without callback_url a code_challenge is required.');
    return;
  }
  const target = callback === null ? null : readCallback(callback);
  if (callback !== null && !target) {
    refuse(exchange, 'callback_url has to be https, or http on localhost.');
    return;
  }
  const keyLabel = (query.get('key_label') ?? DEFAULT_LABEL).slice(0, 100);
  const code = state.authCodes.issue({ challenge, method, keyLabel });
  if (target) redirect(exchange, target, code);
  else {
    sendHtml(
      exchange,
      200,
      page(
        'Delegate simulator: sign-in',
        `<p>Code: <code id="code">${escapeHtml(code)}</code></p>`,
      ),
    );
  }
}

function redirect(exchange: HttpExchange, target: URL, code: string): void {
  target.searchParams.set('code', code);
  exchange.record.status = 302;
  exchange.response.writeHead(302, { location: target.href });
  exchange.response.end();
}

function refuse(exchange: HttpExchange, reason: string): void {
  sendHtml(exchange, 400, page('Delegate simulator: sign-in', `<p>${escapeHtml(reason)}</p>`));
}

/** Only what the guide documents: https, or the loopback on any port. */
function readCallback(callback: string): URL | null {
  if (!URL.canParse(callback)) return null;
  const url = new URL(callback);
  const isLoopback = url.hostname === 'localhost' || url.hostname === '127.0.0.1';
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback) ? url : null;
}

function readMethod(value: unknown): ChallengeMethod | 'unknown' | null {
  if (value === undefined || value === null) return null;
  return value === 'S256' || value === 'plain' ? value : 'unknown';
}

/** `POST /auth/keys`: exchanges a code for a key; takes no authorization. */
export function exchangeCode(state: SimulatorState, exchange: HttpExchange): void {
  const body = parseRecord(exchange.bodyText);
  const code = readString(body?.['code']);
  if (!body || code === null) throw new RequestProblem(400, 'code: required');
  const method = readMethod(body['code_challenge_method']);
  if (method === 'unknown') throw new RequestProblem(400, 'Invalid code_challenge_method');
  const verifier = readString(body['code_verifier']) ?? '';
  const label = state.authCodes.redeem({ code, verifier, method });
  sendJson(exchange, 200, { key: state.accounts.issue(label).key, user_id: 'user_simulator' });
}
