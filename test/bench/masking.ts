import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { asArray, asRecord } from '../../src/common/json';
import { findSecrets } from '../../src/privacy/findSecrets';
import type { BenchResult } from './result';

/** Names a checkout of github.com/secretlint/secretlint, whose rules' own examples are measured. */
const VARIABLE = 'DELEGATE_SECRETLINT';

/**
 * Not secrets by our rules: account numbers, names of homes, rules that switch others off. Binary key
 * stores are left out because no editor selects them.
 */
const LEFT_OUT =
  /secretlint-rule-(?:filter-comments|no-homedir|no-k8s-kind-secret|no-dotenv|pattern|example|secp256k1-privatekey|internal-test-pure-esm)|ng\.privatekey-p12|ng\.AWS Account ID/;

interface Example {
  readonly name: string;
  readonly text: string;
  /** Where the rule's own expected output has secrets. */
  readonly secrets: readonly (readonly [start: number, end: number])[];
}

/**
 * Measures what masking finds of the examples that secretlint publishes with its rules: of those
 * that must be reported (`ng.…`) how many secrets it masks, and in those that must not (`ok.…`) how
 * many examples it finds something in. There is no bar; the figures are printed.
 */
export function measureMasking(): Promise<readonly BenchResult[]> {
  const root = process.env[VARIABLE];
  if (root === undefined) {
    console.log(`masking: set ${VARIABLE} to a checkout of github.com/secretlint/secretlint.`);
    return Promise.resolve([]);
  }
  const examples = readExamples(path.join(root, 'packages', '@secretlint'));
  const bad = examples.filter(({ secrets }) => secrets.length > 0);
  const good = examples.filter(({ name }) => /\/ok\./.test(name));
  const missed = bad.flatMap((example) => missedIn(example).map(() => example.name));
  const total = bad.reduce((sum, { secrets }) => sum + secrets.length, 0);
  const alarmed = good.filter(({ text }) => findSecrets(text).length > 0).map(({ name }) => name);
  console.log(`\n## Masking, on ${examples.length} examples of secretlint's rules\n`);
  console.log(`masked ${total - missed.length} of ${total} secrets; missed:`);
  for (const name of missed) console.log(`- ${name}`);
  console.log(`alarm in ${alarmed.length} of ${good.length} examples without a secret:`);
  for (const name of alarmed) console.log(`- ${name}`);
  return Promise.resolve([]);
}

function missedIn({ text, secrets }: Example): readonly unknown[] {
  const found = findSecrets(text);
  return secrets.filter(
    ([start, end]) => !found.some((finding) => finding.start < end && finding.end > start),
  );
}

/** Each example is a folder with `input…` and `output.json`. */
function readExamples(folder: string): readonly Example[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /rule-[^/]+\/test\/snapshots\/.*output\.json$/.test(file))
    .filter((file) => !LEFT_OUT.test(file))
    .flatMap((file) => readExample(folder, path.dirname(file)))
    .filter(isFirst);
}

/** A preset repeats the examples of its rules. */
function isFirst({ text }: Example, index: number, all: readonly Example[]): boolean {
  return all.findIndex((example) => example.text === text) === index;
}

function readExample(folder: string, name: string): readonly Example[] {
  const input = readdirSync(path.join(folder, name)).find((file) => file.startsWith('input'));
  // Examples with settings of their own ask for other things than the rule by itself.
  if (input === undefined || existsSync(path.join(folder, name, '.secretlintrc.json'))) return [];
  const output = asRecord(JSON.parse(readFileSync(path.join(folder, name, 'output.json'), 'utf8')));
  const secrets = asArray(output?.['messages']).flatMap((message) => {
    const [start, end] = asArray(asRecord(message)?.['range']);
    return typeof start === 'number' && typeof end === 'number' ? [[start, end] as const] : [];
  });
  return [{ name, text: readFileSync(path.join(folder, name, input), 'utf8'), secrets }];
}
