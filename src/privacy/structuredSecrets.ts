import type { SecretDetector, SecretFinding } from './secretFinding';
import { entropyBits, isExample, isExpression, isReference, mixesDigits } from './secretText';
import { callForms } from './structuredForms/calls';
import { commandForms } from './structuredForms/commands';
import { dataForms } from './structuredForms/data';
import type { StructuredForm } from './structuredForms/structuredForm';

const FORMS: readonly StructuredForm[] = [...dataForms, ...commandForms, ...callForms];

/** Finds secrets by their surroundings: headers, URLs, connection strings, command lines. */
export const findStructuredSecrets: SecretDetector = (text) => {
  const findings: SecretFinding[] = [];
  for (const form of FORMS) {
    for (const match of text.matchAll(form.pattern)) {
      const { secret: whole, quoted, bare } = match.groups ?? {};
      const secret = whole ?? quoted ?? bare ?? '';
      if (secret === '' || !isPlausible(secret, form)) continue;
      const start = match.index + match[0].lastIndexOf(secret);
      findings.push({ start, end: start + secret.length, kind: form.kind, rule: form.name });
    }
  }
  return findings;
};

const USUAL_WORDS =
  /^(?:pass(?:word|wd)?|pwd|pw|user(?:name)?|secret|token|key|api[-_]?key|credentials?|auth)$/i;

function isPlausible(secret: string, form: StructuredForm): boolean {
  if (isReference(secret) || isExample(secret) || USUAL_WORDS.test(secret)) return false;
  if (form.name === 'connection-string-field' && isExpression(secret)) return false;
  if (form.kind === 'web-token' || form.kind === 'password-hash') return true;
  return form.mustLookRandom !== true || (mixesDigits(secret) && entropyBits(secret) >= 2.75);
}
