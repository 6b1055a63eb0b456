import * as vscode from 'vscode';
import { shown } from '../../common/shown';
import { DeclinedError } from '../../accounting/budget/budgetError';
import { countTokens } from '../../text/tokens';
import type { Outcome, RunResult } from '../../delegation/run/run';
import { findBadSetting, readRunSettings } from '../../editor/settings/runSettings';
import type { JobSource } from '../../editor/selection/jobSource';
import type { SelectionSource } from '../../editor/selection/selectionSource';
import { readSetting } from '../../editor/settings/settings';
import { closingWords } from '../../editor/output/closingWords';
import { draftStateWords } from '../../editor/drafts/draftHeader';
import { describeError } from '../../editor/messages/errorMessages';
import type { SyntaxService } from '../../syntax/syntax';
import { taskTitle } from '../../editor/messages/taskTitles';
import { type AgentInput, type AgentProblem, readAgentInput } from './agentInput';
import { type AgentSource, takeAgentSource } from './agentTarget';
import { type DraftRunOptions, runDraftJob } from '../../editor/drafts/draftRun';
import { writeEdit } from '../../drafts/judgeEdit';
import { loosePlace } from '../../editor/drafts/editPlace';
import type { FinishedJob } from '../../editor/run/jobHooks';
import { type Job, builtInJob, isEdit } from '../../editor/run/job';

/** A call that can be run. */
interface AgentCall {
  readonly input: AgentInput;
  readonly job: Job;
  readonly target: AgentSource;
}

/** Longest piece of an instruction that the question before a call repeats. */
const SHOWN_INSTRUCTION = 200;

const NOT_STARTED =
  'Nothing was sent: Delegate has no usable OpenRouter key or address. Ask the user to run "Delegate: Sign in to OpenRouter", "Delegate: Set API key…" or "Delegate: Try the offline demo", then call this tool again.';

/**
 * The tool by which an agent in chat hands routine work to the worker, as any run of the user's own:
 * budgets, masking, ignore files, ledger and panel are those of `JobRunner`.
 *
 * What goes wrong, a cancellation as well, is the result's text and no exception: the editor writes
 * the arguments of a call that throws to its log, and those are content.
 */
export function createAgentTool(options: DraftRunOptions): vscode.LanguageModelTool<unknown> {
  return {
    prepareInvocation: async ({ input }) => {
      const call = await readCall(input, options.syntax);
      // What cannot be run needs no leave; the call itself says why.
      return 'problem' in call ? null : preparation(call);
    },
    invoke: async ({ input }, cancellation) => {
      const call = await readCall(input, options.syntax);
      if ('problem' in call) return answer(call.problem);
      const { job, target } = call;
      return target.kind === 'file' && isEdit(job)
        ? draftIt(job, target.source, { ...options, cancellation })
        : answerIt(job, target, { ...options, cancellation });
    },
  };
}

type CallOptions = DraftRunOptions & { readonly cancellation: vscode.CancellationToken };

async function readCall(value: unknown, syntax: SyntaxService): Promise<AgentCall | AgentProblem> {
  if (!readSetting('agentTool.enabled')) {
    return {
      problem:
        'The user has turned this tool off (delegate.agentTool.enabled). Do the work without it.',
    };
  }
  const input = readAgentInput(value);
  if ('problem' in input) return input;
  const target = await takeAgentSource(input, syntax);
  if ('problem' in target) return target;
  const job = builtInJob(input.taskId, input.instruction, input.schema);
  const refusal = findBadSetting(job.task.id, target.source.files[0]);
  return refusal
    ? { problem: `Nothing was sent. ${describeError(refusal, vscode.l10n).message}` }
    : { input, job, target };
}

/** The question before a call: task, models, and what is sent. */
function preparation({ input, job, target }: AgentCall): vscode.PreparedToolInvocation {
  const { l10n } = vscode;
  const { source } = target;
  const title = taskTitle(job.task, l10n);
  const { settings } = readRunSettings(job.task.id, source.files[0]);
  const schema = input.schema === null ? '' : JSON.stringify(input.schema);
  const sent = [source.selection.text, input.instruction ?? '', schema];
  const tokens = Math.ceil(sent.reduce((sum, text) => sum + countTokens(text), 0));
  const lines = [
    l10n.t('Task: {0}', title),
    l10n.t(
      'Sent to OpenRouter: {0} (~{1} tokens)',
      source.location,
      tokens.toLocaleString('en-US'),
    ),
    l10n.t('Language: {0}', source.selection.languageId),
    ...(input.instruction === null
      ? []
      : [l10n.t('Instruction: {0}', shortened(input.instruction))]),
    ...(schema === '' ? [] : [l10n.t('Schema: {0}', shortened(schema))]),
    l10n.t('Orchestrator: {0}', settings.orchestratorModel),
    l10n.t('Worker: {0}', settings.workerModel),
    target.kind === 'file' && isEdit(job)
      ? l10n.t('The result is a draft; the file stays as it is until you apply it.')
      : l10n.t('The result goes to the agent.'),
  ];
  // The agent's words are shown as they are: they must not become links or images.
  const message = new vscode.MarkdownString();
  lines.forEach((line, index) => {
    if (index > 0) message.appendMarkdown('\n\n');
    message.appendText(shown(line, { maxLength: 2 * SHOWN_INSTRUCTION }));
  });
  return {
    invocationMessage: shown(l10n.t('Delegating: {0}', title)),
    confirmationMessages: { title: shown(l10n.t('Delegate: {0}', title)), message },
  };
}

function shortened(text: string): string {
  const words = text.replace(/\s+/g, ' ');
  return words.length > SHOWN_INSTRUCTION ? `${words.slice(0, SHOWN_INSTRUCTION)}…` : words;
}

/** An edit of a file becomes a draft, which is the user's to apply. */
async function draftIt(
  job: Job,
  source: SelectionSource,
  options: CallOptions,
): Promise<vscode.LanguageModelToolResult> {
  const finished = await runDraftJob(job, source, options);
  if (!finished) return answer(NOT_STARTED);
  if (!finished.result.outcome) return answer(failureText(finished), billOf(finished));
  const draft = options.desk.find(finished.id);
  const words = draft ? draftStateWords(draft, vscode.l10n) : '';
  return answer(
    draft
      ? `A draft for ${source.location} is open in the diff editor${words === '' ? '' : ` (${words})`}. The file is unchanged: the user applies or discards the draft. Do not make the same edit yourself.`
      : 'There is nothing to change: the result is the text as it is. The file is unchanged.',
    billOf(finished),
  );
}

/** Everything else is handed to the agent. */
async function answerIt(
  job: Job,
  target: AgentSource,
  options: CallOptions,
): Promise<vscode.LanguageModelToolResult> {
  const { source } = target;
  const finished = await options.runner.run(job, source, { cancellation: options.cancellation });
  if (!finished) return answer(NOT_STARTED);
  const { result, maskedResult } = finished;
  // The agent's model has not seen a file's secrets; those of a text it has sent itself.
  const outcome = target.kind === 'file' ? maskedResult.outcome : result.outcome;
  if (!outcome) return answer(failureText(finished), billOf(finished));
  return answer(await outcomeText(outcome, source, options), billOf(finished));
}

async function outcomeText(
  outcome: Outcome,
  { selection: { text, languageId } }: JobSource,
  { syntax }: DraftRunOptions,
): Promise<string> {
  switch (outcome.format) {
    case 'text':
    case 'file':
      return outcome.text;
    case 'json':
      return JSON.stringify(outcome.value, null, 2);
    case 'replacement':
    case 'insertions':
      return (await writeEdit(outcome, await loosePlace(text, languageId, syntax))).text;
  }
}

function failureText({ result }: FinishedJob): string {
  const { error, status } = result;
  if (status === 'cancelled') return 'The run was cancelled. Do not try again unless asked to.';
  if (error instanceof DeclinedError) {
    return 'Not sent: the user declined to go over a budget. Do not try again.';
  }
  const words = error ? describeError(error, vscode.l10n).message : '';
  return `${words} ${adviceFor(status)}`.trim();
}

function adviceFor(status: RunResult['status']): string {
  return status === 'refused'
    ? 'Nothing was sent. Unless the text can be made smaller, tell the user and do the work without this tool.'
    : 'Try at most once more, then tell the user and do the work without this tool.';
}

/** The closing line of the panel, for what was sent. */
function billOf(finished: FinishedJob): string {
  return `Delegate: ${closingWords(finished, vscode.l10n)}`;
}

function answer(...parts: readonly string[]): vscode.LanguageModelToolResult {
  return new vscode.LanguageModelToolResult(
    parts.map((part, index) => new vscode.LanguageModelTextPart(index > 0 ? `\n\n${part}` : part)),
  );
}
