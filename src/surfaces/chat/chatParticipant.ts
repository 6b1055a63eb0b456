import * as vscode from 'vscode';
import { DeclinedError } from '../../accounting/budget/budgetError';
import type { Draft } from '../../drafts/draft';
import type { OfferedHelp } from '../../editor/messages/offeredHelp';
import type { DraftDesk } from '../../drafts/draftDesk';
import { draftUri } from '../../editor/drafts/draftUris';
import { combineSources } from '../../editor/selection/jobSource';
import type { SelectionSource } from '../../editor/selection/selectionSource';
import { readSetting } from '../../editor/settings/settings';
import { RUN_AGAIN_COMMAND } from '../../manifest';
import { closingWords } from '../../editor/output/closingWords';
import { ChatView, plain } from './chatView';
import { draftStateWords } from '../../editor/drafts/draftHeader';
import { readChatJob } from './chatJob';
import { takeChatSources } from './chatSources';
import { draftEach } from '../../editor/drafts/draftEach';
import type { DraftRunOptions, FinishedDraft } from '../../editor/drafts/draftRun';
import { type Rerun, errorHelp } from '../../editor/messages/errorActions';
import type { FinishedJob } from '../../editor/run/jobHooks';
import { setWorkerFirst, workerFirstTitle } from '../../editor/run/workerFirstSetting';
import type { RunView } from '../../editor/output/runView';
import { type Job, isEdit } from '../../editor/run/job';
import type { AnswerDocuments } from '../../editor/answers/answerDocuments';
import { runTextJob } from '../../editor/answers/textJob';

export interface ChatParticipantOptions extends DraftRunOptions {
  readonly documents: AnswerDocuments;
  readonly reruns: ChatReruns;
}

/** One answer in chat, and the help that a refusal or an error asks for. */
interface Answer {
  readonly view: ChatView;
  readonly cancellation: vscode.CancellationToken;
  readonly options: ChatParticipantOptions;
  problem: OfferedHelp | null;
  /** A button for what was offered; once a window. */
  offered: vscode.Command | null;
}

/**
 * The participant `@delegate`: any task on what the user refers to or has selected, as a run like
 * every other. No language model of the editor's is asked.
 */
export function createChatHandler(options: ChatParticipantOptions): vscode.ChatRequestHandler {
  // The parameters are the editor's.
  // eslint-disable-next-line max-params
  return async (request, _context, stream, cancellation) => {
    const say = (text: string): void =>
      new ChatView({ stream, cancellation, showsAnswer: false }).say(text);
    if (!readSetting('chatParticipant.enabled')) {
      say(vscode.l10n.t('This is turned off by the setting delegate.chatParticipant.enabled.'));
      return {};
    }
    const asked = await readChatJob(request);
    if ('advice' in asked) {
      say(asked.advice);
      return {};
    }
    const taken = await takeChatSources(request.references, options.syntax);
    if ('advice' in taken) {
      say(taken.advice);
      return {};
    }
    const showsAnswer = !isEdit(asked.job);
    const view = new ChatView({ stream, cancellation, showsAnswer });
    for (const { uri, range } of taken.sources) view.reference(uri, range);
    const answer: Answer = { view, cancellation, options, problem: null, offered: null };
    if (showsAnswer) await answerIt(asked.job, taken.sources, answer);
    else await draftIt(asked.job, taken.sources, answer);
    if (asked.notes !== '') view.say(asked.notes);
    return conclude(answer);
  };
}

type Sources = readonly [SelectionSource, ...SelectionSource[]];

async function answerIt(job: Job, sources: Sources, answer: Answer): Promise<void> {
  const { cancellation, options } = answer;
  const { runner, documents } = options;
  const source = combineSources(sources);
  const finished = await runner.run(job, source, { view: viewOf(answer), cancellation });
  if (!finished) return;
  const start = (next: Job): Promise<void> =>
    runTextJob(next, source, { runner, documents, start });
  noteEnd(finished, answer, runner.rerunOf(job, start));
}

async function draftIt(job: Job, sources: Sources, answer: Answer): Promise<void> {
  const { cancellation, options, view } = answer;
  const { desk } = options;
  const ended: FinishedDraft[] = [];
  await draftEach(job, sources, {
    ...options,
    cancellation,
    view: viewOf(answer),
    onFinished: (finished, rerun) => {
      ended.push(finished);
      noteEnd(finished, answer, rerun);
    },
  });
  // All at the end and buttons last: what stands before a sign of life is folded away.
  for (const finished of ended) {
    const words = draftWords(finished, desk);
    if (words !== '') view.say(words);
    view.say(closingWords(finished, vscode.l10n));
  }
  const drafts = ended.flatMap(({ id, result }) => (result.outcome && desk.find(id)) ?? []);
  for (const button of draftButtons(drafts)) view.button(button);
}

/** What came of a run that was to make a draft; empty when its error says so. */
function draftWords({ id, result, source }: FinishedDraft, desk: DraftDesk): string {
  const { l10n } = vscode;
  if (!result.outcome) return '';
  const draft = desk.find(id);
  if (!draft) return l10n.t('There is nothing to change: the result is the text as it is.');
  const state = draftStateWords(draft, l10n);
  return l10n.t(
    'A draft is open in the diff editor: {0}. The file stays as it is until you apply it.',
    state === '' ? source.location : `${source.location} · ${state}`,
  );
}

/** All that can be done with one draft; of several each can be opened. */
function draftButtons(drafts: readonly Draft[]): readonly vscode.Command[] {
  const { l10n } = vscode;
  const [only, ...others] = drafts;
  if (!only) return [];
  if (others.length > 0) {
    return drafts.map((draft) => ({
      title: l10n.t('Open draft: {0}', draft.originLabel),
      command: 'delegate.openDraft',
      arguments: [draftUri(draft)],
    }));
  }
  const given = [draftUri(only)];
  return [
    { title: l10n.t('Open draft'), command: 'delegate.openDraft', arguments: given },
    { title: l10n.t('Apply draft'), command: 'delegate.applyDraft', arguments: given },
    { title: l10n.t('Discard draft'), command: 'delegate.discardDraft', arguments: given },
  ];
}

function viewOf(answer: Answer): RunView {
  const { view } = answer;
  return {
    canOffer: true,
    refuse: (help) => {
      answer.problem = help;
    },
    start: (start) => view.start(start),
    event: (event) => view.event(event),
    end: (ended) => view.end(ended),
  };
}

function noteEnd(finished: FinishedJob, answer: Answer, rerun: Rerun): void {
  const { job, result, workerFirstNanoUsd } = finished;
  const { error } = result;
  if (workerFirstNanoUsd !== null) {
    const set = (): void => void setWorkerFirst(job.task.id);
    answer.offered = commandOf(workerFirstTitle(), answer.options.reruns.add(set));
  }
  // A user who declined a question knows.
  if (!error || error instanceof DeclinedError) return;
  const { reruns } = answer.options;
  answer.problem = errorHelp(error, (title, change) =>
    commandOf(
      title,
      reruns.add(() => rerun(change)),
    ),
  );
}

function commandOf(title: string, id: number): vscode.Command {
  return { title, command: RUN_AGAIN_COMMAND, arguments: [id] };
}

/** Buttons, and what went wrong as the error of the answer. */
function conclude({ view, problem, offered }: Answer): vscode.ChatResult {
  for (const command of problem?.commands ?? []) view.button(command);
  if (problem) return { errorDetails: { message: plain(problem.message) } };
  if (offered) view.button(offered);
  view.button({ title: vscode.l10n.t('Show cost'), command: 'delegate.showCost' });
  return {};
}

/** How many of these buttons work; those of older answers do nothing any more. */
const MAX_RERUNS = 50;

/** What buttons in chat do: starting a run once more beside the chat, or setting what was offered. */
export class ChatReruns implements vscode.Disposable {
  readonly #starts = new Map<number, () => void>();
  readonly #command: vscode.Disposable;
  #last = 0;

  constructor() {
    this.#command = vscode.commands.registerCommand(RUN_AGAIN_COMMAND, (id: unknown) => {
      this.#starts.get(Number(id))?.();
    });
  }

  add(start: () => void): number {
    this.#last += 1;
    this.#starts.set(this.#last, start);
    this.#starts.delete(this.#last - MAX_RERUNS);
    return this.#last;
  }

  dispose(): void {
    this.#command.dispose();
  }
}
