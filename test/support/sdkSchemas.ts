import assert from 'node:assert/strict';
import {
  AdvisorServerToolOpenRouter$outboundSchema,
  ChatRequest$outboundSchema,
  ResponsesRequest$outboundSchema,
  SubagentServerToolOpenRouter$outboundSchema,
} from '@openrouter/sdk/models';
import type { SubagentToolEntry, ToolEntry, WireRequest } from '../../src/openrouter/wire';

type JsonRecord = Readonly<Record<string, unknown>>;

/**
 * Fails unless the official SDK would send exactly this body.
 *
 * The SDK's outbound schemas take camelCase, drop what they do not know, and let the wrong types
 * and ranges of tools pass. So the body is converted, parsed, and compared with what comes out, and
 * each worker entry is checked by its own schema and by the ranges of the API reference.
 */
export function assertAcceptedBySdk(request: WireRequest): void {
  const schema =
    request.protocol === 'chat' ? ChatRequest$outboundSchema : ResponsesRequest$outboundSchema;
  const sent: unknown = schema.parse(toSdkSpelling(request.body, ''));
  assert.deepEqual(withoutDefaults(sent as JsonRecord, request.body), inSchema(request));
  assertRanges(request);
  const workers = (request.body.tools ?? []).filter(isSubagent);
  for (const worker of workers) {
    const spelled = toSdkSpelling(worker, 'tools[]');
    const parsed: unknown = SubagentServerToolOpenRouter$outboundSchema.parse(spelled);
    assert.deepEqual(parsed, worker);
    assertWorkerRanges(worker);
  }
  for (const advisor of (request.body.tools ?? []).filter(isAdvisor)) {
    const spelled = toSdkSpelling(advisor, 'tools[]');
    const parsed: unknown = AdvisorServerToolOpenRouter$outboundSchema.parse(spelled);
    assert.deepEqual(parsed, advisor);
  }
  const names = workers.map(({ parameters }) => parameters.name);
  assert.equal(new Set(names).size, names.length, 'worker names must be unique');
}

/** Values that are the user's or somebody else's, so that their keys are no field names. */
const VERBATIM =
  /^(metadata|response_format\.json_schema\.schema|text\.format\.schema|tools\[\]\.(function\.parameters|parameters\.tools\[\]\.parameters))$/;

function toSdkSpelling(value: unknown, path: string): unknown {
  if (VERBATIM.test(path) || typeof value !== 'object' || value === null) return value;
  // A trace takes the account's own keys, which the SDK wants apart.
  if (path === 'trace' && 'project' in value) {
    const { project, ...named } = value;
    return { ...(toSdkSpelling(named, path) as object), additionalProperties: { project } };
  }
  if (Array.isArray(value)) return value.map((item) => toSdkSpelling(item, `${path}[]`));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      // A key in the SDK's own spelling would be accepted here and refused by the API.
      assert.doesNotMatch(key, /[A-Z]/, `${path}.${key} is not in the API's spelling`);
      const camelCase = key.replace(/_([a-z0-9])/g, (_match, letter: string) =>
        letter.toUpperCase(),
      );
      return [camelCase, toSdkSpelling(item, path === '' ? key : `${path}.${key}`)];
    }),
  );
}

/** The guide has a limit for reasoning on chat, too, which the schema lacks. */
function inSchema({ protocol, body }: WireRequest): object {
  const { reasoning } = body;
  if (protocol === 'responses' || reasoning?.max_tokens === undefined) return body;
  assertInteger('reasoning.max_tokens', reasoning.max_tokens);
  const { effort } = reasoning;
  return { ...body, reasoning: effort === undefined ? {} : { effort } };
}

/** What the SDK writes into every Responses body by itself. */
const DEFAULTS: JsonRecord = { service_tier: 'auto', store: false };

function withoutDefaults(sent: JsonRecord, body: object): JsonRecord {
  return Object.fromEntries(
    Object.entries(sent).filter(([key, value]) => key in body || DEFAULTS[key] !== value),
  );
}

function isSubagent(tool: ToolEntry): tool is SubagentToolEntry {
  return tool.type === 'openrouter:subagent';
}

function isAdvisor(tool: ToolEntry): boolean {
  return tool.type === 'openrouter:advisor';
}

function assertRanges({ protocol, body }: WireRequest): void {
  const limit = protocol === 'chat' ? body.max_completion_tokens : body.max_output_tokens;
  assertInteger('the output limit', limit ?? 0);
  if (protocol === 'chat') assert.ok(body.messages.length > 0, 'messages must not be empty');
  if (body.session_id !== undefined) assert.ok(body.session_id.length <= 256, 'session_id');
  const conditions = body.stop_server_tools_when;
  if (conditions === undefined) return;
  assert.ok(conditions.length > 0, 'stop_server_tools_when must not be empty');
  for (const condition of conditions) {
    if (condition.type === 'step_count_is') assertInteger('step_count', condition.step_count);
    else assert.ok(condition.max_cost_in_dollars > 0, 'max_cost_in_dollars must be positive');
  }
}

function assertWorkerRanges({ parameters }: SubagentToolEntry): void {
  const { name, model, temperature, tools = [] } = parameters;
  assert.match(name, /^[a-zA-Z0-9_-](?:[a-zA-Z0-9 _-]{0,62}[a-zA-Z0-9_-])?$/, 'worker name');
  assert.notEqual(model, '', 'a worker without a model gets the expensive one');
  assert.notEqual(model, 'openrouter:subagent', 'a worker cannot be the tool itself');
  assertInteger('max_completion_tokens', parameters.max_completion_tokens);
  if (temperature !== undefined) assert.ok(temperature >= 0 && temperature <= 2, 'temperature');
  if (parameters.max_tool_calls !== undefined) {
    assertInteger('max_tool_calls', parameters.max_tool_calls, 25);
  }
  for (const { type } of tools) {
    assert.match(type, /^openrouter:/, 'workers take server tools only');
    assert.notEqual(type, 'openrouter:subagent', 'a worker cannot delegate');
  }
}

function assertInteger(what: string, value: number, max = Infinity): void {
  assert.ok(Number.isInteger(value) && value >= 1 && value <= max, `${what}: ${value}`);
}
