import { parseRecord, readString } from '../common/json';
import { isLoopback } from '../common/loopback';
import { readBaseUrl, type BaseUrlProblem } from './baseUrl';

/** Where the API is when no setting says otherwise. */
export const DEFAULT_BASE_URL = 'https://openrouter.ai/api/v1';

/** A key, and the only origin it may be sent to. */
export interface BoundKey {
  readonly key: string;
  readonly origin: string;
}

/** Text of the secret store's entry for a key. */
export function writeStoredKey({ key, origin }: BoundKey): string {
  return JSON.stringify({ key, origin });
}

/** Reads the secret store's entry; null for none, and for one that is not ours. */
export function readStoredKey(text: string | null | undefined): BoundKey | null {
  const record = parseRecord(text ?? '');
  const key = readString(record?.['key']);
  const origin = readString(record?.['origin']);
  return key !== null && origin !== null && isKeyLike(key) ? { key, origin } : null;
}

/** Whether text can be sent as a key: printable characters without spaces. */
export function isKeyLike(text: string): boolean {
  return /^[\x21-\x7e]+$/.test(text);
}

export interface EndpointQuestion {
  /** The setting `delegate.api.baseUrl`. */
  readonly configuredBaseUrl: string;
  readonly storedKey: BoundKey | null;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Where requests go, and with which key. */
export type Endpoint =
  | {
      readonly ok: true;
      readonly baseUrl: string;
      readonly origin: string;
      /** Null when there is no key for this origin. */
      readonly key: string | null;
      readonly keySource: 'stored' | 'environment' | null;
      /** The origin of a key that exists but is not for here; null when there is none. */
      readonly otherKeyOrigin: string | null;
    }
  | {
      readonly ok: false;
      readonly problem: BaseUrlProblem;
      readonly source: 'setting' | 'environment';
    };

/**
 * Decides where requests go and which key goes along.
 *
 * A stored key belongs to the origin that it was given for. The key of `OPENROUTER_API_KEY` belongs
 * to the origin of `OPENROUTER_BASE_URL`, and to openrouter.ai when that is not set. No key is ever
 * used for another origin. The environment's address counts only where the setting has its default
 * and no stored key fits it.
 */
export function resolveEndpoint(question: EndpointQuestion): Endpoint {
  const { storedKey, environment } = question;
  const configured = readBaseUrl(question.configuredBaseUrl);
  if (!configured.ok) return { ...configured, source: 'setting' };
  if (storedKey?.origin === configured.origin) {
    return { ...configured, key: storedKey.key, keySource: 'stored', otherKeyOrigin: null };
  }
  const fromEnvironment = variable(environment, 'OPENROUTER_BASE_URL');
  const other = readBaseUrl(fromEnvironment ?? DEFAULT_BASE_URL);
  const isDefault = configured.baseUrl === DEFAULT_BASE_URL;
  if (!other.ok) {
    // The environment's key belongs to an address that cannot be used, so it goes nowhere.
    if (isDefault) return { ...other, source: 'environment' };
    return withoutKey(configured, storedKey?.origin ?? null);
  }
  const chosen = isDefault ? other : configured;
  const key = variable(environment, 'OPENROUTER_API_KEY');
  if (storedKey?.origin === chosen.origin) {
    return { ...chosen, key: storedKey.key, keySource: 'stored', otherKeyOrigin: null };
  }
  if (key !== null && isKeyLike(key) && other.origin === chosen.origin) {
    return { ...chosen, key, keySource: 'environment', otherKeyOrigin: null };
  }
  return withoutKey(chosen, storedKey?.origin ?? (key === null ? null : other.origin));
}

/**
 * Whether the environment alone sends the key and the user's code to an address that is neither
 * OpenRouter's nor on this machine: it may not be the user who set it.
 */
export function isForeignEnvironment({
  keySource,
  origin,
}: Extract<Endpoint, { ok: true }>): boolean {
  const { hostname } = new URL(origin);
  return (
    keySource === 'environment' &&
    origin !== new URL(DEFAULT_BASE_URL).origin &&
    !isLoopback(hostname)
  );
}

function withoutKey(
  base: { readonly baseUrl: string; readonly origin: string },
  otherKeyOrigin: string | null,
): Endpoint {
  const { baseUrl, origin } = base;
  const other = otherKeyOrigin === origin ? null : otherKeyOrigin;
  return { ok: true, baseUrl, origin, key: null, keySource: null, otherKeyOrigin: other };
}

function variable(environment: EndpointQuestion['environment'], name: string): string | null {
  return readString(environment[name]?.trim());
}
