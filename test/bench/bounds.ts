import { compileSchema } from '../../src/delegation/answer/reading/schema';
import { OutcomeError } from '../../src/delegation/answer/outcomeError';
import { outlineOf } from '../../src/delegation/plan/outline';
import { findIgnoreRule } from '../../src/privacy/ignoreFiles';
import { maskSecrets } from '../../src/privacy/masking';
import { readRecipe } from '../../src/recipes/recipe';
import { mergeThreeWay } from '../../src/text/merge';
import { type BenchResult, atMost, withoutBar } from './result';

const SIZES = [10_000, 100_000, 1_000_000, 5_000_000];
/** One turn of the extension host's event loop, in milliseconds. */
const TURN_MS = 50;

/** Text in a shape that is hard for a part, by its length in UTF-16 units. */
type Shape = (length: number) => string;

interface Bounded {
  readonly what: string;
  readonly shapes: Readonly<Record<string, Shape>>;
  readonly run: (text: string) => unknown;
  /** Whether it has a bar for one turn; what runs elsewhere has one for its growth only. */
  readonly isOneTurn: boolean;
}

const over =
  (piece: string): Shape =>
  (length) =>
    piece.repeat(Math.ceil(length / piece.length)).slice(0, length);

const counted =
  (piece: (index: number) => string): Shape =>
  (length) => {
    const parts: string[] = [];
    let size = 0;
    for (let index = 0; size < length; index += 1) {
      const part = piece(index);
      parts.push(part);
      size += part.length;
    }
    return parts.join('');
  };

const limits = { maxCompletionTokens: 4096, maxToolCalls: 5, reasoningEffort: 'none', tools: [] };

function key(index: number): string {
  return (index * 2654435761).toString(36).padStart(12, 'x') + (index * 40503).toString(36);
}

const PARTS: readonly Bounded[] = [
  {
    what: 'masking',
    isOneTurn: false,
    run: (text) => maskSecrets(text, 'abcdefgh'),
    shapes: {
      'environment lines': counted((index) => `SERVICE_${index}_API_KEY=${key(index)}\n`),
      passwords: over('password="'),
      'private keys': over('-----BEGIN PRIVATE KEY-----\n'),
      'web tokens': over('eyJhbGciOiJIUzI1NiJ9.eyJ'),
      'URL users': over('http://a:b@'),
      'token starts': over('sk-'),
      'YAML blocks': over('password: |\n  a1b2c3d4\n'),
      'command lines': over('mysql -u root -p'),
      base64: over('QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo='),
      prose: over('The quick brown fox jumps over the lazy dog. '),
    },
  },
  {
    what: 'outline',
    isOneTurn: true,
    run: (text) => outlineOf({ text, languageId: 'x', startLine: 1, symbols: [] }),
    shapes: {
      functions: over('  function foo(a, b) { return a; }\n'),
      'blank lines': over('\n'),
      heads: over('a b(c {\n'),
      'half heads': over('ab cd ef (x\n'),
      'one word': over('a'),
      pointers: over('int *a '),
      exports: over('export '),
      arrows: over('const a = (b) =>\n'),
      deeper: counted((index) => `${' '.repeat(index % 200)}class A${index} {\n`),
      blanks: over(' '),
    },
  },
  {
    what: 'merge',
    isOneTurn: true,
    run: (text) => {
      const lines = text.split('\n');
      return mergeThreeWay({
        base: text,
        mine: lines.toReversed().join('\n'),
        theirs: lines.map((line, index) => (index % 2 ? line : `${line}!`)).join('\n'),
      });
    },
    shapes: {
      'different lines': counted((index) => `line ${index}\n`),
      'equal lines': over('}\n'),
      'two lines': over('{\n}\n'),
      'few lines': counted((index) => `line ${index % 97}\n`),
      'blank lines': over('\n'),
      'one line': over('a'),
      'long lines': over(`${'a'.repeat(500)}\n`),
      mixed: counted((index) => (index % 3 ? '}\n' : `call(${index});\n`)),
      squares: counted((index) => `${(index * index) % 1000}\n`),
      words: over('the quick brown fox\n'),
    },
  },
  {
    what: 'recipe',
    isOneTurn: true,
    run: (yaml) => readRecipe({ name: 'a', text: `---\n${yaml}\n---\nDo it.\n`, limits }),
    shapes: {
      fields: counted((index) => `k${index}: 1\n`),
      aliases: counted((index) => `a${index}: &a${index} [*a${Math.max(0, index - 1)}]\n`),
      brackets: over('[a, '),
      quotes: over('"'),
      blocks: over(' a: |\n'),
      'keys on keys': over('a: '),
      'deeper lines': counted((index) => `${' '.repeat(index % 300)}a:\n`),
      'same field': over('title: a\n'),
      comments: over('# a\n'),
      'one word': over('a'),
    },
  },
  {
    what: 'ignore rules',
    isOneTurn: true,
    run: (text) =>
      findIgnoreRule(`${'a/'.repeat(40)}b.ts`, {
        names: ['.delegateignore'],
        read: (file) => Promise.resolve(file === '.delegateignore' ? text : null),
      }),
    shapes: {
      'folders at any depth': over('**/a/'),
      stars: over('*a'),
      'star lines': over('*\n'),
      brackets: over('[a-z]'),
      'open brackets': over('['),
      escapes: over('\\a'),
      names: counted((index) => `file${index}.ts\n`),
      paths: counted((index) => `/a/a/a/${index}/*.ts\n`),
      negations: over('!a\na\n'),
      comments: over('# a\n'),
    },
  },
];

/** Patterns that take minutes elsewhere, held against longer and longer text. */
const PATTERNS = [
  '^(a+)+$',
  '^(a|a)*$',
  '^(a*)*$',
  'a+a+a+a+x',
  '(.*,)*b',
  '^(([a-z])+.)+[A-Z]$',
  '(\\w|\\d)+!',
  '^(.?a)+$',
  '(a?){30}a{30}',
  '\\s+$',
];

/**
 * Measures, for what works on text of others, the time of the ten worst shapes known for each from
 * 10 kB to 5 MB. The bars: no turn of the event loop over 50 ms, and growth with the length no faster
 * than by its logarithm more.
 */
export async function measureBounds(): Promise<readonly BenchResult[]> {
  const results: BenchResult[] = [];
  for (const part of PARTS) results.push(...(await measurePart(part)));
  results.push(...(await measureSchema()));
  return results;
}

async function measurePart({ what, shapes, run, isOneTurn }: Bounded): Promise<BenchResult[]> {
  let [slowest, growth] = [
    { ms: 0, name: '' },
    { factor: 0, name: '' },
  ];
  for (const [name, shape] of Object.entries(shapes)) {
    const times: number[] = [];
    for (const size of SIZES) {
      const ms = await cpuMs(run, shape(size));
      times.push(ms);
      if (ms > slowest.ms) slowest = { ms, name: `${name}, ${size / 1000} kB` };
    }
    const factor = growthOf(times);
    if (factor > growth.factor) growth = { factor, name };
  }
  return verdict(what, isOneTurn, { slowest, growth });
}

async function measureSchema(): Promise<BenchResult[]> {
  let [slowest, growth] = [
    { ms: 0, name: '' },
    { factor: 0, name: '' },
  ];
  for (const pattern of PATTERNS) {
    const compiled = await compileSchema({ type: 'string', pattern });
    if (compiled instanceof OutcomeError) continue;
    const times: number[] = [];
    for (const size of SIZES) {
      const ms = await cpuMs((text) => compiled.problemsOf(text), 'a'.repeat(size));
      times.push(ms);
      if (ms > slowest.ms) slowest = { ms, name: `${pattern}, ${size / 1000} kB` };
    }
    const factor = growthOf(times);
    if (factor > growth.factor) growth = { factor, name: pattern };
  }
  return verdict('schema', false, { slowest, growth });
}

/**
 * How much faster the time grew than length times its logarithm, between the two longest texts that
 * took long enough to tell.
 */
function growthOf(times: readonly number[]): number {
  const [from, to] = [SIZES.length - 2, SIZES.length - 1];
  const [before = 0, after = 0] = [times[from], times[to]];
  if (after < 20) return 0;
  const [small = 1, large = 1] = [SIZES[from], SIZES[to]];
  const allowed = (large * Math.log(large)) / (small * Math.log(small));
  return after / Math.max(before, 5) / allowed;
}

function verdict(
  what: string,
  isOneTurn: boolean,
  {
    slowest,
    growth,
  }: {
    readonly slowest: { readonly ms: number; readonly name: string };
    readonly growth: { readonly factor: number; readonly name: string };
  },
): BenchResult[] {
  const turn = {
    what: `${what}: slowest (${slowest.name})`,
    figure: slowest.ms,
    unit: 'ms of CPU',
  };
  return [
    isOneTurn ? atMost(TURN_MS, turn) : withoutBar(turn),
    // Twice, as the clocks of a busy machine are not exact.
    atMost(2, {
      what: `${what}: growth over n log n (${growth.name})`,
      figure: growth.factor,
      unit: '×',
    }),
  ];
}

/** The shortest of some, of which the first also warms up; of what takes long the only one. */
async function cpuMs(run: (text: string) => unknown, text: string): Promise<number> {
  let shortest = Infinity;
  for (let round = 0; round < 3; round += 1) {
    const before = process.cpuUsage();
    await run(text);
    const { user, system } = process.cpuUsage(before);
    shortest = Math.min(shortest, (user + system) / 1000);
    if (shortest > 500) break;
  }
  return shortest;
}
