/** Values of `reasoning.effort`; `none` leaves the field out. */
export const REASONING_EFFORTS: readonly string[] = [
  'none',
  'minimal',
  'low',
  'medium',
  'high',
  'xhigh',
  'max',
];
