/**
 * Names that announce a secret. A name counts by its last words, because `token_url`,
 * `passwordField` and `secretName` hold something else.
 */
export type NameStrength =
  /** The value is a secret even if it looks like a word with a digit. */
  | 'strong'
  /** The value has to look random as well. */
  | 'weak'
  /** The value is a list of words, such as the words of a wallet. */
  | 'phrase';

/** Cheap test for places worth a look; every name below contains one of these. */
export const NAME_SEED =
  /pass|pwd|psk|secret|token|key|cred|auth|bearer|salt|pepper|mnemonic|phrase|pin_?code|kennwort|senha|wachtwoord|contrase|clave|heslo|has[łl]o|parol|l[öo]senord|adgangskode|salasana|jelsz[óo]|[şs]ifre|пароль|секрет|密码|密碼|口令|パスワード|暗証番号|비밀번호|\bpw\b|_pw\b/gi;

const STRONG = new Set([
  'password',
  'passwd',
  'passphrase',
  'passcode',
  'pwd',
  'psk',
  'secret',
  'pass',
  'pw',
  'passwort',
  'kennwort',
  'senha',
  'wachtwoord',
  'contrasena',
  'heslo',
  'hasło',
  'haslo',
  'parola',
  'parole',
  'losenord',
  'adgangskode',
  'salasana',
  'jelszo',
  'sifre',
  'пароль',
  'storepass',
  'keypass',
]);
const WEAK = new Set([
  'token',
  'apikey',
  'credential',
  'credentials',
  'auth',
  'authorization',
  'authtoken',
  'accesstoken',
  'bearer',
  'salt',
  'pepper',
  'secretkey',
  'privatekey',
  'accesskey',
  'apitoken',
  'apisecret',
  'clientsecret',
  'authkey',
  'jwt',
  'pincode',
  'clave',
  'секрет',
]);

/** In scripts that put no blanks between words, and where several words are written as one. */
const STRONG_END =
  /(?:password|passwd|passphrase|requirepass|masterauth|motdepasse|密码|密碼|口令|パスワード|暗証番号|비밀번호)$/;

/** What has to come before `key` to make it a secret one. */
const KEY_OWNERS = new Set([
  'api',
  'access',
  'account',
  'admin',
  'aes',
  'app',
  'application',
  'auth',
  'client',
  'consumer',
  'cookie',
  'crypto',
  'decryption',
  'deploy',
  'encryption',
  'encrypt',
  'hmac',
  'jwt',
  'license',
  'master',
  'merchant',
  'openai',
  'private',
  'root',
  'rsa',
  'secret',
  'server',
  'service',
  'session',
  'shared',
  'sharedaccess',
  'sign',
  'signing',
  'ssh',
  'storage',
  'stripe',
  'subscription',
  'webhook',
  'write',
  'anthropic',
  'openrouter',
]);

/** Owners that make the value public or a position in a list. */
const HARMLESS_OWNERS = new Set([
  'public',
  'publishable',
  'pub',
  'next',
  'previous',
  'prev',
  'page',
  'continuation',
  'sync',
  'cancel',
  'cancellation',
  'start',
  'end',
  'open',
  'close',
  'csrf',
  'xsrf',
  'design',
  'color',
  'eos',
  'bos',
  'pad',
  'unk',
  'mask',
  'special',
  'stop',
  'no',
  'is',
  'has',
  'forgot',
  'reset',
  'show',
  'hide',
  'toggle',
  'validate',
  'check',
  'verify',
  'invalid',
  'missing',
  'require',
  'requires',
  'bypass',
  'by',
  'first',
  'last',
  'low',
  'high',
  'band',
  'render',
]);

/** Words after the name that change nothing: which environment, which number, which encoding. */
const QUALIFIERS =
  /^(?:\d+|v\d+|prod|production|dev|development|stag(?:e|ing)|test|testing|live|local|sandbox|qa|old|new|current|backup|primary|secondary|main|base64|b64|hex|raw|value|plain|plaintext|text|string|str|default|env|id|override|base)$/;

/** Lists of secrets. */
const PLURAL = /^(?:password|passphrase|secret|token|key|apikey)s$/;

/** Splits `dbPassword2`, `DB_PASSWORD`, `spring.datasource.password`, `X-Api-Key` into words. */
function wordsOfName(name: string): string[] {
  return withoutAccents(name)
    .replace(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu}+)(\p{Lu}\p{Ll})/gu, '$1 $2')
    .replace(/(\p{L})(\d+)$/u, '$1 $2')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase());
}

/** `contraseña` as `contrasena`; letters that are not a Latin one with a mark stay. */
function withoutAccents(name: string): string {
  return /^[\x20-\x7e]*$/.test(name)
    ? name
    : name
        .normalize('NFD')
        .replace(/(\p{Script=Latin})\p{M}+/gu, '$1')
        .normalize('NFC');
}

/** How a name announces a secret, or null when it does not. */
export function strengthOfName(name: string): NameStrength | null {
  // The working directory of a shell.
  if (/^(?:OLD)?PWD$/.test(name)) return null;
  // A property as Java is given it: -Ddb.password=...
  const words = wordsOfName(name.replace(/^-D(?=\w)/, ''));
  while (words.length > 1 && QUALIFIERS.test(words.at(-1) ?? '')) words.pop();
  const written = words.pop() ?? '';
  const last = PLURAL.test(written) ? written.slice(0, -1) : written;
  const owner = words.pop() ?? '';
  if (HARMLESS_OWNERS.has(owner)) return null;
  if (last === 'mnemonic' || (last === 'phrase' && /^(?:seed|recovery|backup|secret)$/.test(owner)))
    return 'phrase';
  if (last === 'phrase' && owner === 'pass') return 'strong';
  if (last === 'word' && owner === 'pass') return 'strong';
  if (last === 'passe' && owner === 'de') return 'strong';
  if (STRONG.has(last)) return last === written ? 'strong' : 'weak';
  if (WEAK.has(last)) return 'weak';
  if (last === 'key' && KEY_OWNERS.has(owner)) return 'weak';
  if (last === 'code' && owner === 'pin') return 'weak';
  // Names without separators, as in `accountkey` and `dbpassword`.
  if (STRONG_END.test(last)) return 'strong';
  return /(?:api|access|account|secret|private|sharedaccess|signing|encryption)key$|(?:auth|access|api|refresh|bearer)token$|clientsecret$/.test(
    last,
  )
    ? 'weak'
    : null;
}
