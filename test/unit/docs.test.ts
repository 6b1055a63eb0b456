import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { projectRoot, readText } from '../support/projectFiles';
import { settingsPage } from '../support/settingsPage';

/** Every page that readers are sent to. */
const PAGES = [
  ...['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'CHANGELOG.md'],
  ...readdirSync(path.join(projectRoot, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

/** Targets of links and pictures that are files of the repository. */
function relativeTargets(text: string): readonly string[] {
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^(?:https?:|#|command:)/.test(target))
    .map((target) => target.replace(/#.*$/, ''));
}

suite('documents', () => {
  test('docs/settings.md says what the manifest says; npm run docs writes it', () => {
    assert.equal(readText('docs/settings.md'), settingsPage());
  });

  for (const page of PAGES) {
    test(`${page}: every link to a file of the repository leads somewhere`, () => {
      const folder = path.dirname(path.join(projectRoot, page));
      const broken = relativeTargets(readText(page)).filter(
        (target) => !existsSync(path.join(folder, target)),
      );
      assert.deepEqual(broken, []);
    });
  }
});
