import assert from 'node:assert/strict';
import { Ajv } from 'ajv';
import { extractPresets } from '../../../../src/tasks/extractPresets';
import { runWorker } from '../../../../src/simulator/workers/runWorker';
import { SNIPPETS } from '../../syntax/snippets';
import { job } from './job';

async function extract(
  languageId: string,
  selection: string,
  rest: { instruction: string; schema?: unknown; firstLineNumber?: number },
): Promise<unknown> {
  return JSON.parse(await runWorker(job({ job: 'extract', languageId, selection, ...rest })));
}

function preset(id: string): { instruction: string; schema: object } {
  const found = extractPresets.find((each) => each.id === id);
  assert.ok(found);
  return { instruction: found.instruction, schema: found.schema };
}

suite('Worker: extract', () => {
  test('TODOs with their mark and line', async () => {
    const source =
      '// TODO: first\nlet a; // FIXME(me) second\n/*\n * XXX third\n */\nconst s = "TODO no";\n';
    assert.deepEqual(
      await extract('typescript', source, { ...preset('todos'), firstLineNumber: 10 }),
      [
        { line: 10, mark: 'TODO', text: 'first' },
        { line: 11, mark: 'FIXME', text: 'second' },
        { line: 13, mark: 'XXX', text: 'third' },
      ],
    );
  });

  test('types with their fields as written', async () => {
    const ts = [
      'interface A<T extends { id: string }> {',
      '  readonly name: string;',
      '  map?: Record<string, T>',
      '  call: (x: number) => void;',
      '  method(x: number): void;',
      '}',
      'enum B { One = 1, Two }',
      'type C = { d: number };',
    ].join('\n');
    assert.deepEqual(await extract('typescript', ts, preset('types')), [
      {
        line: 1,
        kind: 'interface',
        name: 'A',
        fields: [
          { name: 'name', type: 'string' },
          { name: 'map', type: 'Record<string, T>' },
          { name: 'call', type: '(x: number) => void' },
        ],
      },
      {
        line: 7,
        kind: 'enum',
        name: 'B',
        fields: [
          { name: 'One', type: '' },
          { name: 'Two', type: '' },
        ],
      },
      { line: 8, kind: 'type', name: 'C', fields: [{ name: 'd', type: 'number' }] },
    ]);
  });

  const fields: readonly (readonly [string, string, string])[] = [
    [
      'go',
      'type A struct {\n\tnames []string `json:"n"`\n\tsize  int\n}',
      'names []string, size int',
    ],
    [
      'java',
      'class A { private final Map<String, Integer> m = f(1, 2); int f(int a) { return a; } long b; }',
      'm Map<String, Integer>, b long',
    ],
    ['c', 'struct A { const char *name; int sizes[4]; };', 'name const char *, sizes int[4]'],
    ['rust', 'pub struct A { pub(crate) a: Vec<(u8, u8)>, b: i32 }', 'a Vec<(u8, u8)>, b i32'],
    [
      'csharp',
      'class A { public int P { get; set; } private string q = "x"; void F() { } }',
      'P int, q string',
    ],
    ['python', 'class A:\n    a: int = 1\n    b: str\n    def f(self): ...\n', 'a int, b str'],
    [
      'typescript',
      'class A { readonly readonly: boolean = true; #p = 1; f() { a < b; } }',
      'readonly boolean, #p ',
    ],
  ];
  for (const [languageId, source, expected] of fields) {
    test(`${languageId}: fields of ${JSON.stringify(source)}`, async () => {
      const found = (await extract(languageId, source, preset('types'))) as {
        fields: { name: string; type: string }[];
      }[];
      assert.equal(
        found[0]?.fields.map(({ name, type }) => `${name} ${type}`).join(', '),
        expected,
      );
    });
  }

  test('strings for people, not keys and paths', async () => {
    const source =
      'f("Save the file", "save-key", "src/app.ts", `Hello ${name}!`, "Cancel", "https://x.y/z a")';
    assert.deepEqual(await extract('typescript', source, preset('strings')), [
      { line: 1, text: 'Save the file' },
      { line: 1, text: 'Hello ${name}!' },
      { line: 1, text: 'Cancel' },
    ]);
  });

  test('SQL with its tables', async () => {
    const source =
      'q = """\n  SELECT a FROM users u JOIN orders o ON 1\n"""\nr = "update the docs"\ns = "UPDATE items SET a = 1"\n';
    assert.deepEqual(await extract('python', source, preset('sql')), [
      {
        line: 1,
        statement: 'SELECT a FROM users u JOIN orders o ON 1',
        tables: ['users', 'orders'],
      },
      { line: 5, statement: 'UPDATE items SET a = 1', tables: ['items'] },
    ]);
  });

  test('configuration keys with their defaults as written', async () => {
    const ts =
      'const a = process.env.PORT ?? "80";\nconst b = process.env["HOST"];\n// process.env.NONE\n';
    assert.deepEqual(await extract('typescript', ts, preset('config-keys')), [
      { line: 1, key: 'PORT', default: '"80"' },
      { line: 2, key: 'HOST', default: null },
    ]);
    const python = 'import os\nx = os.environ.get("DEBUG", False)\ny = os.environ["HOME"]\n';
    assert.deepEqual(await extract('python', python, preset('config-keys')), [
      { line: 2, key: 'DEBUG', default: 'False' },
      { line: 3, key: 'HOME', default: null },
    ]);
  });

  for (const { id, instruction, schema } of extractPresets) {
    test(`${id}: the answer is valid by the preset's schema, in every language`, async () => {
      const validate = new Ajv().compile(schema);
      for (const [languageId, selection] of Object.entries(SNIPPETS)) {
        const value = await extract(languageId, selection, { instruction, schema });
        assert.ok(validate(value), `${languageId}: ${JSON.stringify(validate.errors)}`);
      }
    });
  }

  test('a schema of another shape is obeyed', async () => {
    const schema = {
      type: 'object',
      properties: {
        count: { type: 'integer' },
        note: { type: 'string' },
        functions: {
          type: 'array',
          items: {
            type: 'object',
            properties: {
              name: { type: 'string' },
              startLine: { type: 'integer' },
              isLong: { type: 'boolean' },
              parameters: { type: 'array', items: { type: 'string' } },
              level: { enum: ['low', 'high'] },
              comment: { type: ['string', 'null'] },
            },
            required: ['name', 'startLine', 'isLong', 'parameters', 'level', 'comment'],
          },
        },
      },
      required: ['count', 'note', 'functions'],
    };
    const value = await extract('go', SNIPPETS['go'] ?? '', {
      instruction: 'All functions',
      schema,
    });
    const validate = new Ajv().compile(schema);
    assert.ok(validate(value), JSON.stringify(validate.errors));
    const { count, functions } = value as {
      count: number;
      functions: { name: string; startLine: number }[];
    };
    assert.equal(count, 4);
    assert.deepEqual(
      functions.map(({ name }) => name),
      ['ErrMissing', 'Store', 'Get', 'newStore'],
    );
    assert.equal(functions[2]?.startLine, 18);
  });

  test('a list of bare values is obeyed', async () => {
    const schema = { type: 'array', items: { type: 'string' } };
    assert.deepEqual(
      await extract('typescript', '// TODO: a\n// TODO: b\n', { instruction: 'todos', schema }),
      ['a', 'b'],
    );
  });

  test('own words without a schema get a Markdown list', async () => {
    const answer = await runWorker(
      job({
        job: 'extract',
        answer: 'text',
        selection: 'see("https://example.org/a", 42);',
        instruction: 'All URLs',
        firstLineNumber: 7,
      }),
    );
    assert.equal(answer, '- Line 7: `https://example.org/a`');
  });

  test('nothing found is an empty list', async () => {
    assert.deepEqual(await extract('go', 'x := 1', preset('todos')), []);
  });
});
