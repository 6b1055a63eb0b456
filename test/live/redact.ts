import { findSecrets } from '../../src/privacy/findSecrets';
import { OPENROUTER_START } from '../../src/privacy/tokenFormats/services';

/** Fields that tell of a person, an account or a session, whatever they hold. */
const PERSONAL = new Set([
  'user',
  'user_id',
  'creator_user_id',
  'email',
  'label',
  'organization_id',
  'workspace_id',
  'session_id',
  'safety_identifier',
  'prompt_cache_key',
  'http_referer',
  'external_user',
]);
/** Long and opaque; only the account that got them can use them. */
const OPAQUE = new Set(['encrypted_content', 'signature']);

/**
 * A recorded body without keys and personal details, its frames and its framing otherwise as they
 * were. What is not JSON is searched for keys and addresses all the same.
 */
export function redactBody(text: string): string {
  const whole = redactJson(text);
  if (whole !== null) return whole;
  return text
    .split('\n')
    .map((line) => {
      const match = /^(data: ?)(.*?)(\r?)$/.exec(line);
      const json = match === null ? null : redactJson(match[2] ?? '');
      return match === null || json === null ? redactText(line) : `${match[1]}${json}${match[3]}`;
    })
    .join('\n');
}

function redactJson(text: string): string | null {
  const body = text.trim();
  if (!body.startsWith('{')) return null;
  try {
    const before = text.slice(0, text.indexOf('{'));
    return before + JSON.stringify(redactValue(JSON.parse(body)));
  } catch {
    return null;
  }
}

function redactValue(value: unknown): unknown {
  if (typeof value === 'string') return redactText(value);
  if (Array.isArray(value)) return value.map(redactValue);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => {
      const isTold = field !== null && field !== undefined;
      if (PERSONAL.has(name) && isTold) return [name, 'redacted'];
      if (OPAQUE.has(name) && isTold) return [name, 'b3BhcXVl'];
      return [name, redactValue(field)];
    }),
  );
}

/** Secrets in the forms that masking knows, and what begins like a key of ours, cut or not. */
function redactText(text: string): string {
  return withoutSecrets(text)
    .replace(new RegExp(`${OPENROUTER_START}[\\w-]+`, 'g'), `${OPENROUTER_START}redacted`)
    .replace(/\buser_[A-Za-z0-9]{8,}/g, 'user_redacted')
    .replace(/[\w.+-]+@[\w-]+\.[\w.]+/g, 'someone@example.com');
}

function withoutSecrets(text: string): string {
  let clean = '';
  let at = 0;
  for (const { start, end } of findSecrets(text)) {
    clean += `${text.slice(at, start)}redacted`;
    at = end;
  }
  return clean + text.slice(at);
}
