import type { ModelLookup } from '../../catalog/model';
import type { ServerToolEntry } from '../../openrouter/wire';
import type { SideCall } from '../price/estimate';
import { type RateRange, rateRange } from '../price/rates';
import { estimateTokens } from '../../text/tokens';
import type { RunRequest } from '../run/run';

/** Limits of the models that an orchestrator may ask besides its workers. */
const ADVISOR_COMPLETION_TOKENS = 1024;
const FUSION_COMPLETION_TOKENS = 2048;

/** Server tools beside the workers, with what each may cost. */
export interface SideTools {
  readonly entries: readonly ServerToolEntry[];
  /** Null when the price of one of them is unknown. */
  readonly sideCalls: readonly SideCall[] | null;
  /** Its name, which may be empty; null without an advisor. */
  readonly advisor: { readonly name: string } | null;
  readonly hasFusion: boolean;
}

/**
 * The advisor, for any task when a model is set for it; fusion for the free task alone. Fusion gets
 * the run's own two models as its panel: the API's default panel has prices we do not know.
 */
export function sideTools(request: RunRequest, models: ModelLookup, nowMs: number): SideTools {
  const { settings, task } = request;
  const advisorModel = settings.advisorModel.trim();
  const hasAdvisor = advisorModel !== '';
  const advisorName = (settings.advisorName ?? '').trim();
  const instructions = (settings.advisorInstructions ?? '').trim();
  const hasFusion = settings.fusionEnabled && task.id === 'instruct';
  const entries: ServerToolEntry[] = [];
  const sideCalls: (SideCall | null)[] = [];
  const rates = (slug: string): RateRange | null =>
    rateRange(models.find(slug), { promptTokens: 0, nowMs });
  if (hasAdvisor) {
    entries.push({
      type: 'openrouter:advisor',
      parameters: {
        ...(advisorName === '' ? {} : { name: advisorName }),
        model: advisorModel,
        ...(instructions === '' ? {} : { instructions }),
        max_completion_tokens: ADVISOR_COMPLETION_TOKENS,
      },
    });
    sideCalls.push(
      sideCall(rates(advisorModel), {
        calls: 1,
        maxCompletionTokens: ADVISOR_COMPLETION_TOKENS,
        promptTokens: estimateTokens(instructions).high,
      }),
    );
  }
  if (hasFusion) {
    entries.push({
      type: 'openrouter:fusion',
      parameters: {
        analysis_models: [settings.orchestratorModel, settings.workerModel],
        model: settings.orchestratorModel,
        max_completion_tokens: FUSION_COMPLETION_TOKENS,
        tools: [],
      },
    });
    // Two panelists and the analyst; the orchestrator's price is the higher one for all three.
    sideCalls.push(
      sideCall(rates(settings.orchestratorModel), {
        calls: 3,
        maxCompletionTokens: FUSION_COMPLETION_TOKENS,
        promptTokens: 0,
      }),
    );
  }
  const known = sideCalls.filter((call) => call !== null);
  return {
    entries,
    sideCalls: known.length === sideCalls.length ? known : null,
    advisor: hasAdvisor ? { name: advisorName } : null,
    hasFusion,
  };
}

function sideCall(rates: RateRange | null, call: Omit<SideCall, 'rates'>): SideCall | null {
  return rates && { rates, ...call };
}
