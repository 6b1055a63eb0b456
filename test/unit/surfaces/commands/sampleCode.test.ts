import assert from 'node:assert/strict';
import { SAMPLE_CODE } from '../../../../src/surfaces/commands/sampleCode';
import { runWorker } from '../../../../src/simulator/workers/runWorker';
import { readJson } from '../../../support/projectFiles';
import { job } from '../../simulator/workers/job';

const german = readJson('src/l10n/bundle.l10n.de.json') as Readonly<Record<string, string>>;
const selection = SAMPLE_CODE.slice(SAMPLE_CODE.indexOf('function '));

/** What the refactor command suggests, with what it does to the sample in the demo. */
const SUGGESTIONS: readonly (readonly [suggestion: string, shows: RegExp])[] = [
  ['Use early returns', /if \(!order\.isPaid\) \{\n {4}return;\n/],
  ['Extract the repeated string into a constant', /^const EUR = ' EUR';$/m],
  ['Remove debug output', /const line = parseOrderLine(?![^]*console\.log)/],
];

suite('sample for the demo', () => {
  for (const [suggestion, shows] of SUGGESTIONS) {
    for (const instruction of [suggestion, german[suggestion] ?? '']) {
      test(`has a use for "${instruction}"`, async () => {
        const result = await runWorker(
          job({ job: 'refactor', languageId: 'typescript', selection, instruction }),
        );
        assert.match(result, shows);
        assert.doesNotMatch(selection, shows);
      });
    }
  }
});
