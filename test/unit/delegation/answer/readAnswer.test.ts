import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  type AnswerPiece,
  outcomePiece,
  ownPiece,
  readAnswer,
} from '../../../../src/delegation/answer/readAnswer';
import { OutcomeError } from '../../../../src/delegation/answer/outcomeError';
import { builtInTasks } from '../../../../src/tasks/catalog';
import { extractPresets } from '../../../../src/tasks/extractPresets';
import type { Outcome, RunRequest } from '../../../../src/delegation/run/run';
import { prepare, requestWith, sampleCode } from '../kit';

/** What the workers' texts make, one for each planned task. */
async function readOutcomes(
  request: RunRequest,
  texts: readonly string[],
): Promise<Outcome | OutcomeError> {
  const { tasks } = prepare(request);
  assert.equal(tasks.length, texts.length);
  return read(
    request,
    tasks.map((task, index) => outcomePiece(task, texts[index] ?? '')),
  );
}

function read(
  request: RunRequest,
  pieces: readonly AnswerPiece[],
): Promise<Outcome | OutcomeError> {
  return readAnswer(pieces, {
    task: request.task,
    selection: request.selection,
    schema: request.schema ?? request.task.schema ?? null,
  });
}

function problemsOf(result: Outcome | OutcomeError): readonly string[] {
  assert.ok(result instanceof OutcomeError);
  return result.problems.map(({ path, message }) => `${path} ${message}`);
}

suite('replacement answers', () => {
  const reformat = (text: string): RunRequest => requestWith({ task: builtInTasks.reformat, text });

  test('keep a sentence on the last line where it is the value of a key', async () => {
    const text = 'title: A list\nnote: The end of it.\n';
    const answer = 'title: The list\nWarning: All of it has ended.\n';
    const request = requestWith({
      task: builtInTasks.refactor,
      text,
      instruction: 'x',
      selection: { languageId: 'yaml' },
    });
    assert.deepEqual(await readOutcomes(request, [answer]), {
      format: 'replacement',
      text: answer,
    });
  });

  test('come in the editor’s indentation where the text itself shows none', async () => {
    const result = await readOutcomes(
      requestWith({
        task: builtInTasks.refactor,
        text: 'f(a, b)\n',
        instruction: 'x',
        selection: { indentation: { insertSpaces: false, tabSize: 4 } },
      }),
      ['f(\n  a,\n  b,\n)\n'],
    );
    assert.deepEqual(result, {
      format: 'replacement',
      text: 'f(\n\ta,\n\tb,\n)\n',
      mended: ['indentation'],
    });
  });

  test('keep the steps between their levels, whatever all of their lines share', async () => {
    const code = 'class A {\n  f() {\n    g();\n  }\n}\n';
    const deep = code.replace(/^(?=.)/gm, '    ');
    for (const [sent, answer] of [
      [code, deep],
      [deep, code],
    ] as const) {
      const request = requestWith({ task: builtInTasks.refactor, text: sent, instruction: 'x' });
      const renamed = answer.replace('g()', 'h()');
      const result = await readOutcomes(request, [renamed]);
      assert.deepEqual(result, { format: 'replacement', text: sent.replace('g()', 'h()') });
    }
  });

  test('keep an indentation of which two depths would become one', async () => {
    const request = requestWith({
      task: builtInTasks.refactor,
      text: 'def f(a):\n  if a:\n    return 1\n  return 2\n',
      instruction: 'x',
      selection: { languageId: 'python' },
    });
    const answer =
      'def f(a):\n    for b in a:\n        return 1\n    if a:\n          if b:\n            return 1\n    return 2\n    return 3\n    return 4\n    return 5\n    return 6\n    return 7\n';
    const result = await readOutcomes(request, [answer]);
    assert.deepEqual(result, { format: 'replacement', text: answer });
  });

  test('may have comments in place of code that are no remarks for it', async () => {
    const text =
      'function f(a) {\n  const b = a + 1;\n  const c = b * 2;\n  log(c);\n  return c;\n}\n';
    const body = '  const b = a + 1;\n  const c = b * 2;\n  log(c);\n';
    const request = requestWith({ task: builtInTasks.refactor, text, instruction: 'x' });
    for (const instead of [
      '  // const b = a + 1;\n  // const c = b * 2;\n  // log(c);\n',
      '  // The computation was removed.\n',
      '  // TODO: compute it\n',
      '  // Twice the next one.\n  const c = twice(a + 1);\n',
    ]) {
      const answer = text.replace(body, instead);
      assert.deepEqual(await readOutcomes(request, [answer]), {
        format: 'replacement',
        text: answer,
      });
    }
    const emptied = await readOutcomes(request, [text.replace(body, '  // compute c\n')]);
    assert.equal((emptied as OutcomeError).code, 'answer-elided');
  });

  test('keep indentation, line ends and the final line end', async () => {
    const text = '\tfor (;;)\r\n\t{ a( ) }\r\n';
    const result = await readOutcomes(reformat(text), ['```c\nfor (;;) {\n  a();\n}\n```']);
    assert.deepEqual(result, {
      format: 'replacement',
      text: '\tfor (;;) {\r\n\t\ta();\r\n\t}\r\n',
      mended: ['indentation'],
    });
  });

  test('what workers give back unchanged is the selection, in parts and with any line end', async () => {
    for (const eol of ['\n', '\r\n']) {
      const text = `  \n${sampleCode(700).replace(/^/gm, '    ').replace(/\n/g, eol)}`;
      const request = reformat(text);
      const bodies = prepare(request).tasks.map((task) => task.pinnedText);
      assert.ok(bodies.length > 1);
      const result = await readOutcomes(request, bodies);
      assert.deepEqual(result, { format: 'replacement', text });
    }
  });

  test('that are empty or only a fence are errors', async () => {
    for (const answer of ['', ' \n', '```\n```']) {
      const result = await readOutcomes(reformat('a\n'), [answer]);
      assert.equal((result as OutcomeError).code, 'answer-empty');
    }
  });

  test('may have prose around one fence', async () => {
    const expected = { format: 'replacement', text: 'b\n', mended: ['prose'] };
    const request = reformat('a\n');
    const answer = 'Sure:\n```\nb\n```';
    assert.deepEqual(await readOutcomes(request, [answer]), expected);
    assert.deepEqual(await read(request, [ownPiece(request.selection, answer)]), expected);
  });

  test('with code outside of the fence are not guessed at', async () => {
    const result = await readOutcomes(reformat('a(b);\nc(d);\n'), ['a(b);\nc(d);\n```\ne\n```\n']);
    assert.equal((result as OutcomeError).code, 'answer-ambiguous');
  });
});

suite('texts', () => {
  const summary = requestWith({ task: builtInTasks.summarize, text: 'a\n' });

  test('that decline are no summary, others that speak of it are', async () => {
    for (const [words, isRead] of [
      ['I cannot help with that.', false],
      ['抱歉，我无法完成这个请求。', false],
      ['It says “We cannot process your request” when the queue is full.', true],
      ['Unfortunately the code reads the list twice, so I cannot say more about its speed.', true],
      ['当队列已满时无法处理您的请求。', true],
    ] as const) {
      const result = await readOutcomes(summary, [words]);
      assert.equal(!(result instanceof OutcomeError), isRead, words);
    }
  });
});

suite('insertions', () => {
  const docstring = (text = sampleCode(20)): RunRequest =>
    requestWith({ task: builtInTasks.docstring, text });
  const answer = (...insertions: unknown[]): string => JSON.stringify(insertions);

  test('are read and put in order, as pairs or as objects', async () => {
    const pairs = [
      [11, 'Second.'],
      [1, 'First.\nMore.'],
    ];
    const objects = pairs.map(([line, text]) => ({ line, text }));
    for (const list of [pairs, objects]) {
      for (const value of [list, { insertions: list }]) {
        const json = JSON.stringify(value);
        const result = await readOutcomes(docstring(), [`\`\`\`json\n${json}\n\`\`\``]);
        assert.deepEqual(
          result,
          {
            format: 'insertions',
            insertions: [
              { line: 1, text: 'First.\nMore.' },
              { line: 11, text: 'Second.' },
            ],
          },
          json,
        );
      }
    }
  });

  test('may be none', async () => {
    assert.deepEqual(await readOutcomes(docstring(), [answer()]), {
      format: 'insertions',
      insertions: [],
    });
  });

  test('of several workers are put together, each within its part', async () => {
    const request = docstring(sampleCode(1600));
    const { tasks } = prepare(request);
    assert.ok(tasks.length > 1);
    const texts = tasks.map((task) => answer([task.startLine, 'Doc.']));
    const result = await readOutcomes(request, texts);
    assert.ok(!(result instanceof OutcomeError) && result.format === 'insertions');
    assert.deepEqual(
      result.insertions.map((insertion) => insertion.line),
      tasks.map((task) => task.startLine),
    );
    const stray = tasks.map((_, index) => answer([index === 0 ? 1500 : 1600, 'D']));
    assert.ok((await readOutcomes(request, stray)) instanceof OutcomeError);
  });

  test('with wrong lines or texts are told one by one', async () => {
    const result = await readOutcomes(docstring(), [
      answer([0, 'a'], [1.5, 'a'], ['3', ' '], { line: 21, text: 'a' }, 7),
    ]);
    assert.deepEqual(problemsOf(result), [
      '/0/0 must be a whole number from 1 to 20',
      '/1/0 must be a whole number from 1 to 20',
      '/2/1 must be a text',
      '/3/line must be a whole number from 1 to 20',
      '/4/line must be a whole number from 1 to 20',
      '/4/text must be a text',
    ]);
    const wrapped = await readOutcomes(docstring(), ['{"insertions":[[0,"a"]]}']);
    assert.deepEqual(problemsOf(wrapped), ['/insertions/0/0 must be a whole number from 1 to 20']);
  });

  test('twice for one line are an error', async () => {
    const twice = answer([1, 'a'], [1, 'b']);
    assert.deepEqual(problemsOf(await readOutcomes(docstring(), [twice])), [
      ' line 1 is documented twice',
    ]);
  });

  test('that are no JSON, or other JSON, are errors', async () => {
    for (const text of ['nothing to do', '{}', '"x"', 'null']) {
      const result = await readOutcomes(docstring(), [text]);
      assert.equal((result as OutcomeError).code, 'answer-invalid', text);
    }
  });

  test('any text is read or refused, never thrown at', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string(), fc.json()), async (text) => {
        const result = await readOutcomes(docstring(), [text]);
        assert.ok(result instanceof OutcomeError || result.format === 'insertions');
      }),
    );
  });
});

suite('JSON answers', () => {
  const [todos] = extractPresets;
  const extract = (change: Partial<RunRequest> = {}): RunRequest =>
    requestWith({ task: builtInTasks.extract, instruction: 'x', ...change, text: 'a\n' });

  test('keep their own text', async () => {
    const text = '[{"big": 12345678901234567890}]';
    const result = await readOutcomes(extract(), [`\`\`\`json\n${text}\n\`\`\``]);
    assert.ok(!(result instanceof OutcomeError) && result.format === 'json');
    assert.equal(result.text, text);
  });

  test('are an empty list where words of any language say that nothing is there', async () => {
    for (const words of [
      'Nothing found.',
      'Keine TODOs gefunden.',
      '没有找到。',
      'Nada encontrado.',
    ]) {
      const result = await readOutcomes(extract({ schema: todos!.schema }), [words]);
      assert.ok(!(result instanceof OutcomeError) && result.format === 'json', words);
      assert.deepEqual(result.value, []);
    }
  });

  test('are checked against the schema', async () => {
    const request = extract({ schema: todos!.schema });
    const good = '[{"line":1,"mark":"TODO","text":"x"}]';
    assert.ok(!((await readOutcomes(request, [good])) instanceof OutcomeError));
    const bad = await readOutcomes(request, ['[{"line":0,"mark":"TODO"}]']);
    assert.deepEqual(problemsOf(bad), [
      "/0 must have required property 'text'",
      '/0/line must be >= 1',
    ]);
  });

  test('of several workers are one list, checked as a whole', async () => {
    const request = requestWith({
      task: builtInTasks.extract,
      instruction: 'x',
      schema: { ...todos!.schema, maxItems: 2 },
      text: sampleCode(1600),
    });
    const { tasks } = prepare(request);
    const item = (line: number): string => `[{"line":${line},"mark":"TODO","text":"x"}]`;
    const texts = tasks.map((task) => item(task.startLine));
    assert.equal(texts.length, 2);
    const result = await readOutcomes(request, texts);
    assert.ok(!(result instanceof OutcomeError) && result.format === 'json');
    assert.deepEqual(result.value, JSON.parse(result.text));
    assert.equal((result.value as unknown[]).length, 2);
    const tooMany = await readOutcomes(request, [
      item(1),
      `[${item(2).slice(1, -1)},${item(3).slice(1)}`,
    ]);
    assert.equal((tooMany as OutcomeError).code, 'answer-invalid');
    const noList = await readOutcomes(request, [item(1), '{}']);
    assert.deepEqual(problemsOf(noList), [' part 2 must be a list']);
  });

  test('with a schema of 2020-12 are checked by its rules', async () => {
    const schema = {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      type: 'array',
      prefixItems: [{ type: 'string' }],
    };
    const result = await readOutcomes(extract({ schema }), ['[1]']);
    assert.deepEqual(problemsOf(result), ['/0 must be string']);
  });

  test('with a schema that is none say so', async () => {
    for (const schema of [{ type: 'nonsense' }, { $ref: 'https://example.org/x.json' }]) {
      const result = await readOutcomes(extract({ schema }), ['[]']);
      assert.equal((result as OutcomeError).code, 'schema-invalid');
    }
  });
});
