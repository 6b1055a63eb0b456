import { SKIP_REASONS } from '../../../../src/batch/collect/skipReason';
import { SignInError } from '../../../../src/account/signIn';
import type { BudgetBreach } from '../../../../src/accounting/budget/budget';
import { BudgetError } from '../../../../src/accounting/budget/budgetError';
import { BatchError, type BatchErrorCode } from '../../../../src/batch/produce/batchError';
import type { DelegateError } from '../../../../src/common/delegateError';
import {
  OutcomeError,
  type OutcomeErrorCode,
} from '../../../../src/delegation/answer/outcomeError';
import { RefusalError } from '../../../../src/delegation/run/runErrors';
import { UnverifiedError } from '../../../../src/delegation/run/unverifiedError';
import { OpenRouterError, type OpenRouterErrorCode } from '../../../../src/openrouter/errors';
import { MaskingError } from '../../../../src/privacy/maskingThread';
import { builtInTasks } from '../../../../src/tasks/catalog';
import { completed, endOf } from '../output/exampleRun';

/** Arguments of one call, without the localization that comes last. */
type Call = readonly unknown[];

const API_CODES: Readonly<Record<OpenRouterErrorCode, true>> = {
  ...{ authentication: true, 'insufficient-credits': true, forbidden: true, 'not-found': true },
  ...{ 'invalid-request': true, 'too-large': true, 'rate-limit': true, provider: true },
  ...{ connection: true, tls: true, 'connect-timeout': true, 'silence-timeout': true },
  ...{ 'progress-timeout': true, interrupted: true, 'unexpected-answer': true },
};
const OUTCOME_CODES: Readonly<Record<OutcomeErrorCode, true>> = {
  ...{ 'outcome-missing': true, 'outcome-failed': true, 'outcome-unknown': true },
  ...{ 'outcome-not-accepted': true, 'answer-missing': true, 'answer-empty': true },
  ...{ 'answer-ambiguous': true, 'answer-invalid': true, 'answer-elided': true },
  ...{ 'answer-is-diff': true, 'answer-is-remark': true, 'answer-cut-short': true },
  ...{ 'answer-unfinished': true, 'answer-filtered': true, 'answer-declined': true },
  'schema-invalid': true,
};
const BATCH_CODES: Readonly<Record<BatchErrorCode, true>> = {
  ...{ 'batch-limit': true, 'batch-no-prices': true, 'batch-failing': true },
  ...{ 'batch-sample': true, 'batch-busy': true },
};

function codesOf<T extends string>(codes: Readonly<Record<T, true>>): readonly T[] {
  return Object.keys(codes) as T[];
}

const breach = {
  period: 'day',
  ...{ limitNanoUsd: 1e9, spentNanoUsd: 2e8, reservedNanoUsd: 0 },
  ...{ ceilingNanoUsd: 1e9, neededLimitNanoUsd: 2e9 },
} satisfies BudgetBreach;

function outcomeErrors(text: string): readonly OutcomeError[] {
  const problems = [{ path: text, message: text }];
  const details = { taskName: text, problems, workerMessage: text, explanation: text };
  return codesOf(OUTCOME_CODES).map((code) => new OutcomeError(code, details));
}

/** Every kind of error with somebody else's words wherever it holds any. */
function errorsWith(text: string): readonly DelegateError[] {
  const reasons = [null, text, 'no-key', 'content-type', 'invalid-json', 'ENOTFOUND'];
  return [
    ...codesOf(API_CODES).flatMap((code) =>
      reasons.map(
        (reason) =>
          new OpenRouterError(code, 'x', {
            apiMessage: text,
            errorType: text,
            status: 400,
            reason,
          }),
      ),
    ),
    ...outcomeErrors(text),
    ...codesOf(BATCH_CODES).map((code) => new BatchError(code)),
    new SignInError('sign-in-denied', text),
    new RefusalError('refused-schema', { setting: text, problem: text, remedy: text }),
    new UnverifiedError(text),
    new BudgetError(breach),
    new MaskingError(),
  ];
}

const proofs = (text: string): readonly object[] =>
  (['verified', 'changed', 'unverified'] as const).map((verdict) => ({
    verdict,
    ...{ claim: 'layout-changed', reason: 'grammar-failed', differenceCount: 2, counts: {} },
    differences: ['added', 'removed', 'changed', 'moved'].map((kind) => {
      return { kind, line: 1, before: text, after: text };
    }),
  }));

const draftsWith = (text: string): readonly Call[] =>
  proofs(text).map((proof) => [
    {
      ...{ originLabel: text, isUnread: true, doubts: ['much-missing'] },
      state: { status: 'ready', completeness: 'whole', proposed: text, proof, conflict: null },
    },
  ]);

const total = { costNanoUsd: 1e7, runs: 3, unknownRuns: 1 };

/**
 * How each function that makes words for the user is called, by its name, with somebody else's words
 * in every place that can hold them.
 */
export const builderCalls: Readonly<Record<string, (text: string) => readonly Call[]>> = {
  connectionFacts: (text) => [
    [
      {
        endpoint: {
          ...{ ok: true, baseUrl: text, origin: text, key: 'k'.repeat(40) },
          ...{ keySource: 'stored', otherKeyOrigin: text },
        },
        ...{ isDemo: false, strictSsl: false },
        proxy: { proxyUrl: text, authorization: null, reason: 'setting' },
        trust: { systemCount: 1, extraCount: 1 },
      },
    ],
  ],
  keyText: (text) => [
    [{ label: text, limitReset: text, limitNanoUsd: 1e9, limitRemainingNanoUsd: 1e8 }],
  ],
  modelDetail: (text) => [
    [
      {
        ...{ id: text, name: text, contextLength: 1000, aliasTarget: text },
        ...{ supportedParameters: [text], maxCompletionTokens: 10 },
        pricing: { promptNanoPerMillion: 1, completionNanoPerMillion: 1, overrides: [] },
      },
    ],
  ],
  renderStatus: (text) => [
    [
      {
        ...{ period: 'today', runningSeconds: 3, runningCount: 1, demoNanoUsd: 1 },
        totals: {
          session: { ...total, since: text },
          today: { ...total, since: text },
          month: { ...total, since: text },
        },
        budget: { dailyNanoUsd: 1, monthlyNanoUsd: 1, spentTodayNanoUsd: 1, spentMonthNanoUsd: 1 },
      },
    ],
  ],
  draftHeader: draftsWith,
  draftStateWords: draftsWith,
  doubtWords: () => [['much-missing']],
  changeWords: () => [[{ lines: 2, byIndentation: 1 }]],
  proofWords: (text) => proofs(text).map((proof) => [proof]),
  differenceLines: (text) => proofs(text).map((proof) => [proof]),
  skippedWords: () => [[[{ line: 1, reason: 'no-such-line' }], 1]],
  breachText: () => [[breach]],
  describeError: (text) => errorsWith(text).map((error) => [error]),
  describeOutcomeError: (text) => outcomeErrors(text).map((error) => [error]),
  problemList: (text) => outcomeErrors(text).map((error) => [error]),
  describeSignInError: (text) => [[new SignInError('sign-in-denied', text)]],
  placeholderText: () => [[{ missing: 1, repeated: 1, isReordered: true, unknown: 1 }]],
  withQuote: (text) => [
    [(said: string) => ({ message: `It failed.${said}`, actions: [] }), text],
    [(said: string) => ({ message: `It failed.${said}`, actions: [] }), null],
  ],
  taskTitle: (text) => [[{ ...builtInTasks.summarize, id: 'recipe:x', title: text }]],
  routeTitle: (text) => [[text], [`recipe:${text}`]],
  closingWords: (text) => [
    [endOf({ ...completed, notes: text })],
    ...errorsWith(text).map((error): Call => [
      endOf({ ...completed, status: 'failed', outcome: null, error }),
    ]),
  ],
  resultWords: (text) => [
    [{ ...completed, outcome: { format: 'json', value: { [text]: text }, text } }],
    [{ ...completed, outcome: { format: 'replacement', text } }],
  ],
  dataWords: (text) => [[{ [text]: text }], [[text]], [text]],
  retryWords: (text) => [[{ type: 'retry-scheduled', reason: text, delayMs: 1000 }]],
  stepWords: (text) =>
    [null, ...errorsWith(text)].map((rejected): Call => [
      { type: 'step-start', step: 'worker-again', rejected },
    ]),
  lineText: () => [
    [{ assumption: 'delegates', protocol: 'responses', verdict: 'holds', numbers: [1, 2] }],
  ],
  settingText: (text) => [[{ key: 'routing', value: text }]],
  progressWords: () => [[{ done: 1, total: 2, spentNanoUsd: 1, leftMs: 1000 }, false]],
  skipWords: () => SKIP_REASONS.map((reason) => [reason]),
  groupTitle: () => [['verified']],
  standingWords: (text) =>
    ['failed', 'doubtful', 'verified'].map((standing): Call => [
      { path: text, standing, by: 'worker', reason: text, isRead: true, applied: null },
    ]),
  applyEndWords: () => [['conflict', 2]],
  timeWords: () => [[1000]],
  planText: (text) => [
    [
      {
        files: [{ path: text, languageId: text, tokens: 1, lines: 1 }],
        skipped: [{ path: text, reason: 'ignored' }],
        price: { lowNanoUsd: 1, expectedNanoUsd: 2, highNanoUsd: 3, directNanoUsd: 4 },
        ...{ limitNanoUsd: 1e9, isResumed: false },
      },
      {
        ...{ title: text, orchestratorModel: text, workerModel: text, parallel: 4 },
        ...{ auditShare: 0.05, isProven: true, isDemo: false, formatted: [text] },
      },
    ],
  ],
  compareReport: (text) => [
    [
      {
        ...{ taskTitle: text, models: [text], placeCount: 1 },
        result: { answers: [], judgements: [], chosen: text, stopped: text },
      },
    ],
  ],
  stoppedWords: (text) => [[text]],
};
