import { createHash, randomBytes } from 'node:crypto';
import { NANO_PER_USD, type NanoUsd } from '../common/money';
import type { KeyOptions } from './options';
import { RequestProblem } from './request/problem';

/** The key every simulator accepts. It opens nothing but simulators. */
export const DEMO_KEY = `sk-or-v1-${'51'.repeat(32)}`;

const DEMO_LIMIT_NANO_USD = 100 * NANO_PER_USD;

/** A key with what was spent on it. */
export interface Account {
  readonly key: string;
  readonly label: string;
  readonly limitNanoUsd: NanoUsd | null;
  readonly isByok: boolean;
  readonly isDisabled: boolean;
  usedNanoUsd: NanoUsd;
  byokUsedNanoUsd: NanoUsd;
}

/** The keys that a simulator knows. */
export class Accounts {
  readonly #accounts = new Map<string, Account>();

  constructor(keys: readonly KeyOptions[]) {
    this.#add({
      key: DEMO_KEY,
      label: 'Simulator demo key',
      limitNanoUsd: DEMO_LIMIT_NANO_USD,
    });
    keys.forEach((key) => this.#add(key));
  }

  /** Issues a new key, as after a sign-in. */
  issue(label: string): Account {
    return this.#add({
      key: `sk-or-v1-${randomBytes(32).toString('hex')}`,
      label,
      limitNanoUsd: DEMO_LIMIT_NANO_USD,
    });
  }

  /** The account of an `Authorization` header; throws the API's 401 for anything else. */
  authenticate(authorization: string | undefined): Account {
    const key = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
    if (key === undefined) throw new RequestProblem(401, 'No auth credentials found');
    const account = this.#accounts.get(key);
    if (!account || account.isDisabled) throw new RequestProblem(401, 'User not found.');
    return account;
  }

  reset(): void {
    for (const account of this.#accounts.values()) {
      account.usedNanoUsd = 0;
      account.byokUsedNanoUsd = 0;
    }
  }

  #add(options: KeyOptions): Account {
    const account: Account = {
      key: options.key,
      label: options.label ?? `sk-or-v1-${options.key.slice(9, 12)}...${options.key.slice(-3)}`,
      limitNanoUsd: options.limitNanoUsd ?? null,
      isByok: options.isByok ?? false,
      isDisabled: options.isDisabled ?? false,
      usedNanoUsd: 0,
      byokUsedNanoUsd: 0,
    };
    this.#accounts.set(account.key, account);
    return account;
  }
}

/** Identifies a key in caches without repeating it. */
export function keyHash(account: Account): string {
  return createHash('sha256').update(account.key).digest('hex');
}

export function remainingNanoUsd(account: Account): NanoUsd | null {
  return account.limitNanoUsd === null ? null : account.limitNanoUsd - account.usedNanoUsd;
}
