/** Forms in which models write an answer, each as a function of the answer in its right form. */

export interface RightAnswers {
  /** Two comments for the declarations on lines 1 and 5. */
  readonly docstring: string;
  /** The new code. */
  readonly code: string;
  /** A list of objects with `line`, `mark` and `text`. */
  readonly json: string;
  /** Markdown. */
  readonly text: string;
}

export type Column = 'docstring' | 'reformat' | 'refactor' | 'extract' | 'summarize';

export interface AnswerForm {
  readonly name: string;
  /** Columns in which the form makes sense; all when absent. */
  readonly columns?: readonly Column[];
  /** `sent` is the code that was sent. */
  readonly write: (right: string, column: Column, sent: string) => string;
}

export const EDITS: readonly Column[] = ['reformat', 'refactor'];
export const JSON_TASKS: readonly Column[] = ['docstring', 'extract'];
export const NO_TEXT: readonly Column[] = ['docstring', 'reformat', 'refactor', 'extract'];

/** Two comments in another form. */
const pairs = (write: (one: string, two: string) => string) => (): string =>
  write('Adds.', 'Subtracts.');
export const docstring = (
  name: string,
  write: (one: string, two: string) => string,
): AnswerForm => ({
  name,
  columns: ['docstring'],
  write: pairs(write),
});
const todos = (name: string, answer: string): AnswerForm => ({
  name,
  columns: ['extract'],
  write: () => answer,
});
export const mapLines = (text: string, change: (line: string, index: number) => string): string =>
  text.trimEnd().split('\n').map(change).join('\n');

export const ANSWER_FORMS: readonly AnswerForm[] = [
  { name: 'as asked', write: (right) => right },
  { name: 'in a fence', write: (right) => `\`\`\`\n${right.trimEnd()}\n\`\`\`` },
  {
    name: 'in a fence with a language',
    write: (right, column) =>
      `\`\`\`${column === 'summarize' ? 'markdown' : 'python'}\n${right.trimEnd()}\n\`\`\``,
  },
  { name: 'in a fence that is not closed', columns: NO_TEXT, write: (right) => `\`\`\`\n${right}` },
  {
    name: 'a sentence, then a fence',
    columns: NO_TEXT,
    write: (right) => `Sure! Here is the result:\n\n\`\`\`\n${right.trimEnd()}\n\`\`\``,
  },
  {
    name: 'a fence between sentences',
    columns: NO_TEXT,
    write: (right) =>
      `Here is the result:\n\`\`\`\n${right.trimEnd()}\n\`\`\`\nI kept everything else as it was.`,
  },
  {
    name: 'a sentence, then the answer, no fence',
    columns: NO_TEXT,
    write: (right) => `Here is the updated code:\n\n${right}`,
  },
  {
    name: 'the answer, then a sentence, no fence',
    columns: NO_TEXT,
    write: (right) => `${right.trimEnd()}\n\nLet me know if you want more detail.`,
  },
  {
    name: 'thinking in tags',
    write: (right) => `<think>\nTwo functions [1] and [5].\n</think>\n\n${right}`,
  },
  {
    name: 'thinking, only its end tagged',
    write: (right) => `Two functions, let me see.\n</think>\n\n${right}`,
  },
  {
    name: 'thinking in square brackets',
    write: (right) => `[THINK]Two functions.[/THINK]\n${right}`,
  },
  { name: 'an end of turn behind it', write: (right) => `${right.trimEnd()}<|im_end|>` },
  { name: 'the speaker named first', write: (right) => `assistant\n\n${right}` },
  { name: 'a turn marked as the assistant’s', write: (right) => `Assistant: ${right}` },
  {
    name: 'our tags around it',
    write: (right) => `<selection-abcdefgh>\n${right.trimEnd()}\n</selection-abcdefgh>`,
  },
  {
    name: 'tags of its own around it',
    columns: NO_TEXT,
    write: (right) => `<answer>\n${right.trimEnd()}\n</answer>`,
  },
  {
    name: 'code tags and a sentence',
    columns: EDITS,
    write: (right) => `Here you go:\n<code>\n${right.trimEnd()}\n</code>`,
  },
  { name: 'in a JSON object', columns: EDITS, write: (right) => JSON.stringify({ code: right }) },
  { name: 'as a JSON string', columns: EDITS, write: (right) => JSON.stringify(right) },
  {
    name: 'line feeds as \\n',
    columns: EDITS,
    write: (right) => right.trimEnd().replaceAll('\n', '\\n'),
  },
  {
    name: 'in a JSON object in a fence',
    columns: EDITS,
    write: (right) => `\`\`\`json\n${JSON.stringify({ result: right }, null, 2)}\n\`\`\``,
  },
  {
    name: 'as a JSON list of its lines',
    columns: EDITS,
    write: (right) => JSON.stringify({ lines: right.trimEnd().split('\n') }),
  },
  {
    name: 'what was sent, then the new code',
    columns: EDITS,
    write: (right, _, sent) =>
      `Before:\n\`\`\`\n${sent}\`\`\`\n\nAfter:\n\`\`\`\n${right.trimEnd()}\n\`\`\``,
  },
  {
    name: 'a picture and a sentence before it',
    columns: NO_TEXT,
    write: (right) => `✅ Done! Here it is:\n\n${right}`,
  },
  {
    name: 'a rule and a sentence behind it',
    columns: NO_TEXT,
    write: (right) => `${right.trimEnd()}\n\n---\n\nNothing else was changed.`,
  },
  {
    name: 'numbers and dots before the lines',
    columns: EDITS,
    write: (right) => mapLines(right, (line, index) => `${index + 1}. ${line}`),
  },
  {
    name: 'numbers with a letter before the lines',
    columns: EDITS,
    write: (right) => mapLines(right, (line, index) => `L${index + 1}: ${line}`),
  },
  {
    name: 'numbers before the lines',
    columns: EDITS,
    write: (right) => mapLines(right, (line, index) => `${index + 1}| ${line}`),
  },
  {
    name: 'indented once more',
    columns: EDITS,
    write: (right) => mapLines(right, (line) => (line === '' ? '' : `    ${line}`)),
  },
  { name: 'by tabs', columns: EDITS, write: (right) => right.replace(/ {4}/g, '\t') },
  {
    name: 'entities of HTML',
    columns: EDITS,
    write: (right) => right.replaceAll('>', '&gt;').replaceAll('"', '&quot;'),
  },
  {
    name: 'typographic quotes',
    columns: EDITS,
    write: (right) => right.replace(/"([^"\n]*)"/g, '“$1”'),
  },
  {
    name: 'numbers and tabs before the lines',
    columns: EDITS,
    write: (right) => mapLines(right, (line, index) => `${index + 1}\t${line}`),
  },
  {
    name: 'numbers and arrows before the lines',
    columns: EDITS,
    write: (right) => mapLines(right, (line, index) => `${index + 1}→${line}`),
  },
  {
    name: 'full-width signs and dashes',
    columns: EDITS,
    write: (right) =>
      right.replace(/[,:()]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0)),
  },
  {
    name: 'in an indented fence',
    columns: EDITS,
    write: (right) => `   \`\`\`\n${mapLines(right, (line) => `   ${line}`)}\n   \`\`\``,
  },
  {
    name: 'a list of changes behind it',
    columns: EDITS,
    write: (right) => `${right}\n**Changes:**\n- Renamed it\n- nothing else\n`,
  },
  {
    name: 'a sentence in Chinese before it',
    columns: EDITS,
    write: (right) => `以下是重构后的代码：\n\n${right}`,
  },
  {
    name: 'thinking that does not end',
    write: (right) => `<think>\nTwo functions, let me see.\n\n${right}`,
  },
  {
    name: 'part left out, in brackets',
    columns: EDITS,
    write: (right) => `${right.split('\n').slice(0, 2).join('\n')}\n\n# [remaining code]\n`,
  },
  {
    name: 'search and replace in tags',
    columns: EDITS,
    write: () => '<search>\ndef add( a,b ):\n</search>\n<replace>\ndef add(a, b):\n</replace>\n',
  },
  {
    name: 'search and replace in JSON',
    columns: EDITS,
    write: () => '{"old_string":"def add( a,b ):","new_string":"def add(a, b):"}',
  },
  {
    name: 'an order to an editor',
    columns: EDITS,
    write: () => 'Replace lines 1-1 with:\ndef add(a, b):\n',
  },
  {
    name: 'a call of a tool',
    columns: EDITS,
    write: () => '{"name":"edit","arguments":{"code":"def add(a, b):"}}',
  },
  { name: 'words that stand for code', columns: EDITS, write: () => 'YOUR CODE HERE' },
  { name: 'a refusal as a comment', columns: EDITS, write: () => '# I cannot do this.\n' },
  {
    name: 'part left out',
    columns: EDITS,
    write: (right) =>
      `${right.split('\n').slice(0, 2).join('\n')}\n\n# ... rest of the code unchanged ...\n`,
  },
  {
    name: 'a unified diff',
    columns: EDITS,
    write: () => '--- a/x.py\n+++ b/x.py\n@@ -1,2 +1,2 @@\n-def add( a,b ):\n+def add(a, b):\n',
  },
  {
    name: 'a diff of added lines alone',
    columns: EDITS,
    write: (right) => mapLines(right, (line) => `+${line}`),
  },
  {
    name: 'a diff with line numbers',
    columns: EDITS,
    write: () => '1c1\n< def add( a,b ):\n---\n> def add(a, b):\n',
  },
  {
    name: 'search and replace',
    columns: EDITS,
    write: () => '<<<<<<< SEARCH\ndef add( a,b ):\n=======\ndef add(a, b):\n>>>>>>> REPLACE\n',
  },
  { name: 'a refusal', columns: NO_TEXT, write: () => "I'm sorry, but I can't help with that." },
  { name: 'a remark', columns: NO_TEXT, write: () => 'The code is already well formatted.' },
  { name: 'nothing', write: () => ' \n' },
  {
    name: 'a trailing comma',
    columns: JSON_TASKS,
    write: (right) => right.replace(/\]\s*$/, ',]'),
  },
  {
    name: 'comments in JSON',
    columns: JSON_TASKS,
    write: (right) => right.replace('[', '[ // first\n'),
  },
  { name: 'single quotes', columns: JSON_TASKS, write: (right) => right.replaceAll('"', "'") },
  {
    name: 'typographic quotes in JSON',
    columns: JSON_TASKS,
    write: (right) => right.replace(/"([^"]*)"/g, '“$1”'),
  },
  {
    name: 'JSON Lines',
    columns: JSON_TASKS,
    write: (right) =>
      (JSON.parse(right) as unknown[]).map((entry) => JSON.stringify(entry)).join('\n'),
  },
  {
    name: 'a list in an object',
    columns: JSON_TASKS,
    write: (right) => JSON.stringify({ result: JSON.parse(right) as unknown }),
  },
  { name: 'a list in a list', columns: JSON_TASKS, write: (right) => `[${right}]` },
  {
    name: 'a list two objects deep',
    columns: JSON_TASKS,
    write: (right) => `{"data":{"items":${right}}}`,
  },
  { name: 'the same answer twice', columns: JSON_TASKS, write: (right) => `${right}\n${right}` },
  {
    name: 'cut off',
    columns: NO_TEXT,
    write: (right, column) =>
      EDITS.includes(column) ? right.slice(0, right.lastIndexOf('(') + 2) : right.slice(0, -8),
  },
  {
    name: 'cut off behind a fence, between two lines',
    columns: EDITS,
    write: (right) => `\`\`\`\n${right.slice(0, right.indexOf('\n') + 1)}`,
  },
  {
    name: 'dots in the list',
    columns: JSON_TASKS,
    write: (right) => right.replace(/\]\s*$/, ',\n...]'),
  },
  docstring('numbers as text', (one, two) =>
    JSON.stringify([
      ['1', one],
      ['L5', two],
    ]),
  ),
  docstring('objects', (one, two) =>
    JSON.stringify([
      { line: 1, text: one },
      { line: 5, text: two },
    ]),
  ),
  docstring('objects with other names', (one, two) =>
    JSON.stringify([
      { lineno: 1, docstring: one },
      { lineno: 5, docstring: two },
    ]),
  ),
  docstring('names in place of lines', (one, two) =>
    JSON.stringify([
      { function: 'add', comment: one },
      { function: 'sub', comment: two },
    ]),
  ),
  docstring('lines as keys', (one, two) => JSON.stringify({ '1': one, '5': two })),
  docstring('names as keys', (one, two) => JSON.stringify({ add: one, sub: two })),
  docstring('triples with the name', (one, two) =>
    JSON.stringify([
      [1, 'add', one],
      [5, 'sub', two],
    ]),
  ),
  docstring('text before the line', (one, two) =>
    JSON.stringify([
      [one, 1],
      [two, 5],
    ]),
  ),
  docstring('texts in lines', (one, two) =>
    JSON.stringify([
      [1, [one]],
      [5, [two]],
    ]),
  ),
  docstring('the same twice', (one, two) =>
    JSON.stringify([
      [1, one],
      [1, one],
      [5, two],
    ]),
  ),
  docstring('lines counted from zero', (one, two) =>
    JSON.stringify([
      [0, one],
      [4, two],
    ]),
  ),
  docstring('tuples of Python', (one, two) => `[(1, "${one}"), (5, "${two}")]`),
  docstring('triples with the kind', (one, two) =>
    JSON.stringify([
      [1, 'function', one],
      [5, 'function', two],
    ]),
  ),
  docstring('null for one that needs none', (one, two) =>
    JSON.stringify([
      [1, one],
      [2, null],
      [5, two],
    ]),
  ),
  docstring('one bad entry', (one, two) =>
    JSON.stringify([
      [1, one],
      [99, 'No.'],
      [5, two],
    ]),
  ),
  docstring('two texts for one line', (one, two) =>
    JSON.stringify([
      [1, one],
      [5, two],
      [6, 'This.'],
      [6, 'That.'],
    ]),
  ),
  docstring('a JSON list in a JSON text', (one, two) =>
    JSON.stringify(
      JSON.stringify([
        [1, one],
        [5, two],
      ]),
    ),
  ),
  docstring('numbers and text on lines', (one, two) => `1: ${one}\n5: ${two}`),
  docstring(
    'the whole code with comments',
    (one, two) =>
      `def add( a,b ):\n    """${one}"""\n    return a+b > 0 and "y"\n\ndef sub( a,b ):\n    """${two}"""\n    return a-b\n`,
  ),
  docstring(
    'the whole code with comments, in a fence',
    (one, two) =>
      `Here it is:\n\`\`\`python\ndef add(a, b):\n    """${one}"""\n    return a+b > 0 and "y"\n\n\ndef sub(a, b):\n    """\n    ${two}\n    """\n    return a-b\n\`\`\``,
  ),
  docstring(
    'signatures with comments',
    (one, two) => `def add( a,b ):\n    """${one}"""\n\ndef sub( a,b ):\n    """${two}"""\n`,
  ),
  todos(
    'numbers as text in objects',
    '[{"line":"1","mark":"TODO","text":"a"},{"line":"3","mark":"FIXME","text":"b"}]',
  ),
  todos(
    'names in other writing',
    '[{"Line":1,"Mark":"TODO","Text":"a"},{"line_number":3,"mark":"FIXME","text":"b"}]',
  ),
  todos(
    'fields that were not asked for',
    '[{"line":1,"mark":"TODO","text":"a","file":"x"},{"line":3,"mark":"FIXME","text":"b"}]',
  ),
  todos(
    'one bad object',
    '[{"line":1,"mark":"TODO","text":"a"},{"line":3,"mark":"FIXME","text":"b"},{"mark":"TODO"}]',
  ),
  todos('one object without a list', '{"line":1,"mark":"TODO","text":"a"}'),
  todos('words for an empty list', 'No TODOs found.'),
];
