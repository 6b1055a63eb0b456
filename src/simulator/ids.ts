import { randomBytes } from 'node:crypto';

/** Makes identifiers such as `gen-1790000000-3f9a…`, unique across simulators. */
export function newIdMaker(nowMs: () => number): (prefix: string) => string {
  return (prefix) =>
    prefix === 'gen'
      ? `gen-${Math.floor(nowMs() / 1000)}-${randomBytes(10).toString('hex')}`
      : `${prefix}_${randomBytes(10).toString('hex')}`;
}
