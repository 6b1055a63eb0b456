/** Faults by group; each group's file says what its faults do. */
export const faultNames = ['400'] as const;

export type FaultName = (typeof faultNames)[number];

export function isFaultName(value: unknown): value is FaultName {
  return (faultNames as readonly unknown[]).includes(value);
}
