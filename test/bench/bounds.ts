import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type CompiledSchema, compileSchema } from '../../src/delegation/answer/reading/schema';
import { OutcomeError } from '../../src/delegation/answer/outcomeError';
import { outlineOf } from '../../src/delegation/plan/outline';
import { findIgnoreRule } from '../../src/privacy/ignoreFiles';
import { maskRequest } from '../../src/delegation/request/maskedRequest';
import { MaskingThread } from '../../src/privacy/maskingThread';
import { readRecipe } from '../../src/recipes/recipe';
import { type MergeInput, mergeThreeWay } from '../../src/text/merge';
import { projectRoot } from '../support/projectFiles';
import { requestWith } from '../unit/delegation/kit';
import { type BenchResult, atMost } from './result';

/** Between them the most that is looked into at once: the lines of a merge, and its length. */
const SIZES = [10_000, 100_000, 130_000, 450_000, 1_000_000, 5_000_000];
/** One turn of the extension host's event loop, in milliseconds. */
const TURN_MS = 50;

/** Text in a shape that is hard for a part, by its length in UTF-16 units. */
type Shape = (length: number) => string;

interface Bounded {
  readonly what: string;
  readonly shapes: Readonly<Record<string, Shape>>;
  /** What is not the part's own work, and not measured. */
  readonly prepare?: (text: string, shape: string) => unknown;
  /** Takes what was prepared, and the shape's name. */
  readonly run: (text: never, shape: string) => unknown;
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

/** Everything that a request goes through, in both threads. */
function maskingPart(masking: MaskingThread): Bounded {
  return {
    what: 'masking',
    run: (text: string) => maskRequest(requestWith({ text }), 'abcdefgh', masking.mask),
    shapes: {
      // With the letters that let the slowest pattern be tried, as in a long text they come by chance.
      'environment lines': counted(
        (index) => `${index ? `SERVICE_${index}` : 'AZDO'}_API_KEY=${key(index)}\n`,
      ),
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
  };
}

const PARTS: readonly Bounded[] = [
  {
    what: 'outline',
    run: (text: string) => outlineOf({ text, languageId: 'x', startLine: 1, symbols: [] }),
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
    prepare: (text): MergeInput => {
      const lines = text.split('\n');
      return {
        base: text,
        mine: lines.toReversed().join('\n'),
        theirs: lines.map((line, index) => (index % 2 ? line : `${line}!`)).join('\n'),
      };
    },
    run: (input: MergeInput) => mergeThreeWay(input),
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
    run: (yaml: string) => readRecipe({ name: 'a', text: `---\n${yaml}\n---\nDo it.\n`, limits }),
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
    run: (text: string) =>
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

/** Each pattern by itself is a shape, held against one long string and against many short ones. */
async function schemaPart(): Promise<Bounded> {
  const compiled = new Map<string, CompiledSchema>();
  for (const pattern of PATTERNS) {
    const schema = await compileSchema({ type: 'array', items: { type: 'string', pattern } });
    if (schema instanceof OutcomeError) continue;
    compiled.set(`${pattern} on one string`, schema);
    compiled.set(`${pattern} on words`, schema);
  }
  return {
    what: 'schema',
    shapes: Object.fromEntries([...compiled.keys()].map((name) => [name, over('a')])),
    prepare: (text, name) => (name.endsWith('words') ? text.match(/.{1,30}/g) : [text]),
    run: (value: string[], name) => compiled.get(name)?.problemsOf(value),
  };
}

/**
 * Measures, for what works on text of others, the ten worst shapes known for each from 10 kB to 5 MB.
 * The bars: no turn of the event loop over 50 ms, and growth with the length no faster than by its
 * logarithm more. The rows of all shapes are printed; the worst of each part are the results.
 */
export async function measureBounds(): Promise<readonly BenchResult[]> {
  const results: BenchResult[] = [];
  const masking = new MaskingThread({
    script: path.join(projectRoot, 'out/src/privacy/maskingWorker.js'),
  });
  const parts = [maskingPart(masking), ...PARTS, await schemaPart()];
  console.log(`\n## Bounds: longest turn in ms of CPU by length, growth over n log n\n`);
  console.log(
    `| part | shape | ${SIZES.map((size) => `${size / 1000} kB`).join(' | ')} | growth |`,
  );
  console.log(`| --- | --- |${' ---: |'.repeat(SIZES.length + 1)}`);
  for (const part of parts) results.push(...(await measurePart(part)));
  masking.dispose();
  return results;
}

interface Row {
  readonly name: string;
  readonly turnMs: number;
  readonly growth: number;
}

async function measurePart({ what, shapes, prepare, run }: Bounded): Promise<BenchResult[]> {
  const rows: Row[] = [];
  for (const [name, shape] of Object.entries(shapes)) {
    const times: Times[] = [];
    for (const size of SIZES) {
      const text = shape(size);
      const given = prepare ? prepare(text, name) : text;
      times.push(await timesOf(() => run(given as never, name)));
    }
    const growth = growthOf(times.map(({ allMs }) => allMs));
    rows.push({ name, turnMs: Math.max(...times.map(({ turnMs }) => turnMs)), growth });
    const cells = times.map(({ turnMs }) => turnMs.toFixed(1));
    console.log(`| ${what} | \`${name}\` | ${cells.join(' | ')} | ${growth.toFixed(2)} |`);
  }
  const [slowest] = rows.toSorted((one, other) => other.turnMs - one.turnMs);
  const [fastest] = rows.toSorted((one, other) => other.growth - one.growth);
  return [
    atMost(TURN_MS, {
      what: `${what}: longest turn (${slowest?.name ?? ''})`,
      figure: slowest?.turnMs ?? NaN,
      unit: 'ms of CPU',
    }),
    // Twice, as the clocks of a busy machine are not exact.
    atMost(2, {
      what: `${what}: growth over n log n (${fastest?.name ?? ''})`,
      figure: fastest?.growth ?? NaN,
      unit: '×',
    }),
  ];
}

/**
 * How much faster the time grew than length times its logarithm, between the two longest texts; 0 for
 * what takes too little to tell.
 */
function growthOf(times: readonly number[]): number {
  const [from, to] = [SIZES.length - 2, SIZES.length - 1];
  const [before = 0, after = 0] = [times[from], times[to]];
  if (after < TURN_MS) return 0;
  const [small = 1, large = 1] = [SIZES[from], SIZES[to]];
  const allowed = (large * Math.log(large)) / (small * Math.log(small));
  return after / Math.max(before, 5) / allowed;
}

interface Times {
  /** CPU of this thread in its longest turn of the event loop. */
  readonly turnMs: number;
  /** CPU of all threads. */
  readonly allMs: number;
}

/** The least of some rounds, of which the first also warms up; of what takes long the only one. */
async function timesOf(run: () => unknown): Promise<Times> {
  let least: Times = { turnMs: Infinity, allMs: Infinity };
  for (let round = 0; round < 3; round += 1) {
    const { turnMs, allMs } = await once(run);
    least = { turnMs: Math.min(least.turnMs, turnMs), allMs: Math.min(least.allMs, allMs) };
    if (least.allMs > 500 || least.turnMs < TURN_MS / 2) break;
  }
  return least;
}

async function once(run: () => unknown): Promise<Times> {
  let turnMs = 0;
  let isDone = false;
  let last = threadMs();
  const note = (): void => {
    const now = threadMs();
    turnMs = Math.max(turnMs, now - last);
    last = now;
  };
  const watch = (): void => {
    note();
    if (!isDone) setTimeout(watch, 1);
  };
  const before = process.cpuUsage();
  setTimeout(watch, 1);
  await run();
  note();
  isDone = true;
  const { user, system } = process.cpuUsage(before);
  return { turnMs, allMs: (user + system) / 1000 };
}

/** CPU that the first thread has used, where the system tells; else the clock. */
function threadMs(): number {
  try {
    return Number(readFileSync('/proc/self/schedstat', 'utf8').split(' ')[0]) / 1e6;
  } catch {
    return performance.now();
  }
}
