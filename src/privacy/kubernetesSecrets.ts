import type { SecretDetector, SecretFinding } from './secretFinding';
import { isExample, isReference } from './secretText';

/**
 * Finds the values of Kubernetes Secret manifests, whose keys say nothing: everything under `data:`
 * and `stringData:` of a YAML document with `kind: Secret` is secret
 * (kubernetes.io/docs/concepts/configuration/secret).
 */
export const findKubernetesSecrets: SecretDetector = (text) => {
  if (!/kind:[ \t]*["']?Secret\b/.test(text)) return [];
  const findings: SecretFinding[] = [];
  let offset = 0;
  for (const document of text.split(/(?<=^---[^\n]*\n)/m)) {
    if (/^[ \t]*kind:[ \t]*["']?Secret["']?[ \t]*\r?$/m.test(document)) {
      for (const { start, end } of dataValues(document)) {
        findings.push({
          start: offset + start,
          end: offset + end,
          kind: 'password',
          rule: 'kubernetes-secret',
        });
      }
    }
    offset += document.length;
  }
  return findings;
};

interface Span {
  readonly start: number;
  readonly end: number;
}

function dataValues(document: string): Span[] {
  const spans: Span[] = [];
  let sectionIndent = -1;
  let offset = 0;
  for (const line of document.split('\n')) {
    const indent = line.length - line.trimStart().length;
    if (/^[ \t]*(?:data|stringData):[ \t]*\r?$/.test(line)) sectionIndent = indent;
    else if (line.trim() !== '' && indent <= sectionIndent) sectionIndent = -1;
    else if (sectionIndent >= 0) {
      const value = /^[ \t]*(?:[\w.-]+:[ \t]+)?["']?([^\s"'|>][^"'\n]*?)["']?[ \t]*\r?$/.exec(
        line,
      )?.[1];
      if (value !== undefined && !value.endsWith(':') && !isReference(value) && !isExample(value)) {
        const start = offset + line.lastIndexOf(value);
        spans.push({ start, end: start + value.length });
      }
    }
    offset += line.length + 1;
  }
  return spans;
}
