import type { PromptParts } from '../request/prompts';
import type { RouteContext } from './route';

/** What all prompts of a run are made of, whichever way it goes. */
export function promptParts({ request, nonce }: RouteContext): PromptParts {
  const { task, selection, schema, instruction, hasMaskedSecrets } = request;
  const { languageId, indentation } = selection;
  return {
    task,
    nonce,
    languageId,
    schema: schema ?? task.schema ?? null,
    instruction,
    hasMaskedSecrets: hasMaskedSecrets ?? false,
    ...(indentation ? { indentation } : {}),
  };
}
