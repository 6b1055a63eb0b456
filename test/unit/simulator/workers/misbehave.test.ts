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
  test('a model that is faulty now and then spoils its share, the same words always alike', () => {
    const kinds = Array.from({ length: 2000 }, (_, index) =>
      misbehaviourOf(
        'simulator/worker-faulty-10',
        job({ job: 'docstring', selection: `${SOURCE}${index}` }),
      ),
    );
    const faulty = kinds.filter((kind) => kind !== null);
    assert.ok(faulty.length > 140 && faulty.length < 260, `${faulty.length}`);
    assert.equal(new Set(faulty).size, MISBEHAVIOURS.length);
    const again = misbehaviourOf(
      'simulator/worker-faulty-10',
      job({ job: 'docstring', selection: `${SOURCE}0` }),
    );
    assert.equal(again, kinds[0]);
  });

  test('are chosen by the slug of their model', () => {
    assert.equal(
      misbehaviourOf('simulator/worker-deletes-line', job({ job: 'docstring', selection: SOURCE })),
      'deletes-line',
    );
    assert.equal(
      misbehaviourOf('simulator/worker-bad-json', job({ job: 'docstring', selection: SOURCE })),
      'bad-json',
    );
    assert.equal(
      misbehaviourOf('simulator/worker', job({ job: 'docstring', selection: SOURCE })),
      null,
    );
    assert.equal(
      misbehaviourOf('simulator/worker-slow', job({ job: 'docstring', selection: SOURCE })),
      null,
    );
    for (const kind of MISBEHAVIOURS)
      assert.equal(
        misbehaviourOf(`simulator/worker-${kind}`, job({ job: 'docstring', selection: SOURCE })),
        kind,
      );
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

  test('code gives way to a remark, a patch, or another block', async () => {
    const reformat = job({ job: 'reformat', selection: SOURCE });
    const good = await runWorker(reformat);
    const elided = misbehave('elides', reformat, good);
    assert.match(elided, /^function add[^]*\/\/ \.\.\. existing code \.\.\.\n[^]*\}\n?$/);
    assert.ok(!elided.includes('const sum'));
    assert.match(misbehave('diff', reformat, good), /^--- a\/file\n\+\+\+ b\/file\n@@ .*\n-func/);
    const python = 'def add(first):\n    total = first\n    return total\n';
    const indented = misbehave('reindents', job({ job: 'reformat', selection: python }), python);
    assert.equal(indented, 'def add(first):\n    total = first\n        return total\n');
  });

  test('a worker that is told why its answer was rejected draws again', () => {
    const draws = ['', 'Your last answer was rejected: one', 'Your last answer was rejected: two'];
    const kinds = Array.from({ length: 200 }, (_, index) =>
      draws.map((taskDescription) =>
        misbehaviourOf(
          'simulator/worker-faulty-20',
          job({ job: 'docstring', selection: `${SOURCE}${index}`, taskDescription }),
        ),
      ),
    );
    const [once, twice] = [
      kinds.filter(([first]) => first !== null),
      kinds.filter(([first, second]) => first !== null && second !== null),
    ];
    assert.ok(once.length > 20, `${once.length}`);
    assert.ok(twice.length < once.length / 2, `${twice.length} of ${once.length}`);
  });

  test('nothing comes back, or a failure', () => {
    assert.equal(misbehave('empty', job({ job: 'reformat', selection: SOURCE }), SOURCE), '');
    assert.throws(
      () => misbehave('fails', job({ job: 'reformat', selection: SOURCE }), SOURCE),
      CannotDoError,
    );
  });
});
