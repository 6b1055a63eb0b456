import { type FaultName, faultNames } from '../../../src/simulator/faults/faults';

/** What makes a test wait for a clock is tried on its own in the tests of the client. */
const SLOW: readonly FaultName[] = faultNames.filter((name) =>
  /silence|heartbeat|never|timeout|hang|headers|slow|connect|huge|long|retry|429/i.test(name),
);
/** Says a cost that is not the bill, which nobody could notice, or adds another account's. */
const LYING: readonly FaultName[] = ['cost-zero', 'byok'];
/** What a ledger has to come through to the bill. */
export const BILL_FAULTS = faultNames.filter(
  (name) => !SLOW.includes(name) && !LYING.includes(name),
);
