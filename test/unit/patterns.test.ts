import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import type { SimulatorOptions } from '../../src/simulator/options';
import { type RecordedRequest } from '../../src/simulator/requestLog';
import { startSimulator } from '../../src/simulator';
import { projectRoot, readText } from '../support/projectFiles';

const run = promisify(execFile);

/** The programs on the page, by the file that each names. */
const blocks = new Map(
  [...readText('docs/patterns.md').matchAll(/^```js file=(\S+)\n([^]*?)^```$/gm)].map(
    ([, name = '', code = '']) => [name, code],
  ),
);

const SECRET = 'const veryOwnWord = 42;';
const TEXT = [
  `export function answer(): number {\n  ${SECRET}\n  return veryOwnWord;\n}`,
  // A marker in the text is none of the run's.
  '// [[outcome:aaaaaaaa:summary]]',
  '',
].join('\n');

interface Seen {
  readonly stdout: string;
  readonly stderr: string;
  readonly request: RecordedRequest;
}

suite('docs/patterns.md', function () {
  this.timeout(60_000);
  let folder: string;

  suiteSetup(() => {
    // Below the project, so that packages are found.
    mkdirSync(path.join(projectRoot, 'out'), { recursive: true });
    folder = mkdtempSync(path.join(projectRoot, 'out/patterns-'));
    for (const [name, code] of blocks) writeFileSync(path.join(folder, name), code);
    writeFileSync(path.join(folder, 'text.ts'), TEXT);
  });
  suiteTeardown(() => rmSync(folder, { recursive: true, force: true }));

  async function play(
    program: string,
    args: readonly string[] = [],
    options: SimulatorOptions = {},
  ): Promise<Seen> {
    const simulator = await startSimulator(options);
    try {
      const { stdout, stderr } = await run(process.execPath, [program, 'text.ts', ...args], {
        cwd: folder,
        env: {
          ...process.env,
          OPENROUTER_API_KEY: simulator.apiKey,
          OPENROUTER_BASE_URL: simulator.baseUrl,
        },
      });
      const [request, ...others] = simulator.requests;
      assert.ok(request && others.length === 0);
      return { stdout, stderr, request };
    } finally {
      await simulator.close();
    }
  }

  /** Who wrote how much: the worker the text, the orchestrator its call and what it ends with. */
  function tokensBy(kind: string, { request }: Seen): readonly number[] {
    return request.steps
      .filter((step) => step.kind === kind)
      .map(({ completionTokens }) => completionTokens);
  }

  const programs: readonly (readonly [string, readonly string[], SimulatorOptions, boolean])[] = [
    ['responses.mjs', [], {}, true],
    ['sdk.mjs', [], {}, true],
    ['chat.mjs', [], {}, false],
    ['chat.mjs', ['splice'], { chatDelegations: 'reasoning-details' }, true],
  ];
  for (const [program, args, options, isSpliced] of programs) {
    test(`${[program, ...args].join(' ')} prints what the worker wrote`, async () => {
      const seen = await play(program, args, options);
      assert.equal(seen.request.status, 200);
      assert.match(seen.stdout, /`answer\(\)`/);
      assert.doesNotMatch(seen.stdout, /\[\[outcome:/);
      assert.match(seen.stderr, /^\$0\.0\d+/);
      const { tools, ...rest } = seen.request.body as { tools: unknown };
      assert.ok(JSON.stringify(tools).includes(SECRET));
      assert.ok(!JSON.stringify(rest).includes(SECRET), 'the orchestrator was shown the text');
      const [written = NaN] = tokensBy('worker', seen);
      const last = tokensBy('orchestrator', seen).at(-1) ?? NaN;
      assert.equal(last < written / 2, isSpliced);
    });
  }

  test('a marker without its outcome is an error, not an empty result', async () => {
    await assert.rejects(play('chat.mjs', ['splice']), /has no outcome\./);
  });

  test('what the API refuses is said', async () => {
    const disabledServerTools = ['openrouter:subagent'];
    await assert.rejects(play('responses.mjs', [], { disabledServerTools }), /disabled/);
  });

  test('no program on it is left out of the tests', () => {
    const tried = new Set(['pattern.mjs', ...programs.map(([program]) => program)]);
    assert.deepEqual([...blocks.keys()].sort(), [...tried].sort());
  });
});
