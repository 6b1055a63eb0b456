import assert from 'node:assert/strict';
import { readAgentInput } from '../../../../src/surfaces/agent/agentInput';

function problemOf(input: unknown): string {
  const read = readAgentInput(input);
  assert.ok('problem' in read, JSON.stringify(input));
  return read.problem;
}

suite('readAgentInput', () => {
  test('reads text with its language, and lines of a file', () => {
    assert.deepEqual(readAgentInput({ task: 'summarize', text: 'a', language: 'go' }), {
      taskId: 'summarize',
      instruction: null,
      schema: null,
      target: { kind: 'text', text: 'a', languageId: 'go' },
    });
    assert.deepEqual(
      readAgentInput({ task: 'refactor', instruction: ' x ', file: './src\\a.ts', startLine: 2 }),
      {
        taskId: 'refactor',
        instruction: 'x',
        schema: null,
        target: { kind: 'file', segments: ['src', 'a.ts'], startLine: 2, endLine: null },
      },
    );
  });

  test('an unknown task is refused with the list of tasks', () => {
    for (const task of ['translate', 'toString', 3, undefined]) {
      assert.match(problemOf({ task, text: 'a' }), /summarize, docstring/);
    }
    assert.match(problemOf(null), /summarize, docstring/);
  });

  test('tasks that need an instruction say so', () => {
    for (const task of ['extract', 'refactor', 'instruct']) {
      assert.match(problemOf({ task, text: 'a', instruction: '  ' }), /"instruction"/);
    }
  });

  test('it takes either text or a file', () => {
    assert.match(problemOf({ task: 'summarize' }), /either/);
    assert.match(problemOf({ task: 'summarize', text: 'a', file: 'a.ts' }), /either/);
    assert.match(problemOf({ task: 'summarize', text: ' \n' }), /blank/);
  });

  for (const file of [
    '../a.ts',
    'src/../../a.ts',
    'src\\..\\a.ts',
    '/etc/passwd',
    '\\\\host\\share',
    'C:\\a.ts',
    'file:///etc/passwd',
    'vscode-userdata:/User/settings.json',
    'a.ts:stream',
    'a.ts.',
    'a.ts ',
    'a\0.ts',
    '.',
    'src//a.ts',
  ]) {
    test(`the path ${JSON.stringify(file)} is refused`, () => {
      assert.match(problemOf({ task: 'summarize', file }), /Only files of the workspace/);
    });
  }

  test('lines count from one, and the end is not before the start', () => {
    for (const lines of [{ startLine: 0 }, { startLine: 1.5 }, { startLine: 3, endLine: 2 }]) {
      assert.match(problemOf({ task: 'summarize', file: 'a.ts', ...lines }), /count from 1/);
    }
  });
});
