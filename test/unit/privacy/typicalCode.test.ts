import assert from 'node:assert/strict';
import { maskSecrets } from '../../../src/privacy/masking';
import { random } from './fakeSecrets';

/** Text that looks like secrets to a careless rule and has to stay as it is. */
const HARMLESS: readonly (readonly [string, string])[] = [
  ['a commit', `git checkout ${random('hex', 40)}`],
  ['a UUID', 'const id = "3f2504e0-4f89-41d3-9a0c-0305e82c3301";'],
  ['a checksum', `sha256: ${random('hex', 64)}`],
  ['an npm lock file', `"integrity": "sha512-${random('base64', 86)}==",`],
  [
    'a yarn lock file',
    `  resolved "https://registry.yarnpkg.com/a/-/a-1.0.0.tgz#${random('hex', 40)}"`,
  ],
  ['a Cargo lock file', `checksum = "${random('hex', 64)}"`],
  ['a go.sum line', `golang.org/x/net v0.30.0 h1:${random('base64', 43)}=`],
  ['a base64 image', `src="data:image/png;base64,iVBORw0KGgo${random('base64', 400)}=="`],
  [
    'a certificate',
    `-----BEGIN CERTIFICATE-----\n${random('base64', 64)}\n-----END CERTIFICATE-----`,
  ],
  ['a public key', `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${random('base64', 43)} me@example.com`],
  ['a content security hash', `script-src 'sha256-${random('base64', 43)}='`],
  ['an environment variable in code', 'const token = process.env.API_TOKEN;'],
  ['an environment variable in YAML', 'password: ${DB_PASSWORD}'],
  ['a template', 'password: {{ .Values.database.password }}'],
  ['a shell variable', 'export API_KEY="$OTHER_KEY"'],
  ['a command substitution', 'TOKEN=$(cat token.txt)'],
  ['a GitHub workflow', 'token: ${{ secrets.GITHUB_TOKEN }}'],
  ['a Terraform reference', 'password = var.db_password'],
  ['an example file', 'API_KEY=your-api-key-here'],
  ['another example file', 'SECRET_KEY=changeme'],
  ['a masked value', 'password: ********'],
  ['a type', 'interface Login { password: string; token?: string }'],
  ['a parameter', 'function login(user: string, password: string): Promise<Token> {'],
  ['a call', 'const token = await getToken(user);'],
  ['a member', 'this.token = options.token;'],
  ['a keyword argument', 'connect(user=user, password=password)'],
  ['a label', '"password": "Password",'],
  ['a long label', 'label: { password: "Enter your password again" }'],
  ['a field name', "const PASSWORD_FIELD = 'new_password';"],
  ['an input', '<input type="password" name="password" autocomplete="current-password">'],
  ['a header name', "const API_KEY_HEADER = 'X-Api-Key';"],
  ['a token kind', "if (token.type === 'identifier') return;"],
  ['a token limit', 'max_tokens: 4096, "completion_tokens": 1200'],
  ['a page token', 'nextPageToken: "CAUQAA2f3x9"'],
  ['a public key name', 'STRIPE_PUBLIC_KEY=pk_name'],
  ['a URL without a password', 'https://user@example.com:8443/path?page=2'],
  ['an address with a port', 'redis://cache.example.com:6379/0'],
  ['documentation of a URL', 'postgres://user:password@localhost/db'],
  ['a bearer in prose', 'The bearer token is sent in the Authorization header.'],
  ['a scheme', 'Authorization: Bearer ${token}'],
  ['a path', 'private_key = "/etc/ssl/private/server.key"'],
  ['a package version', '"password-generator": "^2.3.2"'],
  ['a working directory', 'PWD=/home/me/project1'],
  ['a keyboard key', 'if (event.key === "Enter2") submit();'],
  ['a CSS class', '<div class="sk-folding-cube1 key-value-2">'],
  ['a design token', '{ "token": "colors.primary.500", "designToken": "spacing-4" }'],
  ['a size of a design system', '"token": "space.2xl"'],
  ['a colour', '"token": "#1f2a34ff"'],
  ['a colour function', '"token": "rgb(31,42,52)"'],
  ['a custom property', '"token": "--color-blue-500"'],
  ['a neutral of a palette', '"token": "md.ref.palette.neutral98"'],
  ['the key of a translation', '"token": "errors.auth.token_expired_401"'],
  ['the key of a translated label', '"password": "login.step2.label"'],
  ['a label in another language', 'password: "mot de passe oublié"'],
  ['a rule for passwords', '"password": "at least 8 characters"'],
  ['a type with a number', '"authToken": "OAuth2Token"'],
  ['a digest type', '"token": "Base64String"'],
  ['a constant', '"token": "AUTH_TOKEN_V2"'],
  ['an environment variable in a string', '"token": "process.env.API_TOKEN_2"'],
  ['a PowerShell variable', 'token: $env:API_TOKEN2'],
  ['a Symfony parameter', '"token": "%env(API_TOKEN2)%"'],
  ['a Key Vault reference', '"token": "@Microsoft.KeyVault(SecretUri=https://x.vault)"'],
  ['a template mark', '"token": "__TOKEN_2__"'],
  ['prose with a colon', 'Secret: keep it safe always'],
  ['a prompt for the password', 'mysql -u root -p shop'],
  ['a port', 'docker run -p 8080:80 mysql'],
  ['a help text', 'password_help: |\n  Enter your password\n'],
  ['the address of tokens', 'token_url: >\n  https://example.com/token\n'],
  [
    'code that knows keys',
    'if (text.startsWith("-----BEGIN PRIVATE KEY-----")) {\n  return parsePrivateKeyMaterial(text);\n}\nassert("-----END PRIVATE KEY-----");',
  ],
];

suite('typical code', () => {
  for (const [name, text] of HARMLESS) {
    test(`${name} is left alone`, () => {
      const masked = maskSecrets(text, 'abcd2345');
      assert.equal(masked.text, text);
      assert.equal(masked.secretCount, 0);
    });
  }
});
