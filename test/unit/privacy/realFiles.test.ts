import assert from 'node:assert/strict';
import { maskSecrets } from '../../../src/privacy/masking';
import { jsonWebToken, pem, random } from './fakeSecrets';

const NONCE = 'abcd2345';

const stripe = `sk_live_${random('alphanumeric', 24)}`;
const awsId = `AKIA${random('base32', 16)}`;
const awsSecret = random('base64', 40);
const password = ['tr0ub4dor', 'Xy9'].join('&');
const sentry = `https://${random('hex', 32)}@o1.ingest.sentry.io/42`;

interface Sample {
  readonly name: string;
  readonly text: string;
  /** None of these may be left. */
  readonly secrets: readonly string[];
  /** All of these have to be left, for the model to do its work. */
  readonly kept: readonly string[];
}

const SAMPLES: readonly Sample[] = [
  {
    name: 'an environment file',
    text: [
      '# production',
      'NODE_ENV=production',
      'PORT=8080',
      `DATABASE_URL=postgres://shop:${password}@db.internal:5432/shop?sslmode=require`,
      `STRIPE_SECRET_KEY=${stripe}`,
      'STRIPE_PUBLISHABLE_KEY=pk_name',
      `AWS_ACCESS_KEY_ID=${awsId}`,
      `AWS_SECRET_ACCESS_KEY="${awsSecret}"`,
      `SENTRY_DSN=${sentry}`,
      `JWT_SECRET='${random('alphanumeric', 48)}'`,
      'SESSION_TIMEOUT=3600',
      'LOG_LEVEL=info',
      '',
    ].join('\r\n'),
    secrets: [password, stripe, awsId, awsSecret, random('alphanumeric', 48), random('hex', 32)],
    kept: [
      'PORT=8080',
      'postgres://shop:',
      '@db.internal:5432/shop?sslmode=require',
      'SESSION_TIMEOUT=3600',
      'STRIPE_PUBLISHABLE_KEY=pk_name',
    ],
  },
  {
    name: 'YAML of a deployment',
    text: [
      'apiVersion: v1',
      'kind: Secret',
      'metadata:',
      '  name: shop-credentials',
      'type: Opaque',
      'data:',
      `  username: ${Buffer.from('shop-admin').toString('base64')}`,
      `  password: ${Buffer.from(password).toString('base64')}`,
      '---',
      'apiVersion: apps/v1',
      'kind: Deployment',
      'spec:',
      '  replicas: 3',
      '  template:',
      '    spec:',
      '      containers:',
      '        - image: registry.example.com/shop:1.4.2',
      '          env:',
      '            - name: API_TOKEN',
      `              value: ${random('alphanumeric', 40, 9)}`,
      '            - name: DB_PASSWORD',
      '              valueFrom:',
      '                secretKeyRef: { name: shop-credentials, key: password }',
      '          tls.key: |',
      pem('PRIVATE KEY', 4).replaceAll(/^/gm, '            '),
      '',
    ].join('\n'),
    secrets: [
      Buffer.from('shop-admin').toString('base64'),
      Buffer.from(password).toString('base64'),
      random('alphanumeric', 40, 9),
      random('base64', 64, 1),
    ],
    kept: [
      'name: shop-credentials',
      'type: Opaque',
      'replicas: 3',
      'registry.example.com/shop:1.4.2',
      'key: password }',
      '-----BEGIN PRIVATE KEY-----',
    ],
  },
  {
    name: 'Terraform',
    text: [
      'terraform {',
      '  required_version = ">= 1.5.0"',
      '}',
      'provider "aws" {',
      '  region     = "eu-central-1"',
      `  access_key = "${awsId}"`,
      `  secret_key = "${awsSecret}"`,
      '}',
      'resource "aws_db_instance" "shop" {',
      '  engine         = "postgres"',
      '  instance_class = "db.t4g.micro"',
      `  password       = "${password}"`,
      '  username       = var.db_user',
      '}',
      'variable "api_token" {',
      '  type        = string',
      '  description = "Token of the API"',
      `  default     = "${random('alphanumeric', 32, 3)}"`,
      '}',
      '',
    ].join('\n'),
    secrets: [awsId, awsSecret, password, random('alphanumeric', 32, 3)],
    kept: ['">= 1.5.0"', '"eu-central-1"', '"db.t4g.micro"', 'var.db_user', '"Token of the API"'],
  },
  {
    name: 'a source file',
    text: [
      "import { createClient } from './client';",
      '',
      '/** Version of the API; see commit 9fceb02d0ae598e95dc970b74767f19372d61af8. */',
      "export const API_VERSION = '2024-05-01';",
      `const apiKey: string = '${random('alphanumeric', 32, 5)}';`,
      `const session = "${jsonWebToken()}";`,
      "const passwordField = document.querySelector<HTMLInputElement>('#password');",
      'export async function connect(user: string, password: string): Promise<Client> {',
      `  const token = process.env.TOKEN ?? '${random('lower', 30, 6)}';`,
      "  const headers = { Authorization: `Bearer ${token}`, 'X-Request-Id': crypto.randomUUID() };",
      `  await fetch('https://api.example.com/v1?api_key=${random('alphanumeric', 24, 7)}', { headers });`,
      '  return createClient({ user, password, apiKey, retries: 3 });',
      '}',
      '',
    ].join('\n'),
    secrets: [
      random('alphanumeric', 32, 5),
      jsonWebToken(),
      random('lower', 30, 6),
      random('alphanumeric', 24, 7),
    ],
    kept: [
      '9fceb02d0ae598e95dc970b74767f19372d61af8',
      "'2024-05-01'",
      "'#password'",
      '`Bearer ${token}`',
      'user, password, apiKey, retries: 3',
    ],
  },
];

suite('real-looking files', () => {
  for (const { name, text, secrets, kept } of SAMPLES) {
    test(`${name}: all secrets go, all the rest stays, and the way back is exact`, () => {
      const masked = maskSecrets(text, NONCE);
      for (const secret of secrets) assert.ok(!masked.text.includes(secret), `left: ${secret}`);
      for (const each of kept)
        assert.ok(masked.text.includes(each), `lost: ${each}\n${masked.text}`);
      assert.equal(masked.text.split('\n').length, text.split('\n').length);
      assert.deepEqual(masked.restore(masked.text), { text, missing: [], unknown: [] });
    });
  }

  test('a selection that ends or begins inside a private key hides what it has of it', () => {
    const lines = pem('RSA PRIVATE KEY').split('\n');
    for (const part of [lines.slice(0, 4), lines.slice(2)]) {
      const text = `before\n${part.join('\n')}`;
      const masked = maskSecrets(text, NONCE);
      for (const line of part.filter((each) => !each.startsWith('-----'))) {
        assert.ok(!masked.text.includes(line), masked.text);
      }
      assert.equal(masked.restore(masked.text).text, text);
    }
  });

  test('a key inside a JSON string keeps the string valid', () => {
    const text = JSON.stringify(
      { type: 'service_account', private_key: `${pem('PRIVATE KEY')}\n` },
      null,
      2,
    );
    const masked = maskSecrets(text, NONCE);
    const parsed = JSON.parse(masked.text) as { private_key: string };
    assert.equal(
      parsed.private_key,
      '-----BEGIN PRIVATE KEY-----\nMASKED_SECRET_abcd2345_01\n-----END PRIVATE KEY-----\n',
    );
    assert.equal(masked.restore(masked.text).text, text);
  });
});
