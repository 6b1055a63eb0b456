import * as characters from './characters';
import type { Policy } from './policy';
import { wellBehaved } from './wellBehaved';

export type PolicyName =
  | 'well-behaved'
  | 'copier'
  | 'ignorer'
  | 'around-marker'
  | 'redelegator'
  | 'over-delegator'
  | 'stubborn'
  | 'unknown-marker'
  | 'missing-marker'
  | 'refuser'
  | 'link-sayer'
  | 'thinker';

export const policies: Readonly<Record<PolicyName, Policy>> = {
  'well-behaved': wellBehaved,
  copier: characters.copier,
  ignorer: characters.ignorer,
  'around-marker': characters.aroundMarker,
  redelegator: characters.redelegator,
  'over-delegator': characters.overDelegator,
  stubborn: characters.stubborn,
  'unknown-marker': characters.unknownMarker,
  'missing-marker': characters.missingMarker,
  refuser: characters.refuser,
  'link-sayer': characters.linkSayer,
  thinker: characters.thinker,
};
