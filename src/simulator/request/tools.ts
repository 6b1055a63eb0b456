import { asArray, asRecord } from '../../common/json';
import type { Catalog } from '../catalog';
import type { SimulatedModel } from '../models';
import { Fields } from './fields';
import { invalid, RequestProblem } from './problem';
import { readReasoning } from './reasoning';

const SUBAGENT = 'openrouter:subagent';
const NAME_PATTERN = /^[a-zA-Z0-9 _-]+$/;
const MAX_TOKENS = 10_000_000;

/** A worker entry after validation. */
export interface SubagentEntry {
  /** Null for the default worker. */
  readonly name: string | null;
  /** Position among the subagent entries, the worker's identity on the wire. */
  readonly index: number;
  /** The concrete worker model. */
  readonly model: SimulatedModel;
  readonly instructions: string;
  readonly maxCompletionTokens: number | null;
}

export interface ToolContext {
  readonly protocol: 'chat' | 'responses';
  readonly catalog: Catalog;
  /** The outer request's concrete model, the default of an entry without one. */
  readonly outerModel: SimulatedModel;
  readonly disabledServerTools: readonly string[];
}

export interface Tools {
  readonly subagents: readonly SubagentEntry[];
  readonly otherServerTools: readonly string[];
  readonly functionTools: readonly unknown[];
}

/** Server tools by protocol (API reference, server tools; the shell is refused on chat). */
const serverTools: ReadonlySet<string> = new Set([
  'openrouter:advisor',
  'openrouter:bash',
  'openrouter:datetime',
  'openrouter:files',
  'openrouter:fusion',
  'openrouter:image_generation',
  'openrouter:experimental__search_models',
  'openrouter:web_fetch',
  'openrouter:web_search',
  'web_search',
  'web_search_preview',
  'web_search_preview_2025_03_11',
  'web_search_2025_08_26',
]);
const responsesOnlyTools: ReadonlySet<string> = new Set([
  'openrouter:shell',
  'openrouter:apply_patch',
  'openrouter:tool_search',
  'shell',
  'apply_patch',
]);

/** Reads the `tools` array, with the refusals that the guide documents. */
export function readTools(body: Fields, context: ToolContext): Tools {
  const subagents: SubagentEntry[] = [];
  const otherServerTools: string[] = [];
  const functionTools: unknown[] = [];
  (body.list('tools') ?? []).forEach((item, position) => {
    const entry = new Fields(item, `tools.${position}`);
    const type = entry.string('type') ?? invalid(`tools.${position}.type: required`);
    refuseDisabled(type, context);
    if (type === 'function') {
      functionTools.push(readFunctionTool(entry, context));
    } else if (type === SUBAGENT) {
      subagents.push(readSubagent(entry, subagents.length, context));
    } else {
      requireServerTool(type, entry, context);
      otherServerTools.push(type);
    }
  });
  requireDistinctNames(subagents);
  return { subagents, otherServerTools, functionTools };
}

function refuseDisabled(type: string, context: ToolContext): void {
  if (context.disabledServerTools.includes(type)) {
    throw new RequestProblem(403, `Server tool ${type} is disabled for this workspace`);
  }
}

function readFunctionTool(entry: Fields, context: ToolContext): unknown {
  // Chat nests the function, Responses has it flat.
  const owner = context.protocol === 'chat' ? entry.object('function') : entry;
  if (owner?.string('name') == null) invalid(`${entry.path('function')}: a function needs a name`);
  return entry.record;
}

function requireServerTool(type: string, entry: Fields, context: ToolContext): void {
  const parameters = entry.object('parameters');
  if (type === 'openrouter:advisor' && parameters) {
    readName(parameters);
    parameters.string('instructions');
    parameters.integer('max_completion_tokens', [1, MAX_TOKENS]);
  }
  if (responsesOnlyTools.has(type)) {
    if (context.protocol === 'chat') invalid(`${type} is not available on Chat Completions`);
    return;
  }
  if (!serverTools.has(type)) invalid(`${entry.path('type')}: unknown tool ${type}`);
}

function readSubagent(entry: Fields, index: number, context: ToolContext): SubagentEntry {
  const parameters = entry.object('parameters') ?? new Fields({}, entry.path('parameters'));
  parameters.forbid('max_tokens', 'unknown field, the subagent takes max_completion_tokens');
  parameters.number('temperature', [0, 2]);
  checkWorkerTools(parameters);
  checkInheritance(parameters, context);
  parameters.integer('max_tool_calls', [1, 25]);
  const model = readWorkerModel(parameters, context);
  readReasoning(parameters.object('reasoning'), model);
  return {
    name: readName(parameters),
    index,
    model,
    instructions: parameters.string('instructions') ?? '',
    maxCompletionTokens: parameters.integer('max_completion_tokens', [1, MAX_TOKENS]),
  };
}

function readName(parameters: Fields): string | null {
  const name = parameters.string('name')?.trim();
  if (name === undefined) return null;
  if (name.length < 1 || name.length > 64) {
    invalid(`${parameters.path('name')}: 1 to 64 characters`);
  }
  if (!NAME_PATTERN.test(name)) {
    invalid(`${parameters.path('name')}: letters, digits, space, _ and - only`);
  }
  return name;
}

function readWorkerModel(parameters: Fields, context: ToolContext): SimulatedModel {
  const slug = parameters.string('model');
  if (slug === null) return context.outerModel;
  if (slug === SUBAGENT)
    invalid(`${parameters.path('model')}: the subagent cannot be its own model`);
  // Whether an unknown worker model fails the request or only the delegation is not documented;
  // the stricter reading shows a client's mistake at once.
  const model = context.catalog.find(slug) ?? invalid(`${slug} is not a valid model ID`);
  return context.catalog.resolve(model);
}

function checkWorkerTools(parameters: Fields): void {
  (parameters.list('tools') ?? []).forEach((item, position) => {
    const tool = new Fields(item, `${parameters.path('tools')}.${position}`);
    const type = tool.string('type') ?? invalid(`${tool.path('type')}: required`);
    if (type === SUBAGENT) invalid(`${tool.path('type')}: a worker cannot have the subagent tool`);
    if (type === 'function') {
      invalid(`${tool.path('type')}: workers take OpenRouter server tools only, not functions`);
    }
    if (!serverTools.has(type) && !responsesOnlyTools.has(type)) {
      invalid(`${tool.path('type')}: unknown tool ${type}`);
    }
    tool.object('parameters');
  });
}

/** Experimental; accepted where the API accepts it, without effect here. */
function checkInheritance(parameters: Fields, context: ToolContext): void {
  if (context.protocol === 'responses') return;
  for (const key of ['inherit_functions', 'inherited_function_names']) {
    parameters.forbid(key, 'available on the Responses API only');
  }
}

function requireDistinctNames(subagents: readonly SubagentEntry[]): void {
  const names = new Set<string | null>();
  for (const { name } of subagents) {
    // At most one unnamed entry: stated for the advisor, assumed for the subagent.
    if (names.has(name)) {
      invalid(
        name === null
          ? 'tools: only one subagent may be unnamed'
          : `tools: subagent name ${name} is not unique`,
      );
    }
    names.add(name);
  }
}

/** The text of a message's or an item's content, whichever way it is written. */
export function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  return asArray(content)
    .map((part) => asRecord(part)?.['text'])
    .filter((text) => typeof text === 'string')
    .join('\n');
}
