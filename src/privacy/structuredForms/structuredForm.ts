import type { SecretKind } from '../secretFinding';

/**
 * A form in which a secret is recognised by what surrounds it; the group `secret`, `quoted` or `bare`
 * is it. The tables in this folder are data. Each pattern begins with fixed text and has bounds, so
 * that matching takes linear time.
 */
export interface StructuredForm {
  readonly name: string;
  readonly kind: SecretKind;
  readonly pattern: RegExp;
  /** Random-looking values only, for forms that other things share. */
  readonly mustLookRandom?: boolean;
}
