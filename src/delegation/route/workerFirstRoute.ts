import type { JsonFormat } from '../../openrouter/wire';
import type { TokenRange } from '../../text/tokens';
import { formatTexts, textTokens } from '../price/estimate';
import { estimateWorkerFirst, estimateWorkers } from '../price/estimateWorkerFirst';
import { rateRange } from '../price/rates';
import { type Rejection, workerInput } from '../request/prompts';
import { answerFormat } from '../request/answerFormat';
import { workerRequest } from '../request/workerRequest';
import type { RouteEstimate, RunRequest } from '../run/run';
import { RefusalError } from '../run/runErrors';
import { adviceRequest, estimateAdvice } from './adviceRequest';
import { checkContext } from './checks';
import { prepareDelegated } from './delegatedRoute';
import type { PreparePorts, PreparedRoute, RouteContext, WorkerFirstRoute } from './route';
import { type WorkerPlan, planWorkers } from './workerPlan';

/** Most characters of a reason that go into a prompt. */
export const MAX_REASON = 400;
/** As dear a reason as there can be, for the worst case. */
const LONGEST_REASON = '1,'.repeat(MAX_REASON / 2);
const LONGEST_REJECTION: Rejection = { reason: LONGEST_REASON, advice: null };

/** Whether something on this machine can tell that a result is right: a proof, or a schema. */
export function isProvable({ task, schema }: RunRequest, { canProve }: PreparePorts): boolean {
  if (task.answer === 'json') return (schema ?? task.schema) !== undefined;
  return canProve === true && task.answer !== 'text';
}

/** Prepares asking the workers alone; or says why they cannot be, or not the orchestrator after them. */
export function prepareWorkerFirst(context: RouteContext): WorkerFirstRoute | RefusalError {
  const { ports } = context;
  const isLocal = ports.isWorkerLocal === true;
  const plan = planWorkers(context);
  if (plan instanceof RefusalError) return plan;
  const format = isLocal
    ? null
    : answerFormat(context.request, plan.workerModel, ports.refusedFormats);
  const first = workerTokens(plan, { format, rejected: null });
  const refusal = isLocal ? null : contextRefusal(plan, first);
  if (refusal) return refusal;
  const delegated = isLocal ? null : prepareDelegated(context, LONGEST_REASON);
  if (delegated instanceof RefusalError) return delegated;
  return {
    tasks: plan.tasks,
    promptTokens: first.reduce((sum, range) => sum + range.expected, 0),
    estimate: isLocal
      ? priceOfAdvice(context, plan)
      : priceOf(plan, { context, first, delegated, format }),
    requests: (rejected) =>
      plan.entries.map((entry) =>
        workerRequest(context.request, { entry, input: workerInput(rejected), isLocal, format }),
      ),
    escalation: isLocal
      ? { type: 'advice', request: (rejected) => adviceRequest(context, plan, rejected) }
      : { type: 'delegated', prepare: (rejected) => prepareDelegated(context, rejected) },
  };
}

/** The user's own endpoint names its price itself, if it has one; advice is asked for if need be. */
function priceOfAdvice(context: RouteContext, plan: WorkerPlan): RouteEstimate | null {
  const advice = estimateAdvice(context, plan, LONGEST_REASON);
  return advice && { ...advice, lowNanoUsd: 0, expectedNanoUsd: 0 };
}

function workerTokens(
  { entries }: WorkerPlan,
  { format, rejected }: { readonly format: JsonFormat | null; readonly rejected: Rejection | null },
): readonly TokenRange[] {
  const others = [workerInput(rejected), ...formatTexts(format)];
  return entries.map(({ parameters }) => textTokens(parameters.instructions, ...others));
}

function priceOf(
  plan: WorkerPlan,
  need: {
    readonly context: RouteContext;
    readonly first: readonly TokenRange[];
    readonly delegated: PreparedRoute | null;
    readonly format: JsonFormat | null;
  },
): RouteEstimate | null {
  const { ports } = need.context;
  const longest = Math.max(...need.first.map(({ expected }) => expected));
  const worker = rateRange(
    plan.workerModel,
    { promptTokens: longest, nowMs: ports.nowMs },
    ports.endpointPrices?.worker,
  );
  if (!worker || need.delegated?.estimate === null) return null;
  const nestedCalls = plan.worker.tools.length > 0 ? plan.worker.maxToolCalls : 0;
  const once = (promptTokens: readonly TokenRange[]): RouteEstimate =>
    estimateWorkers({ tasks: plan.tasks, promptTokens, worker, nestedCalls });
  return estimateWorkerFirst(
    once(need.first),
    once(workerTokens(plan, { format: need.format, rejected: LONGEST_REJECTION })),
    need.delegated?.estimate ?? null,
  );
}

function contextRefusal(
  { tasks, workerModel }: WorkerPlan,
  promptTokens: readonly TokenRange[],
): RefusalError | null {
  const refusals = tasks.map((task, index) =>
    checkContext({
      role: 'worker',
      model: workerModel,
      promptTokens: promptTokens[index]?.expected ?? 0,
      outputTokens: task.maxCompletionTokens,
    }),
  );
  return refusals.find((refusal) => refusal !== null) ?? null;
}
