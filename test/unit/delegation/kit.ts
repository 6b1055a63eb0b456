import type { CatalogModel, ModelLookup, ModelPricing } from '../../../src/catalog/model';
import { NANO_PER_USD } from '../../../src/common/money';
import { builtInTasks } from '../../../src/tasks/catalog';
import { prepareRun } from '../../../src/delegation/route/prepare';
import type { Escalation, PreparedRequest, PreparedRun } from '../../../src/delegation/route/route';
import { RefusalError } from '../../../src/delegation/run/runErrors';
import type { RunRequest, RunSettings } from '../../../src/delegation/run/run';
import type { Selection } from '../../../src/tasks/task';
import type { Delegation, FinishReason, StreamEvent } from '../../../src/openrouter/streamEvent';
import type { WireRequest } from '../../../src/openrouter/wire';
import { defaultSettings } from '../../support/runSettings';

/** Words that the tests of the engine are made of. */

export const { orchestratorModel: ORCHESTRATOR, workerModel: WORKER } = defaultSettings;

export interface SettingsChange extends Partial<Omit<RunSettings, 'worker'>> {
  readonly worker?: Partial<RunSettings['worker']>;
}

export function settingsWith(change: SettingsChange = {}): RunSettings {
  const { worker, ...rest } = change;
  return { ...defaultSettings, ...rest, worker: { ...defaultSettings.worker, ...worker } };
}

export function selectionOf(text: string, change: Partial<Selection> = {}): Selection {
  return { text, languageId: 'typescript', startLine: 1, symbols: [], ...change };
}

export interface RequestChange extends Partial<Omit<RunRequest, 'settings' | 'selection'>> {
  readonly settings?: SettingsChange;
  readonly text?: string;
  readonly selection?: Partial<Selection>;
}

export function requestWith(change: RequestChange = {}): RunRequest {
  const { settings, text, selection, ...rest } = change;
  return {
    id: '0b9f7f2e-9a53-4a53-8a0f-000000000001',
    task: builtInTasks.summarize,
    instruction: null,
    ...rest,
    selection: selectionOf(text ?? 'export const one = 1;\n', selection),
    settings: settingsWith(settings),
  };
}

/** Comments for twenty lines, by the pair of models that is the default, the worker first. */
export function workerFirstRequest(change: RequestChange = {}): RunRequest {
  return requestWith({
    task: builtInTasks.docstring,
    text: sampleCode(20),
    settings: {
      routing: 'worker-first',
      orchestratorModel: '~anthropic/claude-opus-latest',
      workerModel: '~anthropic/claude-haiku-latest',
    },
    ...change,
  });
}

/** Dollars per million tokens. */
export function pricing(prompt: number, completion: number): ModelPricing {
  return {
    promptNanoPerMillion: prompt * NANO_PER_USD,
    completionNanoPerMillion: completion * NANO_PER_USD,
    cacheReadNanoPerMillion: (prompt * NANO_PER_USD) / 20,
    cacheWriteNanoPerMillion: (prompt * NANO_PER_USD * 5) / 4,
    requestNano: null,
    webSearchNano: null,
    overrides: [],
  };
}

export function model(id: string, change: Partial<CatalogModel> = {}): CatalogModel {
  return {
    id,
    name: id,
    contextLength: 1_000_000,
    maxCompletionTokens: 64_000,
    pricing: pricing(4, 20),
    supportedParameters: ['tools', 'temperature'],
    aliasTarget: null,
    ...change,
  };
}

export const orchestratorModel = model(ORCHESTRATOR);
export const workerModel = model(WORKER, { pricing: pricing(0.1, 0.5) });

export function lookup(...models: readonly CatalogModel[]): ModelLookup {
  return { find: (id) => models.find((row) => row.id === id) ?? null };
}

export const defaultModels = lookup(orchestratorModel, workerModel);

/** Numbers that look random and are the same in each test. */
export function seededRandom(seed = 1): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * limit);
  };
}

export function prepare(request: RunRequest, models = defaultModels): PreparedRequest {
  const prepared = prepareRun(request, { models, random: seededRandom(), nowMs: 0 });
  if (prepared instanceof RefusalError) throw prepared;
  if (prepared.workerFirst) throw new Error('The run has more than one request.');
  return prepared;
}

export function refusalOf(request: RunRequest, models = defaultModels): RefusalError {
  const prepared = prepareRun(request, { models, random: seededRandom(), nowMs: 0 });
  if (prepared instanceof RefusalError) return prepared;
  throw new Error('The run was not refused.');
}

/** The first request of a run. */
export function firstWire(prepared: PreparedRun): WireRequest {
  const [first] = prepared.workerFirst ? prepared.workerFirst.requests(null) : [prepared.wire];
  if (!first) throw new Error('The run has no request.');
  return first;
}

/** All requests that a run may come to. */
export function allWires(prepared: PreparedRun): readonly WireRequest[] {
  if (!prepared.workerFirst) return [prepared.wire];
  const { requests, escalation } = prepared.workerFirst;
  const again = requests({ reason: 'It is wrong.', advice: null });
  return [...requests(null), ...again, ...lastWires(escalation)];
}

function lastWires(escalation: Escalation): readonly WireRequest[] {
  if (escalation.type === 'advice') return [escalation.request('It is wrong.')];
  const last = escalation.prepare('It is wrong.');
  return last instanceof RefusalError ? [] : [last.wire];
}

/** Instructions and input of a request of either protocol. */
export function promptsOf(wire: WireRequest): { instructions: string; input: string } {
  if (wire.protocol === 'responses') {
    return { instructions: wire.body.instructions, input: wire.body.input };
  }
  const [system, user] = wire.body.messages;
  return { instructions: system?.content ?? '', input: user?.content ?? '' };
}

export interface SubagentParameters {
  readonly name: string;
  readonly model: string;
  readonly instructions: string;
  readonly max_completion_tokens: number;
  readonly [other: string]: unknown;
}

/** Parameters of the request's worker entries. */
export function workersOf(wire: WireRequest): SubagentParameters[] {
  return (wire.body.tools ?? [])
    .filter((tool) => tool.type === 'openrouter:subagent')
    .map((tool) => tool.parameters as unknown as SubagentParameters);
}

export const STOP: FinishReason = { unified: 'stop', raw: 'stop' };

export function delegation(change: Partial<Delegation> = {}): Delegation {
  return {
    key: 'd1',
    status: 'ok',
    taskName: 'summarize',
    workerName: 'delegate-worker',
    model: WORKER,
    outcome: 'An outcome.',
    error: null,
    ...change,
  };
}

export function textDelta(text: string): StreamEvent {
  return { type: 'text-delta', text };
}

export function update(change: Partial<Delegation> = {}): StreamEvent {
  return { type: 'delegation-update', delegation: delegation(change) };
}

export function end(unified: FinishReason['unified'] = 'stop'): StreamEvent {
  return {
    type: 'stream-end',
    finishReason: { unified, raw: unified.replace('-', '_') },
    generationId: 'gen-1',
  };
}

export const start: StreamEvent = { type: 'stream-start', generationId: 'gen-1' };

/** Lines of code of about `lines` lines, with a declaration every ten. */
export function sampleCode(lines: number): string {
  return Array.from({ length: lines }, (_, index) => {
    const name = `total${Math.floor(index / 10)}`;
    switch (index % 10) {
      case 0:
        return `export function ${name}(values: readonly number[], factor = 2): number {`;
      case 8:
        return '}';
      case 9:
        return '';
      default:
        return `  const step${index} = values[${index % 7}] * factor + compute(values, ${index});`;
    }
  })
    .map((line) => `${line}\n`)
    .join('');
}
