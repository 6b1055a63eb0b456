import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ensureBrowser, ensureBuildTools } from './debianPackages';
import { npmRecipe, type NpmRecipe } from './hostVersions';
import { localFolder, sharedFolder } from './paths';
import { withProcessLock } from './processLock';
import { runCommand } from './runCommand';

/** VS Code from npm: its server on a Node of its own, and a browser for its workbench. */
export interface NpmHost {
  readonly kind: 'npm';
  readonly version: string;
  readonly nodePath: string;
  readonly serverMain: string;
  readonly browserPath: string;
}

/** Raised when the steps below change, so that older installations are made again. */
const recipeRevision = 1;

/** Installs VS Code `version` from npm unless a finished installation is there. */
export async function ensureNpmHost(version: string): Promise<NpmHost> {
  const recipe = npmRecipe(version);
  const browserPath = await ensureBrowser();
  const folder = findComplete(recipe) ?? (await install(recipe));
  return {
    kind: 'npm',
    version,
    nodePath: path.join(folder, 'node_modules', '.bin', 'node'),
    serverMain: path.join(serverFolder(folder), 'out', 'server-main.js'),
    browserPath,
  };
}

function serverFolder(folder: string): string {
  return path.join(folder, 'node_modules', 'code-server', 'lib', 'vscode');
}

/** Named by its recipe as well, so that clones with different recipes share a folder in peace. */
function folderName(recipe: NpmRecipe): string {
  const fingerprint = createHash('sha256').update(marker(recipe)).digest('hex').slice(0, 8);
  return `npm-${recipe.version}-${fingerprint}`;
}

function marker(recipe: NpmRecipe): string {
  return JSON.stringify({ revision: recipeRevision, platform: process.platform, ...recipe });
}

/** The marker is written last, so a folder without it, or with another one, is not finished. */
function isComplete(folder: string, recipe: NpmRecipe): boolean {
  try {
    const written = readFileSync(path.join(folder, 'complete.json'), 'utf8');
    return written === marker(recipe) && existsSync(serverFolder(folder));
  } catch {
    return false;
  }
}

function findComplete(recipe: NpmRecipe): string | null {
  const candidates = [localFolder, sharedFolder].map((root) => path.join(root, folderName(recipe)));
  return candidates.find((folder) => isComplete(folder, recipe)) ?? null;
}

/** The shared folder where it can be written, else the clone's own. */
function writableRoot(): string {
  try {
    mkdirSync(sharedFolder, { recursive: true });
    const probe = path.join(sharedFolder, `.probe-${String(process.pid)}`);
    writeFileSync(probe, '');
    rmSync(probe);
    return sharedFolder;
  } catch {
    return localFolder;
  }
}

async function install(recipe: NpmRecipe): Promise<string> {
  const root = writableRoot();
  const folder = path.join(root, folderName(recipe));
  const lockFile = path.join(root, `${folderName(recipe)}.lock`);
  await withProcessLock(
    lockFile,
    async () => {
      if (isComplete(folder, recipe)) return;
      await ensureBuildTools();
      const startedAt = Date.now();
      console.log(`Installing VS Code ${recipe.version} from npm into ${folder} (minutes).`);
      rmSync(folder, { recursive: true, force: true });
      mkdirSync(folder, { recursive: true });
      await installSteps(recipe, folder);
      writeFileSync(path.join(folder, 'complete.json'), marker(recipe));
      const seconds = Math.round((Date.now() - startedAt) / 1000);
      console.log(`Installed VS Code ${recipe.version} in ${seconds} s.`);
    },
    (pid) => {
      console.log(`Waiting for process ${pid}, which is installing VS Code ${recipe.version}.`);
    },
  );
  return folder;
}

async function installSteps(recipe: NpmRecipe, folder: string): Promise<void> {
  writeFileSync(path.join(folder, 'package.json'), '{ "private": true }\n');
  const env = installEnvironment(folder);
  const npm = async (cwd: string, ...args: readonly string[]): Promise<void> => {
    await runCommand('npm', [...args, '--no-audit', '--no-fund'], { cwd, env });
  };
  await npm(folder, 'install', recipe.nodePackage);
  if (!recipe.byHand) {
    await npm(folder, 'install', recipe.serverPackage);
    return;
  }
  const { folders, nativeModules } = recipe.byHand;
  await npm(folder, 'install', '--ignore-scripts', recipe.serverPackage);
  const server = serverFolder(folder);
  for (const part of folders) {
    await npm(path.join(server, part), 'install', '--ignore-scripts', '--omit=dev');
  }
  await npm(server, 'rebuild', ...nativeModules);
}

/**
 * npm and the install scripts run on the Node just installed. Native modules build against headers
 * next to the system's Node where there are some: the modules use Node-API, whose headers fit every
 * version, and a download of other headers may not be possible.
 */
function installEnvironment(folder: string): NodeJS.ProcessEnv {
  const env = withoutOuterNpm(process.env);
  // An install script may run a tool through npx, which would ask before fetching it.
  env['npm_config_yes'] = 'true';
  const bin = path.join(folder, 'node_modules', '.bin');
  env['PATH'] = `${bin}${path.delimiter}${env['PATH'] ?? ''}`;
  const prefix = path.resolve(path.dirname(process.execPath), '..');
  if (!env['npm_config_nodedir'] && existsSync(path.join(prefix, 'include/node/node_api.h'))) {
    env['npm_config_nodedir'] = prefix;
  }
  return env;
}

/**
 * What an npm that started this process says of its own project, of itself and of its Node holds for
 * no other: an install script may read its Node's version from the user agent.
 */
export function withoutOuterNpm(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const own =
    /^npm_(?:package|lifecycle|command|execpath|node_execpath|config_(?:local_prefix|workspace|omit|include|user_agent|npm_version|node_gyp))/i;
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !own.test(name)));
}
