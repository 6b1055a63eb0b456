import { asArray, asRecord, readString } from '../../common/json';
import { OpenRouterError, type OpenRouterErrorCode } from '../errors';

/** How far an exchange was when its connection failed. */
export type ExchangePhase = 'connecting' | 'awaiting-headers' | 'reading-body';

const TLS_CODES = new Set([
  'EPROTO',
  'UND_ERR_PRX_TLS',
  'CERT_CHAIN_TOO_LONG',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_REJECTED',
  'CERT_REVOKED',
  'CERT_SIGNATURE_FAILURE',
  'CERT_UNTRUSTED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'HOSTNAME_MISMATCH',
  'INVALID_CA',
  'INVALID_PURPOSE',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_CRL',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

/**
 * Makes our error of what undici or a socket reports, by its code and never by its message.
 *
 * The original is not kept as `cause` of a failed request: it may quote header values.
 */
export function readSocketError(
  error: unknown,
  phase: ExchangePhase,
  generationId: string | null,
): OpenRouterError {
  const reason = socketReason(error);
  const code = classify(reason, phase);
  return new OpenRouterError(code, `${PHASE_TEXT[phase]}${reason === null ? '' : `: ${reason}`}`, {
    reason,
    generationId,
    mayHaveBilled: phase !== 'connecting',
  });
}

const PHASE_TEXT: Readonly<Record<ExchangePhase, string>> = {
  connecting: 'No connection to the API',
  'awaiting-headers': 'The connection broke before the API answered',
  'reading-body': 'The connection broke inside the answer',
};

function classify(reason: string | null, phase: ExchangePhase): OpenRouterErrorCode {
  if (phase === 'reading-body') return 'interrupted';
  if (reason === null) return 'connection';
  if (reason === 'UND_ERR_CONNECT_TIMEOUT' || reason === 'ETIMEDOUT') return 'connect-timeout';
  if (TLS_CODES.has(reason) || /^ERR_(TLS|SSL)_/.test(reason)) return 'tls';
  // Something answers, but it does not speak HTTP as we know it.
  if (/^(HPE_\w+|HTTPParserError|UND_ERR_HEADERS_OVERFLOW)$/.test(reason))
    return 'unexpected-answer';
  return 'connection';
}

/**
 * The innermost code: undici wraps a socket's error, Node wraps those of several addresses. A
 * parser error may come without a code, and then its name stands for it.
 */
function socketReason(error: unknown): string | null {
  const proxyStatus = proxyRefusal(error);
  if (proxyStatus !== null) return proxyStatus;
  let reason: string | null = null;
  let current = asRecord(error);
  for (let depth = 0; depth < 5 && current !== null; depth++) {
    reason = readString(current['code']) ?? reason ?? telltaleName(current['name']);
    current = asRecord(current['cause']) ?? asRecord(asArray(current['errors'])[0]);
  }
  return reason;
}

function telltaleName(name: unknown): string | null {
  return name === 'Error' ? null : readString(name);
}

/**
 * undici gives a proxy's refusal to tunnel no code of its own, only a message with the status; a
 * 407 there needs other advice than a broken line.
 */
function proxyRefusal(error: unknown): string | null {
  const message = error instanceof Error ? error.message : '';
  const match = /^Proxy response \((\d{3})\)/.exec(message);
  return match === null ? null : `PROXY_${match[1]}`;
}
