import { creator } from '@secretlint/secretlint-rule-preset-recommend';
import type { SecretDetector, SecretFinding, SecretKind } from './secretFinding';

/** The part of a secretlint rule that we call; the package's own runner does more than we need. */
interface Rule {
  readonly meta: { readonly id: string };
  create(context: unknown, options: object): { file?(source: unknown): unknown };
}

/**
 * Rules that do not find secrets: comments that switch rules off, which must not open a way out, and
 * account numbers. Connection strings and private keys are found by our own detectors, which mask
 * the password and the key's lines rather than the whole.
 */
const LEFT_OUT = /-rule-(?:filter-comments|basicauth|database-connection-string|privatekey)$/;

const RULES: readonly Rule[] = (creator.rules as unknown as readonly Rule[]).filter(
  (rule) => !LEFT_OUT.test(rule.meta.id),
);

/** Finds secrets with the maintained rules of secretlint's recommended preset. */
export const findBySecretlint: SecretDetector = (text) => {
  const findings: SecretFinding[] = [];
  const source = { filePath: 'selection', ext: '', contentType: 'text', content: text };
  for (const rule of RULES) {
    const context = {
      sharedOptions: {},
      createTranslator: () => (messageId: string) => ({ message: messageId, messageId }),
      ignore: () => undefined,
      report: ({ range: [start, end] }: { range: readonly [number, number] }) => {
        findings.push(
          ...singleLines(text, start, end).map((span) => ({
            ...span,
            kind: KIND,
            rule: nameOf(rule),
          })),
        );
      },
    };
    rule.create(context, { enableIDScanRule: false }).file?.(source);
  }
  return findings;
};

const KIND: SecretKind = 'token';

function nameOf(rule: Rule): string {
  return rule.meta.id.replace('@secretlint/secretlint-rule-', 'secretlint-');
}

/** Placeholders never take line ends with them, so that the text keeps its lines. */
function singleLines(text: string, start: number, end: number): { start: number; end: number }[] {
  return [...text.slice(start, end).matchAll(/[^\r\n]+/g)].map((match) => ({
    start: start + match.index,
    end: start + match.index + match[0].length,
  }));
}
