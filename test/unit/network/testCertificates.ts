import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';

/**
 * Certificates for tests, made when they run: a private authority, and a server's certificate of it.
 * Node can read X.509 but not write it, so the few ASN.1 structures of RFC 5280 are written here.
 */
export interface TestCertificates {
  /** PEM of the authority. */
  readonly ca: string;
  /** PEM of the server's certificate, for the names given. */
  readonly cert: string;
  /** PEM of its private key. */
  readonly key: string;
}

export interface TestCertificateOptions {
  readonly dnsNames: readonly string[];
  readonly validFrom?: Date;
  readonly validTo?: Date;
}

export function makeCertificates(options: TestCertificateOptions): TestCertificates {
  const authority = keyPair();
  const server = keyPair();
  const validity = sequence(
    time(options.validFrom ?? new Date(Date.now() - 86_400_000)),
    time(options.validTo ?? new Date(Date.now() + 86_400_000)),
  );
  const name = `Delegate Test ${randomBytes(4).toString('hex')}`;
  const issuer = distinguishedName(name);
  const caExtensions = [
    extension('2.5.29.19', sequence(der(0x01, Buffer.from([0xff])))),
    extension('2.5.29.14', octets(keyId(authority.publicKey))),
  ];
  const altNames = options.dnsNames.map((dnsName) => der(0x82, Buffer.from(dnsName)));
  const serverExtensions = [
    extension('2.5.29.17', sequence(...altNames, der(0x87, Buffer.from([127, 0, 0, 1])))),
    extension('2.5.29.35', sequence(der(0x80, keyId(authority.publicKey)))),
  ];
  const certificate = (subject: Buffer, publicKey: KeyObject, extensions: Buffer[]): string =>
    signed({ issuer, validity, subject, publicKey, extensions }, authority.privateKey);
  return {
    ca: certificate(issuer, authority.publicKey, caExtensions),
    cert: certificate(distinguishedName('server'), server.publicKey, serverExtensions),
    key: server.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

interface ToBeSigned {
  readonly issuer: Buffer;
  readonly validity: Buffer;
  readonly subject: Buffer;
  readonly publicKey: KeyObject;
  readonly extensions: readonly Buffer[];
}

/** ecdsa-with-SHA256 */
const ALGORITHM = sequence(objectId('1.2.840.10045.4.3.2'));

function signed(content: ToBeSigned, signingKey: KeyObject): string {
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    ALGORITHM,
    content.issuer,
    content.validity,
    content.subject,
    content.publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(...content.extensions)),
  );
  const signature = sign('sha256', body, signingKey);
  const certificate = sequence(
    body,
    ALGORITHM,
    der(0x03, Buffer.concat([Buffer.from([0]), signature])),
  );
  const base64 = certificate.toString('base64').replaceAll(/.{64}/g, '$&\n');
  return `-----BEGIN CERTIFICATE-----\n${base64}\n-----END CERTIFICATE-----\n`;
}

function keyPair(): { publicKey: KeyObject; privateKey: KeyObject } {
  return generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
}

function keyId(publicKey: KeyObject): Buffer {
  return createHash('sha1')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest();
}

function distinguishedName(commonName: string): Buffer {
  const attribute = sequence(objectId('2.5.4.3'), der(0x0c, Buffer.from(commonName)));
  return sequence(der(0x31, attribute));
}

function extension(id: string, value: Buffer): Buffer {
  return sequence(objectId(id), octets(value));
}

function octets(value: Buffer): Buffer {
  return der(0x04, value);
}

function time(date: Date): Buffer {
  const text = date.toISOString().replaceAll(/[-:T]/g, '').slice(0, 14);
  return der(0x18, Buffer.from(`${text}Z`));
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return der(0x30, Buffer.concat(parts));
}

function objectId(id: string): Buffer {
  const [first = 0, second = 0, ...rest] = id.split('.').map(Number);
  const bytes = [first * 40 + second];
  for (const part of rest) {
    const digits = [part & 0x7f];
    for (let left = part >>> 7; left > 0; left >>>= 7) digits.unshift((left & 0x7f) | 0x80);
    bytes.push(...digits);
  }
  return der(0x06, Buffer.from(bytes));
}

/** A value with its tag and its length, by the distinguished encoding rules. */
function der(tag: number, content: Buffer): Buffer {
  const { length } = content;
  if (length < 0x80) return Buffer.concat([Buffer.from([tag, length]), content]);
  const size = length > 0xff ? [0x82, length >> 8, length & 0xff] : [0x81, length];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}
