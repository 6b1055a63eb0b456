import { asRecord, parseJson } from '../../common/json';

const FENCED = /^\s*(`{3,})([^\n]*)\n([\s\S]*?)\n?\1\s*$/;

/** Writes the outcomes of a job's parts as one answer, as a careful author would. */
export function combineOutcomes(outcomes: readonly string[]): string {
  const [only] = outcomes;
  if (outcomes.length === 1 && only !== undefined) return only;
  const values = outcomes.map((outcome) => parseJson(unfenced(outcome)));
  if (values.every((value) => value.ok)) {
    return JSON.stringify(values.map((value) => value.value).reduce(mergeJson));
  }
  const fences = outcomes.map((outcome) => FENCED.exec(outcome));
  if (fences.every((fence) => fence !== null)) {
    const code = fences.map((fence) => fence[3] ?? '').join('\n');
    return `${fences[0]?.[1] ?? ''}${fences[0]?.[2] ?? ''}\n${code}\n${fences[0]?.[1] ?? ''}`;
  }
  return outcomes.join('\n');
}

function unfenced(text: string): string {
  return FENCED.exec(text)?.[3] ?? text;
}

/** Lists are joined, objects merged key by key; of anything else the later value counts. */
function mergeJson(left: unknown, right: unknown): unknown {
  if (Array.isArray(left) && Array.isArray(right))
    return [...(left as unknown[]), ...(right as unknown[])];
  const [first, second] = [asRecord(left), asRecord(right)];
  if (!first || !second) return right;
  const merged = new Map(Object.entries(first));
  for (const [key, value] of Object.entries(second)) {
    merged.set(key, merged.has(key) ? mergeJson(merged.get(key), value) : value);
  }
  return Object.fromEntries(merged);
}
