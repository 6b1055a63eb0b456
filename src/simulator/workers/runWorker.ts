import { createSyntaxService } from '../../syntax/syntaxService';
import type { SyntaxService } from '../../syntax/syntax';
import { readCode } from './code';
import { writeCommitMessage } from './commitMessage';
import { documentCode } from './docstring';
import { writeDocumentation } from './documentedCode';
import { extractJson, extractMarkdown } from './extract';
import { loadGrammarFile } from '../../syntax/grammarFiles';
import { draftTests } from './draftTests';
import { translateComments } from './translateComments';
import { answerInWords } from './instruct';
import { BRIEF, preferAnswer, readResults } from './reading';
import { refactorCode } from './refactor';
import { reformatCode } from './reformat';
import { summarizeCode } from './summarize';
import { summarizeMarkdown } from './summarizeMarkdown';
import type { WorkerJob } from './workerJob';

export type { WorkerJob } from './workerJob';

let sharedSyntax: SyntaxService | null = null;

/**
 * Does a job on the code that it is handed, the same way every time.
 *
 * @returns the answer in the format that the job names.
 * @throws CannotDoError when the job is understood but impossible on this selection.
 */
export async function runWorker(job: WorkerJob): Promise<string> {
  sharedSyntax ??= createSyntaxService({ loadWasm: loadGrammarFile });
  return runWorkerWith(sharedSyntax, job);
}

/** As `runWorker`, with the grammars of the caller. */
export async function runWorkerWith(syntax: SyntaxService, job: WorkerJob): Promise<string> {
  if (job.job === 'batch-audit') return readResults(job);
  if (job.job === 'batch-brief') return BRIEF;
  if (job.job === 'compare-preference') return preferAnswer(job);
  if (job.job === 'commitMessage') return writeCommitMessage(job);
  const code = await readCode(job, syntax);
  switch (job.answer) {
    case 'insertions':
      return documentCode(code, job);
    case 'json':
      return extractJson(code, job);
    case 'file':
      return draftTests(code, job);
    case 'replacement':
      if (job.job === 'translateComments') return translateComments(code, job);
      if (job.job === 'docstring') return writeDocumentation(code, job);
      // A recipe may ask for a reformatting in its own words.
      return job.job === 'reformat' || /\b(?:re)?format\b/i.test(job.instruction ?? '')
        ? reformatCode(syntax, job)
        : refactorCode(code, job);
    default:
      if (job.job === 'extract') return extractMarkdown(code, job);
      if (job.job !== 'summarize') return answerInWords(code, job);
      return job.languageId === 'markdown' ? summarizeMarkdown(code.text) : summarizeCode(code);
  }
}
