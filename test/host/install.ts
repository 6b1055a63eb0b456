/**
 * Gets everything the tests in a real VS Code need: `node out/test/host/install.js [VERSION…]`,
 * without a version both the newest and the minimum.
 */
import { ensureHost } from './chooseHost';
import { currentVersion, minimumVersion } from './hostVersions';

async function main(versions: readonly string[]): Promise<void> {
  for (const version of versions) await ensureHost(version);
}

const wanted = process.argv.slice(2);
main(wanted.length > 0 ? wanted : [currentVersion, minimumVersion]).catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
