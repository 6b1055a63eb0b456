import { connectionFaults } from './connectionFaults';
import { delegationFaults } from './delegationFaults';
import { endFaults } from './endFaults';
import { errorFaults } from './errorFaults';
import type { Fault } from './fault';
import { framingFaults } from './framingFaults';
import { httpFaults } from './httpFaults';

/** All faults by name; each group's file says what its faults do. */
const all = {
  ...httpFaults,
  ...connectionFaults,
  ...endFaults,
  ...errorFaults,
  ...framingFaults,
  ...delegationFaults,
};

export type FaultName = keyof typeof all;

export const faultNames = Object.keys(all) as readonly FaultName[];

export const faults: Readonly<Record<FaultName, Fault>> = all;

export function isFaultName(value: unknown): value is FaultName {
  return typeof value === 'string' && Object.hasOwn(all, value);
}
