import assert from 'node:assert/strict';
import {
  MISBEHAVIOURS,
  misbehave,
  misbehaviourOf,
} from '../../../../src/simulator/workers/misbehave';
import { runWorker } from '../../../../src/simulator/workers/runWorker';
import { CannotDoError } from '../../../../src/simulator/workers/workerJob';
import { meaning } from '../../syntax/service';
import { job } from './job';

const SOURCE = [
  'function add(first: number, second: number) {',
  '  const sum = first + second;',
  '  log(sum);',
  '  return sum;',
  '}',
].join('\n');

suite('Workers that misbehave', () => {
  test('are chosen by the slug of their model', () => {
    assert.equal(misbehaviourOf('simulator/worker-deletes-line'), 'deletes-line');
    assert.equal(misbehaviourOf('simulator/worker-bad-json'), 'bad-json');
    assert.equal(misbehaviourOf('simulator/worker'), null);
    assert.equal(misbehaviourOf('simulator/worker-slow'), null);
    for (const kind of MISBEHAVIOURS)
      assert.equal(misbehaviourOf(`simulator/worker-${kind}`), kind);
  });

  test('one line of code is gone although only docstrings were asked for', async () => {
    const docstring = job({ job: 'docstring', selection: SOURCE, firstLineNumber: 7 });
    const result = misbehave('deletes-line', docstring, await runWorker(docstring));
    const kept = result.split('\n').filter((line) => !/^\s*(?:\/\/|$)/.test(line));
    assert.equal(kept.length, SOURCE.split('\n').length - 1);
    assert.ok(kept.every((line) => SOURCE.includes(line)));
    assert.match(result, /^\/\/ Adds the first\./m);
  });

  test('a name is changed although only layout was asked for', async () => {
    const reformat = job({ job: 'reformat', selection: SOURCE });
    const good = await runWorker(reformat);
    const result = misbehave('renames', reformat, good);
    assert.notDeepEqual(await meaning('typescript', result), await meaning('typescript', SOURCE));
    assert.match(result, /const sumRenamed = first \+ second/);
    assert.equal(result.replaceAll('Renamed', ''), good);
  });

  test('the answer is wrapped in chatter and a fence', () => {
    const result = misbehave('prose', job({ job: 'reformat', selection: SOURCE }), SOURCE);
    assert.match(result, /^Sure!.*\n\n```typescript\n[\s\S]*\n```\n\n/);
    assert.ok(result.includes(SOURCE));
  });

  test('JSON that is cut off does not parse', async () => {
    const docstring = job({ job: 'docstring', selection: SOURCE });
    const result = misbehave('bad-json', docstring, await runWorker(docstring));
    assert.throws(() => JSON.parse(result) as unknown, SyntaxError);
    const todos = job({ job: 'extract', selection: '// TODO: a', instruction: 'todos' });
    const list = misbehave('bad-json', todos, await runWorker(todos));
    assert.throws(() => JSON.parse(list) as unknown, SyntaxError);
  });

  test('nothing comes back, or a failure', () => {
    assert.equal(misbehave('empty', job({ job: 'reformat', selection: SOURCE }), SOURCE), '');
    assert.throws(
      () => misbehave('fails', job({ job: 'reformat', selection: SOURCE }), SOURCE),
      CannotDoError,
    );
  });
});
