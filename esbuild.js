// Builds the extension (`dist/`) and, with --tests, the sources and tests one by one (`out/`).
//
//   node esbuild.js                the extension, with source maps
//   node esbuild.js --production   the extension as packaged: minified, no source maps
//   node esbuild.js --tests        the extension, and every file of src and test for plain Node
//   node esbuild.js --watch        the extension, again at every change
'use strict';

const esbuild = require('esbuild');
const fs = require('node:fs');
const path = require('node:path');

const flags = new Set(process.argv.slice(2));
const production = flags.has('--production');

/** Tells VS Code's problem matcher in .vscode/tasks.json when a build starts and ends. */
const problemMatcher = {
  name: 'problem-matcher',
  setup(build) {
    build.onStart(() => console.log('[watch] build started'));
    build.onEnd((result) => {
      for (const { text, location } of result.errors) {
        console.error(`✘ [ERROR] ${text}`);
        if (location) console.error(`    ${location.file}:${location.line}:${location.column}:`);
      }
      console.log('[watch] build finished');
    });
  },
};

/**
 * The entry stays small because everything a run needs is in chunks of its own, loaded on first
 * use: an import with the ending `.js` is an import of a chunk, see the plugin below.
 */
const chunks = {
  engine: 'src/engine.ts',
  costPage: 'src/editor/cost/costPage.ts',
  recipeHelpers: 'src/editor/recipes/recipeHelpers.ts',
  simulator: 'src/simulator/index.ts',
  // Started as a thread by its file's name; also beside the command line program.
  proofWorker: 'src/drafts/proof/proofWorker.ts',
  maskingWorker: 'src/privacy/maskingWorker.ts',
};

/**
 * Leaves a dynamic import of a chunk as an import of its file in dist/. Source files import each
 * other without an ending, so the ending marks the border between chunks.
 */
const chunkImports = {
  name: 'chunk-imports',
  setup(build) {
    const names = new Map(
      Object.entries(chunks).map(([name, file]) => [path.join(__dirname, file), name]),
    );
    build.onResolve({ filter: /^\.{1,2}\/.*\.js$/ }, ({ path: specifier, resolveDir }) => {
      const name = names.get(path.join(resolveDir, specifier).replace(/\.js$/, '.ts'));
      return name ? { path: `./${name}.js`, external: true } : undefined;
    });
  },
};

/**
 * Takes the editor's API as it is. A namespace import of CommonJS makes an object of its own in every
 * file, with an accessor for each of the API's names, and that took most of the time to load.
 */
const editorApi = {
  name: 'editor-api',
  setup(build) {
    build.onLoad({ filter: /[\\/]src[\\/].*\.ts$/ }, async ({ path: file }) => {
      const source = await fs.promises.readFile(file, 'utf8');
      const contents = source.replace(
        "import * as vscode from 'vscode';",
        "import vscode = require('vscode');",
      );
      return { contents, loader: 'ts' };
    });
  },
};

/** The grammars that the sources name; they lie beside the chunks and are read when needed. */
function copyGrammars() {
  const source = path.join(__dirname, 'node_modules/@vscode/tree-sitter-wasm/wasm');
  const target = path.join(__dirname, 'dist/grammars');
  const syntax = path.join(__dirname, 'src/syntax');
  const files = fs.readdirSync(syntax, { recursive: true }).filter((name) => name.endsWith('.ts'));
  const names = files.map((file) => fs.readFileSync(path.join(syntax, file), 'utf8')).join('\n');
  fs.mkdirSync(target, { recursive: true });
  for (const [, name] of names.matchAll(/'(tree-sitter[\w-]*\.wasm)'/g)) {
    fs.copyFileSync(path.join(source, name), path.join(target, name));
  }
}

const packagePattern = /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//;

/** Packages of which any code is in the chunks, or whose files are copied beside them. */
function bundledPackages(metafiles) {
  const inputs = metafiles
    .flatMap(({ outputs }) => Object.values(outputs))
    .flatMap((output) => Object.entries(output.inputs));
  const names = inputs
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .map(([file]) => packagePattern.exec(file)?.[1]);
  return [...new Set([...names, '@vscode/tree-sitter-wasm'])].filter(Boolean).sort();
}

/** One package's section: name, version and the whole text of its licence. */
function notice(name) {
  const folder = path.join(__dirname, 'node_modules', name);
  const { version, license } = JSON.parse(
    fs.readFileSync(path.join(folder, 'package.json'), 'utf8'),
  );
  const file = fs.readdirSync(folder).find((entry) => /^(?:licen[cs]e|copying)/i.test(entry));
  if (!file) throw new Error(`${name} has no licence text, so it cannot be packaged.`);
  const text = fs.readFileSync(path.join(folder, file), 'utf8').trim();
  return `${name} ${version} (${license})\n\n${text}\n`;
}

/** What the grammars' package says is compiled into it. */
function compiledNotice() {
  const manifest = path.join(__dirname, 'node_modules/@vscode/tree-sitter-wasm/cgmanifest.json');
  const { registrations } = JSON.parse(fs.readFileSync(manifest, 'utf8'));
  const lines = registrations.map(({ component, license }) => {
    const { name, repositoryUrl, commitHash } = component.git;
    return `${name} (${license}): ${repositoryUrl} at ${commitHash}`;
  });
  return `Compiled in @vscode/tree-sitter-wasm\n\n${lines.join('\n')}\n`;
}

/** Licences of everything in the packages that is not our own. */
function writeNotices(metafiles) {
  const head = 'Delegate contains code of the packages below, each under its own licence.\n';
  const sections = [...bundledPackages(metafiles).map(notice), compiledNotice()];
  const rule = `\n${'-'.repeat(80)}\n\n`;
  fs.writeFileSync(
    path.join(__dirname, 'dist/THIRD_PARTY_NOTICES.txt'),
    [head, ...sections].join(rule),
  );
}

/** Builds the entry and its lazily loaded chunks. */
const extension = {
  entryPoints: { extension: 'src/extension.ts', ...chunks },
  outdir: 'dist',
  bundle: true,
  format: 'cjs',
  platform: 'node',
  // VS Code 1.104 runs extensions on Node 22.
  target: 'node22',
  external: ['vscode'],
  minify: production,
  sourcemap: production ? false : 'linked',
  sourcesContent: false,
  legalComments: 'none',
  logLevel: 'silent',
  metafile: true,
  plugins: [problemMatcher, chunkImports, editorApi],
};

/** The command line program, in one file: it is run by itself and shares no chunks. */
const commandLine = { ...extension, entryPoints: { cli: 'src/cli/cli.ts' } };

/**
 * Puts the command line program together as an npm package of its own, in dist/delegate-batch: what
 * `npm pack` takes.
 */
function stageCommandLine() {
  const target = path.join(__dirname, 'dist/delegate-batch');
  fs.rmSync(target, { recursive: true, force: true });
  fs.mkdirSync(target, { recursive: true });
  const read = (name) => JSON.parse(fs.readFileSync(path.join(__dirname, name), 'utf8'));
  const { version, license, engines } = read('package.json');
  const manifest = {
    name: 'delegate-batch',
    version,
    description: `${read('package.nls.json').description} One task over many files, on the command line.`,
    license,
    bin: { 'delegate-batch': 'cli.js' },
    engines: { node: engines.node },
  };
  fs.writeFileSync(path.join(target, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  const parts = ['dist/cli.js', 'dist/proofWorker.js', 'dist/THIRD_PARTY_NOTICES.txt', 'LICENSE'];
  for (const name of parts) {
    fs.copyFileSync(path.join(__dirname, name), path.join(target, path.basename(name)));
  }
  fs.copyFileSync(path.join(__dirname, 'src/cli/README.md'), path.join(target, 'README.md'));
  fs.cpSync(path.join(__dirname, 'dist/grammars'), path.join(target, 'grammars'), {
    recursive: true,
  });
}

/** Every source and test file, transformed one by one so that stack traces and spies stay simple. */
function tests() {
  const files = ['src', 'test'].flatMap((root) =>
    fs
      .readdirSync(path.join(__dirname, root), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.startsWith('fixtures'))
      .map((file) => path.join(root, file)),
  );
  return {
    entryPoints: files,
    outdir: 'out',
    outbase: '.',
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    sourcemap: 'linked',
    sourcesContent: false,
    logLevel: 'info',
  };
}

async function main() {
  if (production) fs.rmSync(path.join(__dirname, 'dist'), { recursive: true, force: true });
  copyGrammars();
  if (flags.has('--watch')) {
    for (const options of [extension, commandLine]) {
      await (await esbuild.context(options)).watch();
    }
    return;
  }
  const result = await esbuild.build(extension);
  fs.writeFileSync(path.join(__dirname, 'dist/meta.json'), JSON.stringify(result.metafile));
  const program = await esbuild.build(commandLine);
  writeNotices([result.metafile, program.metafile]);
  stageCommandLine();
  if (flags.has('--tests')) {
    fs.rmSync(path.join(__dirname, 'out'), { recursive: true, force: true });
    await esbuild.build(tests());
  }
}

main().catch(() => process.exit(1));
