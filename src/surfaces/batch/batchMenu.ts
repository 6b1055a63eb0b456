import * as vscode from 'vscode';
import type { BatchEnd } from '../../batch/batch';
import type { BatchState } from '../../batch/journal/batchState';
import { BatchError } from '../../batch/produce/batchError';
import type { BatchTicket } from '../../batch/ticket';
import { formatUsd } from '../../common/money';
import { pickOne, showInformation, showWarning } from '../../editor/messages/show';
import { showError } from '../../editor/messages/errorActions';
import { taskTitle } from '../../editor/messages/taskTitles';
import type { BatchDesk } from './batchDesk';
import type { BatchFiles } from './batchFiles';
import type { BatchParts } from './batchParts';
import { applyFiles, openDocument, undoFiles } from './batchReview';
import type { BatchSession } from './batchSession';
import { askPlan, showPlan } from './planPage';
import { planBatch, produceBatch } from './produceBatch';

export interface BatchMenuOptions extends BatchParts {
  readonly desk: BatchDesk;
  readonly views: BatchFiles;
}

interface MenuItem extends vscode.QuickPickItem {
  readonly run: () => unknown;
}

/** The way of a batch from its plan to its review, and the menu that leads to each step of it. */
export class BatchMenu {
  readonly #options: BatchMenuOptions;

  constructor(options: BatchMenuOptions) {
    this.#options = options;
  }

  /** Shows what can be done with the open batch, and the others of this workspace. */
  async open(): Promise<void> {
    const { l10n } = vscode;
    const { desk } = this.#options;
    const { current } = desk;
    const others = (await desk.list()).filter(({ id }) => id !== current?.id);
    const items: (MenuItem | vscode.QuickPickItem)[] = [
      ...(current ? this.#items(current) : []),
      ...(others.length > 0 && current?.activity == null
        ? [
            { label: l10n.t('Other batches'), kind: vscode.QuickPickItemKind.Separator },
            ...others.map((ticket) => this.#otherItem(ticket)),
          ]
        : []),
    ];
    if (items.length === 0) {
      void showInformation(l10n.t('There is no batch here. Run task on files… starts one.'));
      return;
    }
    const picked = await pickOne(items, {
      title: l10n.t('Open batch'),
      ...(current && { placeHolder: summary(current) }),
    });
    if (picked && 'run' in picked) await picked.run();
  }

  /** From the plan to the end, with the user's word in between. */
  async planAndRun(session: BatchSession): Promise<void> {
    const { desk } = this.#options;
    for (;;) {
      const planned = await planBatch(session, this.#options);
      if (!planned) {
        if (!session.state.isPlanned) await desk.discard();
        return;
      }
      if (planned.plan.files.length === 0) return this.#nothingToDo(session, planned.plan);
      await showPlan(session, planned.plan, this.#options);
      const answer = await askPlan(session, planned.plan);
      if (answer === 'discard') return desk.discard();
      if (answer === 'later') {
        void showInformation(
          vscode.l10n.t('The plan is kept; Open batch… brings it back. Nothing was sent.'),
        );
        return;
      }
      if (answer === 'start') {
        return this.#finish(session, await produceBatch(session, planned, this.#options));
      }
      await session.choose(answer);
    }
  }

  /** After a reload: nothing goes on by itself, because it costs money. */
  async offerToGoOn(session: BatchSession): Promise<void> {
    const { state } = session;
    if (state.isEnded || !state.isPlanned) return;
    const goOn = vscode.l10n.t('Go on…');
    const picked = await showInformation(
      vscode.l10n.t('A batch is not done: {0}. What is done is kept and paid.', summary(session)),
      goOn,
    );
    if (picked === goOn) await this.planAndRun(session);
  }

  #items(session: BatchSession): readonly MenuItem[] {
    const { l10n } = vscode;
    const { activity } = session;
    const icon = (id: string): vscode.ThemeIcon => new vscode.ThemeIcon(id);
    if (activity) {
      const { question } = activity;
      return [
        ...(question
          ? [{ label: l10n.t('Answer'), iconPath: icon('question'), run: question.ask }]
          : []),
        { label: l10n.t('Stop batch'), iconPath: icon('debug-stop'), run: activity.stop },
        this.#reviewItem(),
      ];
    }
    return [
      ...(session.state.isEnded
        ? []
        : [
            {
              label: l10n.t('Go on…'),
              description: l10n.t('shows the plan first'),
              iconPath: icon('play'),
              run: () => this.planAndRun(session),
            },
          ]),
      ...this.#resultItems(session),
      {
        label: l10n.t('Discard the batch'),
        description: l10n.t('files that were applied stay'),
        iconPath: icon('trash'),
        run: () => this.#discard(session),
      },
    ];
  }

  #resultItems(session: BatchSession): readonly MenuItem[] {
    const { l10n } = vscode;
    const { documents, views } = this.#options;
    const icon = (id: string): vscode.ThemeIcon => new vscode.ThemeIcon(id);
    const [verified, applied] = [session.filesOf('verified'), session.filesOf('applied')];
    const failed = [...session.filesOf('failed'), ...session.filesOf('look')].filter(
      ({ standing }) => standing === 'failed' || standing === 'doubtful',
    );
    const hasDocument = !session.makesEdits && session.state.isPlanned;
    return [
      ...(hasDocument
        ? [
            {
              label: l10n.t('Open the document'),
              iconPath: icon('open-preview'),
              run: () => openDocument(session, documents),
            },
          ]
        : []),
      this.#reviewItem(),
      ...(verified.length > 0 && session.makesEdits
        ? [
            {
              label: l10n.t('Apply verified drafts'),
              description: String(verified.length),
              iconPath: icon('check-all'),
              run: () => applyFiles(session, verified, views),
            },
          ]
        : []),
      ...(applied.length > 0
        ? [
            {
              label: l10n.t('Undo applied batch'),
              description: String(applied.length),
              iconPath: icon('discard'),
              run: () => undoFiles(session, applied, views),
            },
          ]
        : []),
      ...(failed.length > 0
        ? [
            {
              label: l10n.t('Try those without a sure result again…'),
              description: String(failed.length),
              iconPath: icon('refresh'),
              run: () => this.#retry(session),
            },
          ]
        : []),
    ];
  }

  #reviewItem(): MenuItem {
    return {
      label: vscode.l10n.t('Review in Source Control'),
      iconPath: new vscode.ThemeIcon('source-control'),
      run: showReview,
    };
  }

  #otherItem(ticket: BatchTicket): MenuItem {
    return {
      label: taskTitle(ticket.task, vscode.l10n),
      description: [new Date(ticket.at).toLocaleString(), ...ticket.targets.slice(0, 3)].join(
        ' · ',
      ),
      iconPath: new vscode.ThemeIcon('history'),
      run: async () => {
        const session = await this.#options.desk.open(ticket.id);
        if (session) await this.open();
        else void showWarning(vscode.l10n.t('Another window has this batch open.'));
      },
    };
  }

  async #retry(session: BatchSession): Promise<void> {
    const files = [...session.state.files.values()].filter(
      ({ standing, applied }) =>
        applied === null && (standing === 'failed' || standing === 'doubtful'),
    );
    await Promise.all(files.map(({ n }) => session.journal.add({ t: 'again', n })));
    session.touch();
    await this.planAndRun(session);
  }

  async #discard({ state }: BatchSession): Promise<void> {
    const { l10n } = vscode;
    const discard = l10n.t('Discard');
    const answer = await showWarning(
      l10n.t('Discard the batch with its results?'),
      {
        modal: true,
        detail: l10n.t(
          'It has cost {0}. Applying and undoing are not possible any more.',
          cost(state),
        ),
      },
      discard,
    );
    if (answer === discard) await this.#options.desk.discard();
  }

  async #nothingToDo(session: BatchSession, plan: Parameters<typeof showPlan>[1]): Promise<void> {
    await showPlan(session, plan, this.#options);
    void showInformation(
      vscode.l10n.t('There is nothing to do: the plan says why each file is left out.'),
    );
    await this.#options.desk.discard();
  }

  async #finish(session: BatchSession, end: BatchEnd | null): Promise<void> {
    if (!end) return;
    // That the user said stop, at a bad sample or a brief, is not an error.
    const isUsersWord = end.stopped instanceof BatchError && end.stopped.code === 'batch-sample';
    if (end.stopped && !isUsersWord) {
      void showError(end.stopped);
      return;
    }
    const { l10n } = vscode;
    const isDocument = !session.makesEdits;
    if (!session.state.isEnded) {
      void showInformation(
        l10n.t(
          'The batch stopped: {0}. What is done is kept; Open batch… goes on.',
          summary(session),
        ),
      );
      return;
    }
    if (isDocument) await openDocument(session, this.#options.documents);
    const review = l10n.t('Review');
    const apply = l10n.t('Apply verified drafts');
    const hasVerified = !isDocument && session.filesOf('verified').length > 0;
    const picked = await showInformation(
      l10n.t('The batch is done: {0}.', outcome(session)),
      review,
      ...(hasVerified ? [apply] : []),
    );
    if (picked === review) await showReview();
    if (picked === apply) {
      await applyFiles(session, session.filesOf('verified'), this.#options.views);
    }
  }
}

async function showReview(): Promise<void> {
  await vscode.commands.executeCommand('workbench.view.scm');
}

/** `23 of 60 · $0.0123` */
function summary({ state }: BatchSession): string {
  const files = [...state.files.values()];
  const done = files.filter(({ standing }) => standing !== null).length;
  return `${vscode.l10n.t('{0} of {1}', done, files.length)} · ${cost(state)}`;
}

function cost({ spentNanoUsd, open }: BatchState): string {
  return `${formatUsd(spentNanoUsd)}${open.size > 0 ? ` +${open.size}?` : ''}`;
}

/** `56 verified, 2 need a look, 1 failed · $0.0213` */
function outcome(session: BatchSession): string {
  const { l10n } = vscode;
  const count = (group: Parameters<BatchSession['filesOf']>[0]): number =>
    session.filesOf(group).length;
  const parts = [
    l10n.t('verified: {0}', count('verified')),
    ...(count('look') > 0 ? [l10n.t('needs a look: {0}', count('look'))] : []),
    ...(count('failed') > 0 ? [l10n.t('failed: {0}', count('failed'))] : []),
  ];
  const spent = session.ticket.isDemo
    ? l10n.t('demo {0}', cost(session.state))
    : cost(session.state);
  return `${parts.join(', ')} · ${spent}`;
}
