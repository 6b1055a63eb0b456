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
 * The entry stays small because everything a run needs is in chunks of its own, loaded by
 * `require('./engine.js')` and the like on first use. An import of `#chunk/NAME` in src/ becomes
 * that require; each chunk is an entry point here, so nothing is bundled twice.
 */
const chunks = {
  engine: 'src/engine.ts',
  simulator: 'src/simulator/index.ts',
};

/** Builds the entry and its lazily loaded chunks. */
const extension = {
  entryPoints: Object.fromEntries(
    Object.entries({ extension: 'src/extension.ts', ...chunks }).filter(([, file]) =>
      fs.existsSync(path.join(__dirname, file)),
    ),
  ),
  outdir: 'dist',
  bundle: true,
  format: 'cjs',
  platform: 'node',
  // VS Code 1.104 runs extensions on Node 22.
  target: 'node22',
  external: ['vscode', './engine.js', './simulator.js'],
  minify: production,
  sourcemap: production ? false : 'linked',
  sourcesContent: false,
  legalComments: 'none',
  logLevel: 'silent',
  metafile: true,
  plugins: [problemMatcher],
};

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
  if (flags.has('--watch')) {
    const context = await esbuild.context(extension);
    await context.watch();
    return;
  }
  if (production) fs.rmSync(path.join(__dirname, 'dist'), { recursive: true, force: true });
  const result = await esbuild.build(extension);
  fs.writeFileSync(path.join(__dirname, 'dist/meta.json'), JSON.stringify(result.metafile));
  if (flags.has('--tests')) {
    fs.rmSync(path.join(__dirname, 'out'), { recursive: true, force: true });
    await esbuild.build(tests());
  }
}

main().catch(() => process.exit(1));
