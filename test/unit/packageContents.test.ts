import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { projectRoot, readJson, readText } from '../support/projectFiles';

interface Metafile {
  readonly outputs: Readonly<
    Record<
      string,
      { readonly inputs: Readonly<Record<string, { readonly bytesInOutput: number }>> }
    >
  >;
}

/** What the packager would take, by its own reading of the allow-list. */
function packagedFiles(): string[] {
  const vsce = path.join(projectRoot, 'node_modules/@vscode/vsce/vsce');
  const listed = execFileSync(process.execPath, [vsce, 'ls', '--no-dependencies'], {
    cwd: projectRoot,
    encoding: 'utf8',
  });
  return listed.split('\n').filter((line) => line !== '');
}

suite('package contents', () => {
  test('only what runs, its texts, pictures and licences are in the package', function () {
    // The packager loads slowly.
    this.timeout(120_000);
    const files = packagedFiles();
    const expected =
      /^(?:dist\/\w+\.js|dist\/grammars\/[\w-]+\.wasm|dist\/THIRD_PARTY_NOTICES\.txt|src\/l10n\/bundle\.l10n\.\w+\.json|media\/(?:icon\.png|(?:walkthrough|cost)\/[\w-]+\.\w+|parts\/[\w-]+\.[\w-]+\.json|chat\/[\w./-]+\.md)|package\.json|package\.nls(?:\.\w+)?\.json|README\.md|CHANGELOG\.md|LICENSE)$/;
    assert.deepEqual(
      files.filter((file) => !expected.test(file)),
      [],
    );
    // The command line program is a package of its own.
    assert.ok(!files.includes('dist/cli.js'));
    for (const file of ['dist/extension.js', 'dist/engine.js', 'dist/THIRD_PARTY_NOTICES.txt']) {
      assert.ok(files.includes(file), file);
    }
  });

  test('every package whose code is bundled has its licence in the notices', () => {
    const { outputs } = readJson('dist/meta.json') as Metafile;
    const notices = readText('dist/THIRD_PARTY_NOTICES.txt');
    const names = new Set<string>();
    for (const { inputs } of Object.values(outputs)) {
      for (const [file, { bytesInOutput }] of Object.entries(inputs)) {
        const name = /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1];
        if (name !== undefined && bytesInOutput > 0) names.add(name);
      }
    }
    assert.ok(names.has('undici') && names.has('eventsource-parser'), [...names].join());
    for (const name of names)
      assert.match(notices, new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\(`, 'm'));
  });

  test('bundles take the editor’s API as it is, without a copy of its names for each file', () => {
    for (const file of ['dist/extension.js', 'dist/engine.js', 'dist/costPage.js']) {
      const text = readText(file);
      assert.match(text, /=\s*require\("vscode"\)/, file);
      assert.doesNotMatch(text, /\(require\("vscode"\)/, file);
    }
  });
});
