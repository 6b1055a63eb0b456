import assert from 'node:assert/strict';
import { ownPiece, readAnswer } from '../../../../src/delegation/answer/readAnswer';
import type { SelectionSymbol } from '../../../../src/tasks/task';
import { builtInTasks } from '../../../../src/tasks/catalog';
import { syntax } from '../../syntax/service';
import { selectionOf } from '../kit';

async function symbolsOf(languageId: string, text: string): Promise<SelectionSymbol[]> {
  const tree = await syntax.parse(languageId, text);
  return (tree?.declarations ?? []).map(({ name, kind, startLine, endLine, depth }) => {
    return { name, kind, startLine: startLine + 1, endLine: endLine + 1, depth };
  });
}

/** `line text` of what was read, and what was left out. */
async function read(languageId: string, text: string, answer: unknown): Promise<string[]> {
  const symbols = await symbolsOf(languageId, text);
  const selection = selectionOf(text, { languageId, symbols });
  const written = typeof answer === 'string' ? answer : JSON.stringify(answer);
  const outcome = await readAnswer([ownPiece(selection, written)], {
    task: builtInTasks.docstring,
    selection,
    schema: null,
  });
  if (!('format' in outcome)) return [outcome.code];
  assert.equal(outcome.format, 'insertions');
  const { insertions, leftOut = [] } = outcome;
  return [
    ...insertions.map((each) => `${each.line} ${each.text}`),
    ...leftOut.map(({ path }) => `left out ${path}`),
  ];
}

const SHAPES = [
  'interface Shape {',
  '  area(): number;',
  '}',
  '',
  'class Circle<T> {',
  '  area() { return 1; }',
  '  get size() { return 1; }',
  '  set size(value) {}',
  '}',
  '',
  'class Square {',
  '  side = 1;',
  '}',
  '',
].join('\n');

suite('names in place of lines', () => {
  const cases: readonly (readonly [name: string, result: string])[] = [
    ['Circle::area', '6 Is.'],
    ['Circle<T>.area()', '6 Is.'],
    ['Circle#area', '6 Is.'],
    ['get size', '7 Is.'],
    ['set size', '8 Is.'],
    ['class Square', '11 Is.'],
    ['Square.area', 'answer-invalid'],
    ['Shape.area', '2 Is.'],
    ['Square::corners', 'answer-invalid'],
  ];
  for (const [name, result] of cases) {
    test(name, async () => {
      assert.deepEqual(await read('typescript', SHAPES, [[name, 'Is.']]), [result]);
    });
  }

  test('a receiver of Go is what a method belongs to', async () => {
    const code = 'package p\n\nfunc (s *Shop) Add(a int) {\n}\n\nfunc (b *Bag) Add(a int) {\n}\n';
    const answer = [
      ['(*Shop).Add', 'One.'],
      ['Bag.Add', 'Two.'],
    ];
    assert.deepEqual(await read('go', code, answer), ['3 One.', '6 Two.']);
  });

  test('a name between line and text is no text, wherever the code has it', async () => {
    assert.deepEqual(await read('typescript', SHAPES, [[11, 'side', 'Its side.']]), [
      '11 Its side.',
    ]);
  });
});

suite('entries in entries', () => {
  const both = ['5 A circle.', '6 Its area.'];

  test('a list of classes with lists of their methods', async () => {
    const methods = [{ name: 'area', line: 6, docstring: 'Its area.' }];
    const classes = [{ name: 'Circle', line: 5, docstring: 'A circle.', methods }];
    assert.deepEqual(await read('typescript', SHAPES, classes), both);
    assert.deepEqual(await read('typescript', SHAPES, { classes }), both);
  });

  test('names with their documentation and methods, one or more', async () => {
    const Circle = { docstring: 'A circle.', methods: { area: 'Its area.' } };
    assert.deepEqual(await read('typescript', SHAPES, { Circle }), both);
    const Square = { docstring: 'A square.', methods: { corners: 'Four.' } };
    assert.deepEqual(await read('typescript', SHAPES, { Circle, Square }), [
      ...both,
      '11 A square.',
      'left out /3/0',
    ]);
  });
});

suite('the whole code with comments', () => {
  test('a constant and a group of Go have documentation too', async () => {
    const code = 'package p\n\nconst Max = 1\n\nvar (\n\tcount int\n)\n';
    const answer = code
      .replace('const', '// Max is one.\nconst')
      .replace('\tcount', '\t// count counts.\n\tcount');
    assert.deepEqual(await read('go', code, answer), ['3 Max is one.', '6 count counts.']);
  });

  test('an attribute of PHP is no comment', async () => {
    const code = '<?php\n\n#[Entity]\nclass Item\n{\n}\n';
    const answer = code.replace('#[', '/** An item. */\n#[');
    assert.deepEqual(await read('php', code, answer), ['3 An item.']);
  });

  test('members of a class of which no symbol tells are found by their indentation', async () => {
    const text = [
      'class Cart',
      '{',
      '  total() {',
      '    return 1;',
      '  }',
      '}',
      'class Shop {',
      '',
      '  total() {',
      '    return 2;',
      '  }',
      '}',
      '',
    ].join('\n');
    const selection = selectionOf(text, { languageId: 'javascript', symbols: [] });
    const answer = JSON.stringify({ 'Shop.total': 'Of a shop.', 'Cart#total': 'Of a cart.' });
    const outcome = await readAnswer([ownPiece(selection, answer)], {
      task: builtInTasks.docstring,
      selection,
      schema: null,
    });
    assert.ok('format' in outcome && outcome.format === 'insertions');
    assert.deepEqual(
      outcome.insertions.map(({ line, text: words }) => [line, words]),
      [
        [3, 'Of a cart.'],
        [9, 'Of a shop.'],
      ],
    );
  });
});
