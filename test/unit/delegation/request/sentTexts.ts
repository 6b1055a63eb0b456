import { asRecord, parseJson } from '../../../../src/common/json';

/** All that a stream of server-sent events said, by a reader that knows nothing of ours. */
export interface SentTexts {
  /** Outcomes of workers. */
  readonly outcomes: ReadonlySet<string>;
  /** The orchestrator's own text, as far as any one event has it whole. */
  readonly texts: ReadonlySet<string>;
}

/** Reads the events of a body one by one, however broken; what is no JSON says nothing. */
export function readSentTexts(body: Buffer): SentTexts {
  const sent = { outcomes: new Set<string>(), texts: new Set<string>() };
  for (const event of body.toString('utf8').split(/(?:\r\n|\r|\n){2}/)) {
    const lines = event.split(/\r\n|\r|\n/).filter((line) => line.startsWith('data:'));
    collect(jsonOf(lines.map((line) => line.slice('data:'.length)).join('\n')), sent);
  }
  return sent;
}

function collect(
  value: unknown,
  sent: { readonly outcomes: Set<string>; readonly texts: Set<string> },
): void {
  if (Array.isArray(value)) for (const item of value) collect(item, sent);
  for (const [key, item] of Object.entries(asRecord(value) ?? {})) {
    if (typeof item !== 'string') collect(item, sent);
    else if (key === 'outcome') sent.outcomes.add(item);
    // On chat a delegation is JSON in a string.
    else if (key === 'result') collect(jsonOf(item), sent);
    else if (key === 'text' || key === 'content' || key === 'delta') sent.texts.add(item);
  }
}

export function jsonOf(text: string): unknown {
  const parsed = parseJson(text);
  return parsed.ok ? parsed.value : null;
}
