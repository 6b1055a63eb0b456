import { asArray, asRecord, readCount, readString } from '../common/json';
import type { CatalogModel, ModelReasoning } from './model';
import { readPricing } from './readPricing';

/**
 * Reads the rows of `GET /models`, bare or in the answer's `data`. Rows without an id are left out,
 * everything else is optional.
 */
export function readModels(answer: unknown): readonly CatalogModel[] {
  return rowsOf(answer)
    .map(readModel)
    .filter((model) => model !== null);
}

function readModel(value: unknown): CatalogModel | null {
  const row = asRecord(value);
  const id = readString(row?.['id']);
  if (!row || id === null) return null;
  const provider = asRecord(row['top_provider']);
  const alias = row['alias_target'];
  const reasoning = readReasoning(row['reasoning']);
  return {
    id,
    name: readString(row['name']) ?? id,
    contextLength: readCount(row['context_length']) ?? readCount(provider?.['context_length']),
    maxCompletionTokens: readCount(provider?.['max_completion_tokens']),
    pricing: readPricing(row['pricing']),
    supportedParameters: asArray(row['supported_parameters']).filter(
      (parameter) => typeof parameter === 'string',
    ),
    ...(reasoning ? { reasoning } : {}),
    aliasTarget: readString(asRecord(alias)?.['slug']) ?? readString(alias),
  };
}

/** Thinking is taken to be on where a model has it and nothing says otherwise. */
function readReasoning(value: unknown): ModelReasoning | null {
  const fields = asRecord(value);
  if (!fields) return null;
  const efforts = fields['supported_efforts'];
  return {
    isMandatory: fields['mandatory'] === true,
    isOnByDefault: fields['default_enabled'] !== false && fields['default_effort'] !== 'none',
    efforts: Array.isArray(efforts) ? efforts.filter((effort) => typeof effort === 'string') : null,
  };
}

/** The fields of `GET /models` that `readModels` reads: a cache keeps these and no descriptions. */
export function trimModels(answer: unknown): readonly unknown[] {
  return rowsOf(answer).map((value) => {
    const row = asRecord(value) ?? {};
    return Object.fromEntries(KEPT_FIELDS.map((field) => [field, row[field]]));
  });
}

function rowsOf(answer: unknown): readonly unknown[] {
  return asArray(asRecord(answer)?.['data'] ?? answer);
}

const KEPT_FIELDS = [
  'id',
  'name',
  'context_length',
  'top_provider',
  'pricing',
  'supported_parameters',
  'reasoning',
  'alias_target',
];

/** Whether a model can be an orchestrator: it must be able to call tools. */
export function supportsTools(model: CatalogModel): boolean {
  return model.supportedParameters.includes('tools');
}
