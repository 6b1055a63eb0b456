/** Questions about a candidate value: does it look like a secret, or like a word of the program? */

/** Longer values are judged by their beginning. */
const MAX_JUDGED = 256;

/** Shannon entropy of the UTF-16 units, in bits per unit; 0 for empty text. */
export function entropyBits(text: string): number {
  const length = Math.min(text.length, MAX_JUDGED);
  const ascii = new Uint16Array(128);
  const others = new Map<number, number>();
  for (let index = 0; index < length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit < 128) ascii[unit] = (ascii[unit] ?? 0) + 1;
    else others.set(unit, (others.get(unit) ?? 0) + 1);
  }
  let bits = 0;
  const add = (count: number): void => {
    if (count > 0) bits -= (count / length) * Math.log2(count / length);
  };
  ascii.forEach(add);
  others.forEach(add);
  return bits;
}

/** How the value of a secret store, an environment or a template is named. */
const ELSEWHERE =
  /^(?:arn:|projects\/|op:\/\/|vault:|ref\+|ssm:|env:|file:|data:|urn:|https?:\/\/|!|(?:secretsmanager|secretmanager|keyvault|akv|awssm|gcpsm|sm|doppler|infisical|bws|azurekeyvault|parameterstore):|\$env:|%env\(|@Microsoft\.KeyVault\(|__\w+__$|@@?\w+@@?$|(?:process\.env|import\.meta\.env|os\.environ|env|secrets)[.[])/i;

/**
 * Whether the value stands for a secret kept elsewhere: `${VAR}`, `$VAR`, `{{ value }}`, `%VAR%`,
 * `<your-key>`, `[redacted]`, `arn:...`, a path; or is not a secret by its form, such as a version.
 */
export function isReference(value: string): boolean {
  return (
    /\$\{|\$\(|\{\{|#\{|<%/.test(value) ||
    /^\$[A-Za-z_]\w*$|^%[A-Za-z_]\w*%$|^%\(?\w+\)?s$|^%[dsvq@]$/.test(value) ||
    /^[\^~<>=]{0,2}v?\d+(?:\.\d+){1,3}(?:-[\w.]+)?$/.test(value) ||
    /^#(?:[0-9a-f]{3,4}){1,2}$|^(?:rgba?|hsla?|var|calc|url|clamp|color-mix|oklch|lab)\(/i.test(
      value,
    ) ||
    /^<[^<>]*>$|^\{[^{}]*\}$|^\[[^[\]]*\]$|^\([^()]*\)$/.test(value) ||
    ELSEWHERE.test(value) ||
    isPath(value)
  );
}

/** A path or a file name; base64 with slashes in it has longer and wilder segments. */
function isPath(value: string): boolean {
  if (
    /^[\w./-]+\.(?:pem|key|crt|cer|p12|pfx|jks|txt|json|ya?ml|env|ts|js|py|go|rb|java|php)$/i.test(
      value,
    )
  )
    return true;
  if (!/^(?:[A-Za-z]:|~|\.{1,2})?[\\/]/.test(value)) return false;
  return value
    .split(/[\\/]/)
    .every((segment) => /^[a-z0-9_.:~-]{0,24}$|^[A-Za-z_. -]{0,40}$/.test(segment));
}

/** Code rather than data: a call, an index, a member of an object, an operator at work. */
export function isExpression(value: string): boolean {
  return (
    /^[A-Za-z_$][\w$]*(?:(?:\.|->|::|\?\.)[A-Za-z_$][\w$]*)*[([]/.test(value) ||
    /^[&*!]?[A-Za-z_$][\w$]*(?:(?:\.|->|::|\?\.)[A-Za-z_$][\w$]*)+[!?]?$/.test(value)
  );
}

const EXAMPLE_START =
  /^(?:your|my|some|the|an?|enter|insert|put|add|set|replace|change|example|sample|dummy|fake|todo|placeholder|redacted|masked|hidden|removed|none|null|nil|undefined|true|false|yes|no|default|empty|unknown|string|number|boolean|object|any|required|optional)(?:$|[-_ .])/i;

/** What documentation and templates put where a secret goes; masking that would only confuse. */
export function isExample(value: string): boolean {
  return (
    EXAMPLE_START.test(value) ||
    /^(.)\1*$|^x{3,}|x{6,}|\*{3,}|\.{3}$|^(?:abc)?123(?:4(?:5(?:67?8?9?0?)?)?)?$/i.test(value) ||
    /change[-_ ]?(?:me|this|it)|goes[-_ ]here|placeholder|[-_ ]here$/i.test(value)
  );
}

/** Plain words joined by the usual separators, as identifiers, labels and header names are. */
export function isWords(value: string): boolean {
  return /^\p{L}+(?:[-_ ./:]+\p{L}+)*[-_.:!?]*$/u.test(value);
}

/** A word of a name: `primary`, `fontSize`, `2xl`, `h1`, `v2`, `500`. */
const NAME_PART = /^(?:\p{L}+|\d{1,4}|\d?\p{Ll}{1,3}|\p{L}+\d{1,3})$/u;
const VOWEL = /[aeiouyäöüáéíóú]/i;

/**
 * A name of several words, a few numbers among them: design tokens as `colors.primary.500`, keys of
 * translations as `errors.token_expired_401`, constants as `AUTH_TOKEN_V2`. What is drawn at random
 * has no words with vowels between separators; a licence key has digits in every part.
 */
export function isNamePath(value: string): boolean {
  const parts = value.replace(/^[-$@#.]+/, '').split(/[-_./:]+/);
  if (parts.length < 2 || !parts.every((part) => NAME_PART.test(part))) return false;
  const words = parts.filter((part) => /^\p{L}{3,}$/u.test(part) && VOWEL.test(part));
  const numbered = parts.filter((part) => /\d/.test(part));
  return words.length >= 1 && numbered.length <= Math.max(1, words.length - 1);
}

/** A name of a type, with a number in it perhaps: `Base64String`, `OAuth2Token`, `_JwtV2`. */
export function isTypeName(name: string): boolean {
  const value = name.replace(/^_+/, '');
  const parts = value.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+/g) ?? [];
  const words = parts.filter((part) => part.length >= 4 && VOWEL.test(part));
  const numbers = parts.filter((part) => /\d/.test(part));
  return (
    /^[A-Za-z][A-Za-z0-9]*$/.test(value) &&
    numbers.length <= 1 &&
    (numbers[0]?.length ?? 0) <= 3 &&
    words.length >= 2 &&
    words.join('').length * 2 >= value.length
  );
}

/** Words for a password in the languages that labels are often in. */
const PASSWORD_WORD =
  /pass(?:wor[dt]|e|phrase|code)?|pwd|kennwort|contrase|senha|wachtwoord|lösenord|adgangskode|salasana|heslo|parol|hasł|şifre|secret|token|key/i;
const SENTENCE_WORD =
  /^(?:the|an?|is|are|was|to|of|for|in|on|at|your|you|my|our|this|that|it|be|must|should|please|enter|type|choose|click|not|no|or|and|if|with|from|invalid|required|wrong|again|new|old|confirm|forgot|reset|show|hide|at|least|characters|do|does|der|die|das|ein|eine|ist|bitte|le|la|les|el|los|un|une|de|del|di|da|von|zu|und|et|mit|para|per|keep|it|use|used|uses|using|value|user|users|field|set|will|can|has|have|when|by|as|stored|kept|must)$/i;

/**
 * Several words as a pass phrase has them: in lower case or with digits, no sentence, no label.
 *
 * @param least how many words it has.
 */
export function isPhrase(value: string, least: number): boolean {
  const words = value.trim().split(/[ \t]+/);
  if (words.length < least || words.length > 24 || PASSWORD_WORD.test(value)) return false;
  if (words.some((word) => SENTENCE_WORD.test(word) || word.length > 24)) return false;
  return !/[.?:…,;]$|[<>{}()]/.test(value) && (/\d/.test(value) || !/\p{Lu}/u.test(value));
}

/** How many of lower case, upper case, digits and symbols take part. */
export function characterClasses(value: string): number {
  return [/[a-z]/, /[A-Z]/, /[0-9]/, /[^A-Za-z0-9]/].filter((pattern) => pattern.test(value))
    .length;
}

/** Letters and digits mixed so that the value cannot be a word: `hunter2`, `9fX2...`. */
export function mixesDigits(value: string): boolean {
  return /[0-9]/.test(value) && /\p{L}/u.test(value);
}
