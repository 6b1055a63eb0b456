import { type RoutingReason } from '../run/run';
import type { PreparedRoute } from './route';
import { CAPACITY_REFUSALS, RefusalError } from '../run/runErrors';
import type { Routing } from '../run/run';

/** Estimates are wrong by some percent, and a delegated run may need a correction. */
const LEAST_SAVING = 0.1;

export interface RouteChoice {
  readonly route: PreparedRoute;
  readonly reason: RoutingReason;
}

/**
 * Takes the route that the setting names, or with `auto` the one expected to be cheaper: directly,
 * unless a worker saves enough.
 *
 * @returns why not, when the route is refused. With `auto` a job that only one route can hold takes
 * that route; wrong settings are never worked around.
 */
export function chooseRoute(
  routing: Routing,
  routes: {
    readonly delegated: PreparedRoute | RefusalError | null;
    readonly direct: PreparedRoute | RefusalError;
  },
): RouteChoice | RefusalError {
  const { delegated, direct } = routes;
  if (routing === 'direct' || delegated === null) return fixed(direct);
  if (routing === 'delegated') return fixed(delegated);
  if (delegated instanceof RefusalError) {
    if (direct instanceof RefusalError || !CAPACITY_REFUSALS.has(delegated.code)) return delegated;
    return { route: direct, reason: { type: 'only-route', refusal: delegated.code } };
  }
  if (direct instanceof RefusalError) {
    return { route: delegated, reason: { type: 'only-route', refusal: direct.code } };
  }
  const delegatedNanoUsd = delegated.estimate?.expectedNanoUsd ?? null;
  const directNanoUsd = direct.estimate?.expectedNanoUsd ?? null;
  if (delegatedNanoUsd === null || directNanoUsd === null) {
    return { route: delegated, reason: { type: 'unknown-prices' } };
  }
  return {
    route: delegatedNanoUsd < directNanoUsd * (1 - LEAST_SAVING) ? delegated : direct,
    reason: { type: 'cheaper', delegatedNanoUsd, directNanoUsd },
  };
}

function fixed(route: PreparedRoute | RefusalError): RouteChoice | RefusalError {
  return route instanceof RefusalError ? route : { route, reason: { type: 'setting' } };
}
