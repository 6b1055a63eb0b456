import { asArray, asRecord } from '../../common/json';
import { dataFrame, type Frame } from '../stream/frame';
import type { Fault } from './fault';

type Item = Readonly<Record<string, unknown>>;

/** Where a subagent item is met: in its own events, or in the terminal response. */
type Place = 'added' | 'done' | 'terminal';

/** Changes subagent items wherever they appear; null leaves an item out. */
function changingItems(change: (item: Item, place: Place) => Item | null): Fault {
  return { filter: () => (frame) => changeFrame(frame, change) };
}

function changeFrame(frame: Frame, change: (item: Item, place: Place) => Item | null): Frame[] {
  if (frame.kind !== 'data') return [frame];
  const { payload } = frame;
  const item = asRecord(payload['item']);
  if (item?.['type'] === 'openrouter:subagent') {
    const changed = change(
      item,
      payload['type'] === 'response.output_item.added' ? 'added' : 'done',
    );
    return changed ? [dataFrame({ ...payload, item: changed })] : [];
  }
  const response = asRecord(payload['response']);
  if (!response || response['status'] === 'in_progress') return [frame];
  const output = asArray(response['output']).flatMap((entry) => {
    const record = asRecord(entry);
    if (record?.['type'] !== 'openrouter:subagent') return [entry];
    const changed = change(record, 'terminal');
    return changed ? [changed] : [];
  });
  return [dataFrame({ ...payload, response: { ...response, output } })];
}

function without(item: Item, ...keys: string[]): Item {
  return Object.fromEntries(Object.entries(item).filter(([key]) => !keys.includes(key)));
}

/** Delegations that go wrong, and items that do not tell what happened. */
export const delegationFaults = {
  'worker-failed': { model: { workerFailures: 'first' } },
  'worker-failed-all': { model: { workerFailures: 'all' } },
  'failed-marker': { model: { policy: 'stubborn', workerFailures: 'all' } },
  'eleventh-delegation': { model: { policy: 'over-delegator' } },
  'unknown-marker': { model: { policy: 'unknown-marker' } },
  'missing-marker': { model: { policy: 'missing-marker' } },
  'around-marker': { model: { policy: 'around-marker' } },
  'ignores-tool': { model: { policy: 'ignorer' } },
  refused: { model: { policy: 'refuser' } },
  redelegated: { model: { policy: 'redelegator' } },
  /** No outcome anywhere in the stream. */
  'outcome-missing': changingItems((item) => without(item, 'outcome')),
  'outcome-in-terminal-only': changingItems((item, place) =>
    place === 'terminal' ? item : without(item, 'outcome'),
  ),
  /** As on chat: the work is done and billed, the stream shows none of it. */
  'items-missing': changingItems(() => null),
  'item-never-done': changingItems((item, place) => (place === 'done' ? null : item)),
  'task-name-missing': changingItems((item) => without(item, 'task_name')),
  'chat-delegation-visible': { showsDelegationsOnChat: true },
} as const satisfies Readonly<Record<string, Fault>>;
