import type { SecretDetector, SecretFinding } from './secretFinding';
import { NAME_SEED, strengthOfName } from './secretNames';
import { isExample, isReference, mixesDigits } from './secretText';

/** `password: |`, `secret: >-2  # comment`: a value that is the indented lines below its key. */
const HEADER =
  /^([ \t]*(?:- +)*)["']?([\w.$-]{1,80})["']?[ \t]*:[ \t]*[|>][+-]?\d?[+-]?[ \t]*(?:#.*)?\r?$/;

/** Longer blocks are files of their own: scripts, certificates, documents. */
const MAX_LINES = 40;

/**
 * Finds secrets in YAML's block scalars (yaml.org/spec/1.2.2, section 8.1), line by line, so that
 * the text keeps its lines.
 */
export const findBlockScalars: SecretDetector = (text) => {
  if (!/:[ \t]*[|>]/.test(text)) return [];
  const lines = linesOf(text);
  const findings: SecretFinding[] = [];
  lines.forEach(({ line }, index) => {
    // A block's header is short; what is long need not be looked at.
    const header = line.length > 200 ? null : HEADER.exec(line);
    if (!header || line.search(NAME_SEED) < 0) return;
    const strength = strengthOfName(header[2] ?? '');
    if (strength === null) return;
    const block = blockBelow(lines, index, header[1]?.length ?? 0);
    const isSecret =
      strength === 'weak'
        ? block.some(({ value }) => mixesDigits(value) && value.length >= 8)
        : block.length > 0;
    if (isSecret) findings.push(...block.map((each) => ({ ...each.span, block: index })));
  });
  return findings;
};

interface Line {
  readonly line: string;
  readonly start: number;
}

function linesOf(text: string): readonly Line[] {
  let start = 0;
  return text.split('\n').map((line) => {
    const found = { line, start };
    start += line.length + 1;
    return found;
  });
}

interface BlockLine {
  readonly value: string;
  readonly span: Omit<SecretFinding, 'block'>;
}

/** The lines of the block, or none when it is too long or holds something else than one value. */
function blockBelow(lines: readonly Line[], header: number, indent: number): readonly BlockLine[] {
  const block: BlockLine[] = [];
  for (let index = header + 1; index < lines.length; index += 1) {
    const { line, start } = lines[index] ?? { line: '', start: 0 };
    const value = line.trim();
    if (value === '') continue;
    const at = line.indexOf(value);
    if (at <= indent) break;
    if (block.length === MAX_LINES) return [];
    if (isReference(value) || isExample(value) || value.startsWith('-----')) return [];
    block.push({
      value,
      span: {
        start: start + at,
        end: start + at + value.length,
        kind: 'password',
        rule: 'yaml-block-scalar',
      },
    });
  }
  return block;
}
