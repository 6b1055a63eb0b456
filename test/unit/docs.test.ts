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

  test('docs/threats.md names tests and files of the sources that are there', () => {
    const text = readText('docs/threats.md');
    const tests = [...text.matchAll(/`((?:unit|integration|ui)\/[\w/]+)`/g)].map(
      ([, name = '']) => `test/${name}`,
    );
    const sources = [...text.matchAll(/`((?:editor|privacy|common)\/[\w/]+\.ts)`/g)].map(
      ([, name = '']) => `src/${name}`,
    );
    assert.ok(tests.length > 30 && sources.length > 1);
    const isThere = (name: string): boolean =>
      ['', '.test.ts'].some((ending) => existsSync(path.join(projectRoot, name + ending)));
    assert.deepEqual(
      [...tests, ...sources].filter((name) => !isThere(name)),
      [],
    );
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
