import type { CatalogModel } from '../../catalog/model';
import type { ReasoningConfig } from '../../openrouter/wire';
import { MODEL_DEFAULT_EFFORT } from '../../tasks/workerLimits';
import type { ReasoningWish } from '../run/reasoningWish';

/**
 * `reasoning` as it is sent: a limit or an effort, never both (guide, reasoning tokens).
 *
 * @returns null when there is nothing to send.
 */
export function reasoningFor(
  { effort, maxTokens, isOwn }: ReasoningWish,
  model: CatalogModel | null,
): ReasoningConfig | null {
  if (maxTokens > 0) return { max_tokens: maxTokens };
  if (effort === MODEL_DEFAULT_EFFORT) return null;
  return effort !== 'none' || canSwitchOff(model, isOwn) ? { effort } : null;
}

/**
 * Whether `none` says something and is taken: a model that must think refuses it, and one that does
 * not think unasked needs no word. Where the catalog does not tell, the user's own word is sent.
 */
function canSwitchOff(model: CatalogModel | null, isOwn: boolean): boolean {
  const traits = model?.reasoning;
  if (!traits) return isOwn && model?.supportedParameters.includes('reasoning') !== false;
  const isAllowed = traits.efforts === null || traits.efforts.includes('none');
  return !traits.isMandatory && (isOwn ? isAllowed : isAllowed && traits.isOnByDefault);
}
