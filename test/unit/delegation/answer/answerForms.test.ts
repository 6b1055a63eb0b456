import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { outcomePiece, readAnswer } from '../../../../src/delegation/answer/readAnswer';
import { OutcomeError } from '../../../../src/delegation/answer/outcomeError';
import type { Outcome } from '../../../../src/delegation/run/run';
import { builtInTasks } from '../../../../src/tasks/catalog';
import { presetExtraction } from '../../../../src/tasks/extract';
import { extractPresets } from '../../../../src/tasks/extractPresets';
import { projectRoot } from '../../../support/projectFiles';
import { type RequestChange, prepare, requestWith } from '../kit';
import { ANSWER_FORMS, type AnswerForm, type Column } from './answerForms';
import { FURTHER_ANSWER_FORMS } from './furtherAnswerForms';

const CODE = 'def add( a,b ):\n    return a+b > 0 and "y"\n\n\ndef sub( a,b ):\n    return a-b\n';
const NEW_CODE =
  'def add(a, b):\n    return a + b > 0 and "y"\n\n\ndef sub(a, b):\n    return a - b\n';
const RENAMED = CODE.replaceAll('sub', 'minus');
const TODOS = '[{"line":1,"mark":"TODO","text":"a"},{"line":3,"mark":"FIXME","text":"b"}]';
const SUMMARY = '## What it does\n\nAdds and subtracts.\n';
const [preset] = extractPresets;
const FORMS = [...ANSWER_FORMS, ...FURTHER_ANSWER_FORMS];

const COLUMNS: Readonly<Record<Column, { readonly job: RequestChange; readonly right: string }>> = {
  docstring: { job: { task: builtInTasks.docstring }, right: '[[1,"Adds."],[5,"Subtracts."]]' },
  reformat: { job: { task: builtInTasks.reformat }, right: NEW_CODE },
  refactor: { job: { task: builtInTasks.refactor, instruction: 'rename' }, right: RENAMED },
  extract: { job: preset ? presetExtraction(preset) : {}, right: TODOS },
  summarize: { job: { task: builtInTasks.summarize }, right: SUMMARY },
};
const columns = Object.keys(COLUMNS) as Column[];

async function readForm(form: AnswerForm, column: Column): Promise<Outcome | OutcomeError | null> {
  if (form.columns && !form.columns.includes(column)) return null;
  const { job, right } = COLUMNS[column];
  const request = requestWith({ ...job, text: CODE, selection: { languageId: 'python' } });
  const [task] = prepare(request).tasks;
  assert.ok(task);
  return readAnswer([outcomePiece(task, form.write(right, column, CODE))], {
    task: request.task,
    selection: request.selection,
    schema: request.schema ?? null,
  });
}

/** What became of a form, in the words of the table. */
function words(result: Outcome | OutcomeError | null): string {
  if (!result) return '';
  if (result instanceof OutcomeError) return `refused: ${result.code.replace(/^answer-/, '')}`;
  const leftOut = result.leftOut ? [`${result.leftOut.length} left out`] : [];
  return ['read', ...[...(result.mended ?? []), ...leftOut].join(', ').split('\n')]
    .filter((part) => part !== '')
    .join(': ');
}

/** What the result must be wherever a form is read. */
function assertRight(result: Outcome, column: Column, form: AnswerForm): void {
  const told = `${form.name}, ${column}`;
  switch (result.format) {
    case 'insertions':
      assert.deepEqual(
        result.insertions.map(({ line, text }) => [line, text]),
        [
          [1, 'Adds.'],
          [5, 'Subtracts.'],
        ],
        told,
      );
      break;
    case 'replacement':
    case 'file':
      assert.equal(result.text, COLUMNS[column].right, told);
      break;
    case 'json': {
      const wanted = JSON.parse(TODOS) as unknown[];
      const count = (result.value as unknown[]).length;
      assert.deepEqual(result.value, wanted.slice(0, count), told);
      break;
    }
    case 'text':
      assert.equal(result.text.trim(), SUMMARY.trim(), told);
      break;
  }
}

/** Forms that nobody could read without guessing. */
const REFUSED: readonly RegExp[] = [
  /^(?:part left out(?:, in brackets)?|thinking that does not end|search and replace in (?:tags|JSON)|an order to an editor|a call of a tool|words that stand for code|a refusal as a comment)$/,
  /^(?:a unified diff|a diff (?:of added lines alone|with line numbers)|search and replace|a refusal|a remark|nothing|a table (?:whose last row breaks off|that goes on with dots|that may go on)|cut off(?: behind a fence, between two lines)?|dots in the list)$/,
  /^(?:part left out: .*|not all: .*|code on the first line of its fence|cut off between two lines|a diff without its head|a refusal: .*|a refusal in quotes|a report|one word|an item of a list that is cut off|the code, cut off in a comment)$/,
];

suite('answer forms', () => {
  for (const form of FORMS) {
    test(form.name, async () => {
      for (const column of columns) {
        const result = await readForm(form, column);
        if (!result) continue;
        const isRefused = REFUSED.some((pattern) => pattern.test(form.name));
        const code = result instanceof OutcomeError ? result.code : 'read';
        assert.equal(code !== 'read', isRefused, `${column}: ${code}`);
        if (!(result instanceof OutcomeError)) assertRight(result, column, form);
      }
    });
  }

  test('stand in docs/answer-forms.md with what becomes of them', async () => {
    const rows: string[] = [];
    for (const form of FORMS) {
      const cells = await Promise.all(
        columns.map(async (each) => words(await readForm(form, each))),
      );
      rows.push(`| ${[form.name, ...cells].join(' | ')} |`);
    }
    const file = path.join(projectRoot, 'docs', 'answer-forms.md');
    const table = [
      '# What becomes of an answer, by its form and task',
      '',
      'Made by `test/unit/delegation/answer/answerForms.test.ts`, which fails when it is not true.',
      '`DELEGATE_UPDATE_DOCS=1` writes it again. After `read` stands what was mended and shown to the user;',
      'refused answers are shown as they came, and the file stays as it is.',
      '',
      `| form | ${columns.join(' | ')} |`,
      `| --- | ${columns.map(() => '---').join(' | ')} |`,
      ...rows,
      '',
    ].join('\n');
    if (process.env['DELEGATE_UPDATE_DOCS']) writeFileSync(file, table);
    assert.equal(readFileSync(file, 'utf8'), table);
  });
});
