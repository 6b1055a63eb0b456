import type { Clock } from '../common/clock';
import { asRecord, readString } from '../common/json';
import {
  resolveProxy,
  withSystemProxy,
  type ProxyDecision,
  type ProxyQuestion,
} from './proxySettings';

/** Asks which proxy the system has for an address; null for a direct connection. */
export type ResolveSystemProxy = (url: string) => Promise<string | null>;

export interface EditorProxyOptions {
  /** `vscode.env.appRoot`. */
  readonly appRoot: string;
  /** `require` of the extension host; it throws for what is not there. */
  readonly load: (path: string) => unknown;
  readonly clock: Clock;
}

/** A PAC file that cannot be fetched must not hold up a run for long. */
const ANSWER_WITHIN_MS = 3_000;

/**
 * The editor's own resolver, which knows the system's settings and PAC files.
 *
 * Extensions have no API for it. The extension host publishes it as `resolveProxyURL` on its copy of
 * `@vscode/proxy-agent` (src/vs/workbench/api/node/proxyResolver.ts in microsoft/vscode), which
 * extensions can load from the editor's folder; seen in 1.104 and in 1.139. Where it is not found
 * the result is null, and settings and environment decide alone.
 */
export function editorProxyResolver(options: EditorProxyOptions): ResolveSystemProxy | null {
  for (const folder of ['node_modules', 'node_modules.asar']) {
    const found = resolverIn(options, `${options.appRoot}/${folder}/@vscode/proxy-agent`);
    if (found !== null) return (url) => answerInTime(found(url), options.clock);
  }
  return null;
}

/** Decides by settings and environment, and where they name no proxy by the system. */
export async function findProxy(
  question: ProxyQuestion,
  resolveSystemProxy: ResolveSystemProxy | null,
): Promise<ProxyDecision> {
  const decision = resolveProxy(question);
  if (decision.reason !== 'none' || resolveSystemProxy === null) return decision;
  const systemProxy = await resolveSystemProxy(`${question.origin}/`);
  return withSystemProxy(decision, systemProxy, question.settings);
}

function resolverIn(
  { load }: EditorProxyOptions,
  path: string,
): ((url: string) => Promise<unknown>) | null {
  let loaded: Record<string, unknown> | null;
  try {
    loaded = asRecord(load(path));
  } catch {
    return null;
  }
  const resolve = loaded?.['resolveProxyURL'] ?? asRecord(loaded?.['default'])?.['resolveProxyURL'];
  if (typeof resolve !== 'function') return null;
  const call = resolve as (url: string) => unknown;
  return (url) => Promise.resolve().then(() => call(url));
}

/** A resolver that fails or never answers must not keep a direct connection from being tried. */
function answerInTime(answer: Promise<unknown>, clock: Clock): Promise<string | null> {
  return new Promise((settle) => {
    const cancel = clock.after(ANSWER_WITHIN_MS, () => settle(null));
    const done = (value: string | null): void => {
      cancel();
      settle(value);
    };
    answer.then(
      (value) => done(readString(value)),
      () => done(null),
    );
  });
}
