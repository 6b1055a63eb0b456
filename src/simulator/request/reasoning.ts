import type { SimulatedModel } from '../models';
import type { Fields } from './fields';
import { invalid } from './problem';

const EFFORTS = ['max', 'xhigh', 'high', 'medium', 'low', 'minimal', 'none'];
const MAX_TOKENS = 10_000_000;

/**
 * Checks `reasoning`: an effort or a limit, not both, and none for a model that can do without
 * (guide, reasoning tokens; API reference, models).
 *
 * @param allowed Names that may stand beside the two.
 * @returns whether reasoning is switched off.
 */
export function readReasoning(
  reasoning: Fields | null,
  model: Pick<SimulatedModel, 'slug' | 'reasoning'>,
  allowed: readonly string[] = [],
): boolean {
  if (!reasoning) return false;
  for (const key of Object.keys(reasoning.record)) {
    if (key !== 'effort' && key !== 'max_tokens' && !allowed.includes(key)) {
      reasoning.forbid(key, 'unknown field');
    }
  }
  const effort = reasoning.string('effort');
  if (effort !== null && !EFFORTS.includes(effort)) {
    invalid(`${reasoning.path('effort')}: one of ${EFFORTS.join(', ')}`);
  }
  if (reasoning.integer('max_tokens', [1, MAX_TOKENS]) !== null && effort !== null) {
    invalid('Only one of "reasoning.effort" and "reasoning.max_tokens" can be specified');
  }
  if (effort === 'none' && model.reasoning === 'mandatory') {
    invalid(`Reasoning is mandatory for ${model.slug} and cannot be disabled`);
  }
  return effort === 'none';
}
