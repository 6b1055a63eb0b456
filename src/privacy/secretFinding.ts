/**
 * What a found secret is, for the counts that a user sees before sending.
 *
 * - `private-key`: the body of a PEM, OpenSSH, PGP or PuTTY private key.
 * - `token`: a credential whose published format gives it away.
 * - `web-token`: a JSON Web Token.
 * - `authorization`: the credentials of an HTTP Authorization header.
 * - `connection-string`: the password in a URL or a database connection string.
 * - `password`: a value assigned to a name that says it is secret.
 * - `password-hash`: a stored hash of a password.
 */
export type SecretKind =
  | 'private-key'
  | 'token'
  | 'web-token'
  | 'authorization'
  | 'connection-string'
  | 'password'
  | 'password-hash';

/** A stretch of text to be masked; offsets are UTF-16 code units, `end` is exclusive. */
export interface SecretFinding {
  readonly start: number;
  readonly end: number;
  readonly kind: SecretKind;
  /** Which rule found it, for tests and for the figures in the documentation. */
  readonly rule: string;
  /** Findings of one secret that spans several lines share a number, so that it counts once. */
  readonly block?: number;
}

/** One way to find secrets. Detectors are pure and take linear time, as selections may be large. */
export type SecretDetector = (text: string) => SecretFinding[];
