import { nanoUsdFromDecimal, type NanoUsd } from '../../common/money';
import { Fields } from './fields';
import { invalid } from './problem';

export type StopCondition =
  | { readonly type: 'max_cost'; readonly costNanoUsd: NanoUsd }
  | { readonly type: 'step_count_is'; readonly stepCount: number }
  | { readonly type: 'max_tokens_used'; readonly tokens: number }
  | { readonly type: 'has_tool_call'; readonly toolName: string }
  | { readonly type: 'finish_reason_is'; readonly reason: string };

/** What the conditions are held against after each step of the loop. */
export interface LoopProgress {
  readonly stepCount: number;
  readonly costNanoUsd: NanoUsd;
  readonly totalTokens: number;
  readonly calledTools: ReadonlySet<string>;
  readonly finishReason: string;
}

/** Whether any condition holds (they are joined by "or"). */
export function shouldStop(conditions: readonly StopCondition[], progress: LoopProgress): boolean {
  return conditions.some((condition) => {
    switch (condition.type) {
      case 'max_cost':
        return progress.costNanoUsd >= condition.costNanoUsd;
      case 'step_count_is':
        return progress.stepCount >= condition.stepCount;
      case 'max_tokens_used':
        return progress.totalTokens >= condition.tokens;
      case 'has_tool_call':
        return progress.calledTools.has(condition.toolName);
      case 'finish_reason_is':
        return progress.finishReason === condition.reason;
    }
  });
}

export function readStopConditions(body: Fields): StopCondition[] {
  const list = body.list('stop_server_tools_when');
  if (list === null) return [];
  if (list.length === 0) invalid('stop_server_tools_when: at least one condition');
  return list.map((item, index) => readStopCondition(item, `stop_server_tools_when.${index}`));
}

function readStopCondition(item: unknown, path: string): StopCondition {
  const fields = new Fields(item, path);
  const missing = (key: string): never => invalid(`${fields.path(key)}: required`);
  switch (fields.string('type')) {
    case 'max_cost': {
      const dollars = fields.number('max_cost_in_dollars', [0, 1e6]);
      return {
        type: 'max_cost',
        costNanoUsd: nanoUsdFromDecimal(dollars) ?? missing('max_cost_in_dollars'),
      };
    }
    case 'step_count_is':
      return {
        type: 'step_count_is',
        stepCount: fields.integer('step_count', [1, 1e6]) ?? missing('step_count'),
      };
    case 'max_tokens_used':
      return {
        type: 'max_tokens_used',
        tokens: fields.integer('max_tokens', [1, 1e12]) ?? missing('max_tokens'),
      };
    case 'has_tool_call':
      return {
        type: 'has_tool_call',
        toolName: fields.string('tool_name') ?? missing('tool_name'),
      };
    case 'finish_reason_is':
      return { type: 'finish_reason_is', reason: fields.string('reason') ?? missing('reason') };
    default:
      return invalid(`${fields.path('type')}: unknown stop condition`);
  }
}
