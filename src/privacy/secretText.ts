/** Questions about a candidate value: does it look like a secret, or like a word of the program? */

/** Shannon entropy of the characters, in bits per character; 0 for empty text. */
export function entropyBits(text: string): number {
  const counts = new Map<string, number>();
  let length = 0;
  for (const character of text) {
    counts.set(character, (counts.get(character) ?? 0) + 1);
    length += 1;
  }
  let bits = 0;
  for (const count of counts.values()) bits -= (count / length) * Math.log2(count / length);
  return bits;
}

/**
 * Whether the value stands for a secret kept elsewhere: `${VAR}`, `$VAR`, `{{ value }}`, `%VAR%`,
 * `<your-key>`, `[redacted]`, `arn:...`, a path; or is no secret by its form, such as a version.
 */
export function isReference(value: string): boolean {
  return (
    /\$\{|\$\(|\{\{|#\{|<%/.test(value) ||
    /^\$[A-Za-z_]\w*$|^%[A-Za-z_]\w*%$|^%\(?\w+\)?s$|^%[dsvq@]$/.test(value) ||
    /^[\^~<>=]{0,2}v?\d+(?:\.\d+){1,3}(?:-[\w.]+)?$/.test(value) ||
    /^<[^<>]*>$|^\{[^{}]*\}$|^\[[^[\]]*\]$|^\([^()]*\)$/.test(value) ||
    /^(?:arn:|projects\/|op:\/\/|vault:|ref\+|ssm:|env:|file:|data:|urn:|https?:\/\/|!)/i.test(
      value,
    ) ||
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

/** How many of lower case, upper case, digits and symbols take part. */
export function characterClasses(value: string): number {
  return [/[a-z]/, /[A-Z]/, /[0-9]/, /[^A-Za-z0-9]/].filter((pattern) => pattern.test(value))
    .length;
}

/** Letters and digits mixed so that the value cannot be a word: `hunter2`, `9fX2...`. */
export function mixesDigits(value: string): boolean {
  return /[0-9]/.test(value) && /\p{L}/u.test(value);
}
