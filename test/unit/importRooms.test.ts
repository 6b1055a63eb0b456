import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { projectRoot } from '../support/projectFiles';

interface Rule {
  readonly name: string;
  readonly from: { readonly path?: string };
  readonly to: { readonly path?: string; readonly pathNot?: string };
}

const load = createRequire(path.join(projectRoot, 'package.json'));
const config = path.join(projectRoot, '.dependency-cruiser.cjs');
const { forbidden } = load(config) as { readonly forbidden: readonly Rule[] };
const cli = path.join(projectRoot, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');

/** Every folder of `src`, as `src/editor/run`. */
const folders = readdirSync(path.join(projectRoot, 'src'), {
  recursive: true,
  withFileTypes: true,
})
  .filter((entry) => entry.isDirectory())
  .map((entry) => path.relative(projectRoot, path.join(entry.parentPath, entry.name)))
  .map((folder) => folder.split(path.sep).join('/'));

function matches(file: string, { path: wanted, pathNot }: Rule['to']): boolean {
  return new RegExp(wanted ?? '').test(file) && !(pathNot && new RegExp(pathNot).test(file));
}

/** A folder, and a file that its files may not import. */
function forbiddenPair(rule: Rule): readonly [string, string] {
  const targets = [...folders.map((folder) => `${folder}/target.ts`), 'src/engine.ts'];
  const from = folders.find((folder) => matches(`${folder}/probe.ts`, rule.from));
  const to = targets.find((file) => matches(file, rule.to));
  if (from && to) return [from, to];
  throw new Error(`No file of src can break the rule ${rule.name}; it protects nothing.`);
}

/** Names of the rules that a copy of the tree's folders breaks with these files. */
function brokenRules(files: Readonly<Record<string, string>>): readonly string[] {
  const root = mkdtempSync(path.join(tmpdir(), 'rooms-'));
  try {
    cpSync(path.join(projectRoot, 'tsconfig.json'), path.join(root, 'tsconfig.json'));
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(path.join(root, path.dirname(file)), { recursive: true });
      writeFileSync(path.join(root, file), text);
    }
    const args = [cli, 'src', '--config', config, '--output-type', 'json'];
    const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
    assert.notEqual(stdout, '', stderr);
    const { summary } = JSON.parse(stdout) as {
      readonly summary: { readonly violations: readonly { readonly rule: { name: string } }[] };
    };
    return summary.violations.map(({ rule }) => rule.name);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

suite('rooms: which folder may import which', () => {
  test('an import that a room may not make is reported under the name of its room', () => {
    const rules = forbidden.filter(({ to }) => to.path?.startsWith('^src/'));
    assert.ok(rules.length > 20, String(rules.length));
    const files: Record<string, string> = {};
    rules.forEach((rule, index) => {
      const [from, to] = forbiddenPair(rule);
      const specifier = path.posix.relative(from, to).replace(/\.ts$/, '');
      files[to] = 'export type Target = 1;\n';
      files[`${from}/probe${index}.ts`] =
        `import type { Target } from '${specifier}';\nexport type Probe = Target;\n`;
    });
    const broken = new Set(brokenRules(files));
    assert.deepEqual(
      rules.map(({ name }) => name).filter((name) => !broken.has(name)),
      [],
    );
  });

  test('a circle of types and the editor in the core are reported', () => {
    const broken = brokenRules({
      'src/text/a.ts': "import type { B } from './b';\nexport type A = B | 1;\n",
      'src/text/b.ts': "import type { A } from './a';\nexport type B = A | 2;\n",
      'src/tasks/c.ts':
        "import * as vscode from 'vscode';\nexport const version = vscode.version;\n",
    });
    assert.ok(broken.includes('no-circular') && broken.includes('editor-api'), broken.join());
  });
});
