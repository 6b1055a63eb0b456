import { type AnswerForm, EDITS, JSON_TASKS, NO_TEXT, docstring, mapLines } from './answerForms';

/** The entries of a JSON list as rows of texts, below their names. */
function rowsOf(json: string): readonly (readonly string[])[] {
  const entries = (JSON.parse(json) as (readonly unknown[] | object)[]).map((entry) =>
    Array.isArray(entry) ? { line: entry[0] as unknown, text: entry[1] as unknown } : entry,
  );
  return [
    Object.keys(entries[0] ?? {}),
    ...entries.map((entry) => Object.values(entry).map(String)),
  ];
}

/** A table of Markdown, with bars at both ends of its lines or without. */
function markdownTable(json: string, edge: '|' | ''): string {
  const [names = [], ...rows] = rowsOf(json);
  return [names, names.map(() => '---'), ...rows]
    .map((row) => `${edge} ${row.join(' | ')} ${edge}`.trim())
    .join('\n');
}

/** Forms that cheap models write now and then. */
export const FURTHER_ANSWER_FORMS: readonly AnswerForm[] = [
  {
    name: 'a table in a fence',
    columns: JSON_TASKS,
    write: (right) => `\`\`\`markdown\n${markdownTable(right, '|')}\n\`\`\``,
  },
  {
    name: 'a table that may go on',
    columns: ['extract'],
    write: (right) => markdownTable(right, '|'),
  },
  {
    name: 'a table between sentences',
    columns: JSON_TASKS,
    write: (right) => `Here you go:\n\n${markdownTable(right, '')}\n\nThat is all.`,
  },
  {
    name: 'a table whose last row breaks off',
    columns: JSON_TASKS,
    write: (right) => markdownTable(right, '|').slice(0, -4),
  },
  {
    name: 'a table that goes on with dots',
    columns: JSON_TASKS,
    write: (right) =>
      `${markdownTable(right, '|')}\n| ... |${' ... |'.repeat(rowsOf(right)[0]!.length - 1)}`,
  },
  {
    name: 'values between commas',
    columns: JSON_TASKS,
    write: (right) =>
      `\`\`\`csv\n${rowsOf(right)
        .map((row) => row.map((cell) => `"${cell}"`).join(','))
        .join('\n')}\n\`\`\``,
  },
  {
    name: 'values between tabs',
    columns: ['docstring'],
    write: (right) =>
      rowsOf(right)
        .map((row) => row.join('\t'))
        .join('\n'),
  },
  {
    name: 'quoted line by line',
    columns: NO_TEXT,
    write: (right) =>
      mapLines(`\`\`\`\n${right.trimEnd()}\n\`\`\``, (line) => `> ${line}`.trimEnd()),
  },
  {
    name: 'the head of a turn in Llama’s template',
    write: (right) => `<|start_header_id|>assistant<|end_header_id|>\n\n${right}<|eot_id|>`,
  },
  {
    name: 'thinking under a tag of the model’s family',
    write: (right) => `<seed:think>\nI change it.\n</seed:think>\n${right}`,
  },
  {
    name: 'channels without the signs of their template',
    write: (right) => `analysisWe need to change it.assistantfinal${right}`,
  },
  {
    name: 'words in Chinese around it',
    columns: EDITS,
    write: (right) => `修改后的代码如下：\n\n${right}\n我已经按要求修改了代码。\n`,
  },
  {
    name: 'lines that say where it begins and ends',
    columns: EDITS,
    write: (right) => `=== BEGIN CODE ===\n${right}--- END OF CODE ---\n`,
  },
  { name: 'between single backticks', columns: EDITS, write: (right) => `\`${right}\`` },
  {
    name: 'a fence in bold',
    columns: EDITS,
    write: (right) => `**\`\`\`python\n${right}\`\`\`**`,
  },
  ...[
    '抱歉，我无法完成这个请求。',
    '申し訳ありませんが、対応できません。',
    'Mi dispiace, non posso aiutarti.',
    "I'm sorry, but I can't assist with that request.",
    'Lo siento, no puedo ayudar con eso.',
  ].map((words) => ({ name: `a refusal: ${words}`, write: (): string => words })),
  { name: 'in CDATA', columns: NO_TEXT, write: (right) => `<![CDATA[\n${right.trimEnd()}\n]]>` },
  {
    name: 'the same in two fences',
    columns: NO_TEXT,
    write: (right) => `\`\`\`\n${right}\n\`\`\`\n\nAgain:\n\n\`\`\`\n${right}\n\`\`\``,
  },
  { name: 'the same code twice', columns: EDITS, write: (right) => `${right}\n${right}` },
  {
    name: 'numbers and bars with blanks',
    columns: EDITS,
    write: (right) => mapLines(right, (line, index) => `${index + 1} | ${line}`),
  },
  {
    name: 'numbers in brackets',
    columns: EDITS,
    write: (right) => mapLines(right, (line, index) => `[${index + 1}] ${line}`),
  },
  {
    name: 'numbers and a blank',
    columns: EDITS,
    write: (right) => mapLines(right, (line, index) => `${index + 1} ${line}`.trimEnd()),
  },
  {
    name: 'the end of a fence behind the last line',
    columns: EDITS,
    write: (right) => `\`\`\`python\n${right.trimEnd()}\`\`\``,
  },
  {
    name: 'a sentence right below it',
    columns: EDITS,
    write: (right) => `${right.trimEnd()}\nI left the rest as it was.\n`,
  },
  {
    name: 'an explanation in a list behind it',
    columns: EDITS,
    write: (right) => `${right}\nKey changes:\n- Added spaces\n- nothing else\n`,
  },
  {
    name: 'code on the first line of its fence',
    columns: EDITS,
    write: (right) => `\`\`\`${right.trimEnd()}\n\`\`\``,
  },
  ...[
    '# Der Rest bleibt unverändert',
    '# 其余代码保持不变',
    '# other functions',
    '# sub: no changes',
    '(rest of the code is unchanged)',
    '# 保持不变',
    '# 既存のコード',
    '# 나머지 코드는 동일',
    '# остальной код без изменений',
    '# il resto del codice rimane invariato',
    '# o restante do código permanece igual',
    '# ⋮',
    '# . . .',
    '# ---- snip ----',
    '# see above',
    '# Same as original',
    'pass  # unchanged',
    '# subtract',
  ].map((remark) => ({
    name: `part left out: ${remark}`,
    columns: EDITS,
    write: (right: string) => `${right.split('\n').slice(0, 2).join('\n')}\n\n${remark}\n`,
  })),
  {
    name: 'cut off between two lines',
    columns: ['reformat'],
    write: (right) => right.split('\n').slice(0, 2).join('\n'),
  },
  {
    name: 'a diff without its head',
    columns: EDITS,
    write: (right) => mapLines(right, (line, index) => `${index === 0 ? '+' : ' '}${line}`),
  },
  { name: 'a refusal in quotes', columns: EDITS, write: () => '"""I cannot do that."""' },
  {
    name: 'a report',
    columns: EDITS,
    write: () => '{"success":true,"message":"It was formatted."}',
  },
  { name: 'one word', columns: EDITS, write: () => 'Formatted.' },
  {
    name: 'a statement',
    columns: JSON_TASKS,
    write: (right) => `x = ${right.replaceAll('"', '`')};`,
  },
  { name: 'a call', columns: JSON_TASKS, write: (right) => `send(${right.replaceAll('"', "'")});` },
  {
    name: 'a text in an envelope',
    columns: JSON_TASKS,
    write: (right) => JSON.stringify({ output: right, status: 'ok' }),
  },
  {
    name: 'a call of a tool with a text',
    columns: JSON_TASKS,
    write: (right) =>
      `<tool_call>\n${JSON.stringify({ name: 'add', arguments: `{"items":${right}}` })}\n</tool_call>`,
  },
  ...[
    '... and 3 more',
    '(truncated)',
    'The others were omitted for brevity.',
    '/* remaining items omitted */',
  ].map((remark) => ({
    name: `not all: ${remark}`,
    columns: JSON_TASKS,
    write: (right: string) => `${right}\n${remark}`,
  })),
  {
    name: 'an item of a list that is cut off',
    columns: JSON_TASKS,
    write: (right) =>
      (JSON.parse(right) as unknown[])
        .map((entry) => `- ${JSON.stringify(entry)}`)
        .join('\n')
        .slice(0, -5),
  },
  docstring('names of another language', (one, two) =>
    JSON.stringify([
      { zeile: 1, kommentar: one },
      { 行号: 5, 注释: two },
    ]),
  ),
  docstring('texts in quotes on lines', (one, two) => `L1: "${one}"\nL5: "${two}"`),
  docstring(
    'a numbered list with names',
    (one, two) => `1. **Line 1** (\`add\`): ${one}\n2. **Line 5** (\`sub\`): ${two}`,
  ),
  docstring('the head of the code in an entry', (one, two) =>
    JSON.stringify([
      [1, `def add( a,b ):\n    """${one}"""`],
      [5, `\`\`\`\n${two}\n\`\`\``],
    ]),
  ),
  docstring(
    'a fence for each function',
    (one, two) =>
      `\`\`\`python\ndef add( a,b ):\n    """${one}"""\n\`\`\`\n\n\`\`\`python\ndef sub( a,b ):\n    """${two}"""\n\`\`\``,
  ),
  docstring('the code with comments in JSON', (one, two) =>
    JSON.stringify({
      code: `def add( a,b ):\n    """${one}"""\n    return a+b > 0 and "y"\n\ndef sub( a,b ):\n    """${two}"""\n    return a-b\n`,
    }),
  ),
  docstring(
    'the code with comments behind numbers and bars',
    (one, two) =>
      `1 | def add( a,b ):\n2 |     """${one}"""\n3 |     return a+b > 0 and "y"\n4 | def sub( a,b ):\n5 |     """${two}"""\n`,
  ),
  docstring(
    'a section for each name',
    (one, two) => `### \`add\`\n\n${one}\n\n### \`sub\`\n\n${two}\n`,
  ),
  docstring(
    'a diff of the code with comments',
    (one, two) =>
      `\`\`\`diff\n@@ -1,6 +1,8 @@\n def add( a,b ):\n+    """${one}"""\n     return a+b > 0 and "y"\n \n \n def sub( a,b ):\n+    """${two}"""\n     return a-b\n\`\`\``,
  ),
  docstring(
    'a table',
    (one, two) =>
      `| Line | Name | Docstring |\n|---|:--|---|\n| 1 | \`add\` | ${one} |\n| 5 | \`sub\` | ${two} |\n`,
  ),
  docstring(
    'a list of YAML in a fence',
    (one, two) =>
      `\`\`\`yaml\n- line: 1\n  docstring: "${one}"\n- line: 5\n  docstring: ${two}\n\`\`\``,
  ),
  docstring(
    'not all: a list of YAML that is cut off',
    (one) => `- line: 1\n  text: ${one}\n- line: 5\n  text: Subtr`,
  ),
  docstring(
    'not all: a table that is cut off',
    (one) => `| Line | Docstring |\n|---|---|\n| 1 | ${one} |\n| 5 | Subtr`,
  ),
  docstring('search and replace with comments', (one, two) =>
    [
      ['def add( a,b ):', one],
      ['def sub( a,b ):', two],
    ]
      .map(
        ([head = '', text = '']) =>
          `<<<<<<< SEARCH\n${head}\n=======\n${head}\n    """${text}"""\n>>>>>>> REPLACE\n`,
      )
      .join('\n'),
  ),
  docstring(
    'the code with comments behind numbers and colons',
    (one, two) =>
      `1: def add( a,b ):\n2:     """${one}"""\n3:     return a+b > 0 and "y"\n4:\n5: def sub( a,b ):\n6:     """${two}"""\n7:     return a-b\n`,
  ),
  docstring(
    'the code with types and comments',
    (one, two) =>
      `def add( a: int,b: int ) -> int:\n    """${one}"""\n    return a+b > 0 and "y"\n\n\ndef sub( a: int,b: int ) -> int:\n    """${two}"""\n    return a-b\n`,
  ),
  docstring(
    'the code with line comments below its heads',
    (one, two) =>
      `def add( a,b ):\n    # ${one}\n    return a+b > 0 and "y"\n\n\ndef sub( a,b ):\n    # ${two}\n    return a-b\n`,
  ),
  docstring('not all: a list with dots', (one) => JSON.stringify([[1, one], '...'])),
  docstring('something that stands for a text', (one, two) =>
    JSON.stringify([
      [1, one],
      [2, '<docstring>'],
      [5, two],
      [6, "I'm sorry, but I can't help with that."],
    ]),
  ),
  docstring(
    'the code, cut off in a comment',
    (one, two) => `def add( a,b ):\n    """${one}"""\n\ndef sub( a,b ):\n    """${two}`,
  ),
];
