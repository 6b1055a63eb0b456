import assert from 'node:assert/strict';
import { maskSecrets } from '../../../src/privacy/masking';
import { jsonWebToken, pem, random } from './fakeSecrets';

const NONCE = 'abcd2345';

/** What OpenAI's keys have in their middle. */
const OPENAI_MARK = ['T3Blbk', 'FJ'].join('');

/** Credentials in the forms that providers publish; the names are the providers'. */
const CREDENTIALS: readonly (readonly [string, string])[] = [
  ['OpenRouter', `sk-or-v1-${random('hex', 64)}`],
  ['Anthropic', `sk-ant-api03-${random('base64url', 93)}AA`],
  [
    'OpenAI project',
    `sk-proj-${random('alphanumeric', 74)}${OPENAI_MARK}${random('alphanumeric', 74)}`,
  ],
  ['OpenAI', `sk-${random('alphanumeric', 20)}${OPENAI_MARK}${random('alphanumeric', 20, 2)}`],
  ['Groq', `gsk_${random('alphanumeric', 52)}`],
  ['Hugging Face', `hf_${random('letters', 34)}`],
  ['Replicate', `r8_${random('alphanumeric', 37)}`],
  ['Perplexity', `pplx-${random('alphanumeric', 48)}`],
  ['xAI', `xai-${random('alphanumeric', 80)}`],
  ['GitHub classic', `ghp_${random('alphanumeric', 36)}`],
  ['GitHub app', `ghs_${random('alphanumeric', 36)}`],
  ['GitHub fine-grained', `github_pat_${random('alphanumeric', 22)}_${random('alphanumeric', 59)}`],
  ['GitLab', `glpat-${random('alphanumeric', 20)}`],
  ['GitLab CI', `glcbt-64_${random('alphanumeric', 20)}`],
  ['Bitbucket', `ATBB${random('alphanumeric', 32)}`],
  ['Atlassian', `ATATT3${random('base64url', 180)}`],
  ['npm', `npm_${random('alphanumeric', 36)}`],
  ['PyPI', `pypi-AgEIcHlwaS5vcmc${random('base64url', 120)}`],
  ['RubyGems', `rubygems_${random('hex', 48)}`],
  ['NuGet', `oy2${random('lower', 43)}`],
  ['Docker Hub', `dckr_pat_${random('base64url', 27)}`],
  ['AWS access key', `AKIA${random('base32', 16)}`],
  ['AWS session key', `ASIA${random('base32', 16)}`],
  ['Google API', `AIza${random('base64url', 35)}`],
  ['Google OAuth', `GOCSPX-${random('base64url', 28)}`],
  ['Azure AD', `${random('alphanumeric', 3)}8Q~${random('alphanumeric', 34)}`],
  ['DigitalOcean', `dop_v1_${random('hex', 64)}`],
  ['Heroku', `HRKU-AA${random('base64url', 58)}`],
  ['Netlify', `nfp_${random('alphanumeric', 40)}`],
  ['Supabase', `sbp_${random('hex', 40)}`],
  ['PlanetScale', `pscale_tkn_${random('base64url', 43)}`],
  ['Databricks', `dapi${random('hex', 32)}`],
  ['HashiCorp Vault', `hvs.${random('base64url', 95)}`],
  ['Terraform Cloud', `${random('alphanumeric', 14)}.atlasv1.${random('base64url', 67)}`],
  ['Doppler', `dp.pt.${random('alphanumeric', 43)}`],
  ['Pulumi', `pul-${random('hex', 40)}`],
  [
    '1Password',
    `A3-${random('upper', 6)}-${random('upper', 11)}-${random('upper', 5)}-${random('upper', 5, 2)}-${random('upper', 5, 3)}`,
  ],
  ['age', `AGE-SECRET-KEY-1${random('base32', 58).replaceAll(/[BIO]/g, 'Q')}`],
  ['Tailscale', `tskey-auth-${random('alphanumeric', 12)}-${random('alphanumeric', 32)}`],
  ['Grafana', `glsa_${random('alphanumeric', 32)}_${random('hex', 8)}`],
  ['New Relic', `NRAK-${random('upper', 27)}`],
  ['Sentry', `sntrys_${random('base64', 120)}`],
  [
    'Slack bot',
    `xoxb-${random('digits', 12)}-${random('digits', 13)}-${random('alphanumeric', 24)}`,
  ],
  ['Slack app', `xapp-1-A${random('upper', 10)}-${random('digits', 13)}-${random('hex', 64)}`],
  [
    'Discord',
    `M${random('alphanumeric', 25)}.${random('alphanumeric', 6)}.${random('base64url', 38)}`,
  ],
  ['Telegram', `${random('digits', 10).replace(/^0/, '7')}:AA${random('base64url', 33)}`],
  ['Stripe live', `sk_live_${random('alphanumeric', 24)}`],
  ['Stripe webhook', `whsec_${random('alphanumeric', 32)}`],
  ['Square', `sq0atp-${random('base64url', 22)}`],
  ['Shopify', `shpat_${random('hex', 32)}`],
  ['Twilio', `SK${random('hex', 32)}`],
  ['SendGrid', `SG.${random('alphanumeric', 22)}.${random('alphanumeric', 43)}`],
  ['Mailgun', `key-${random('hex', 32)}`],
  ['Mailchimp', `${random('hex', 32)}-us12`],
  ['Brevo', `xkeysib-${random('hex', 64)}-${random('alphanumeric', 16)}`],
  ['Figma', `figd_${random('base64url', 44)}`],
  ['Linear', `lin_api_${random('alphanumeric', 40)}`],
  ['Notion', `ntn_${random('digits', 11)}${random('alphanumeric', 35)}`],
  ['Airtable', `pat${random('alphanumeric', 14)}.${random('hex', 64)}`],
  ['Postman', `PMAK-${random('hex', 24)}-${random('hex', 34)}`],
  ['Mapbox', `sk.${random('alphanumeric', 80)}.${random('alphanumeric', 22)}`],
  ['JSON Web Token', jsonWebToken()],
];

/** A password that no rule knows by its form. */
const PASSWORD = ['tr0ub4dor', 'Xy9'].join('&');
const KEY = random('alphanumeric', 32, 5);
/** Without what a shell would take for its own. */
const SHELL_PASSWORD = ['tr0ub4dor', 'Xy9'].join('.');

/** Ways to write a secret down; `@` is the secret, and everything else has to stay. */
const ASSIGNMENTS: readonly (readonly [string, string, string])[] = [
  ['.env', 'DB_PASSWORD=@', PASSWORD],
  ['.env, exported and quoted', 'export API_TOKEN="@"', KEY],
  ['.env, with a comment', 'SECRET_KEY=@ # rotate in May', KEY],
  ['Dockerfile', 'ENV ADMIN_PASSWORD=@', PASSWORD],
  ['compose', '      - POSTGRES_PASSWORD=@', PASSWORD],
  ['YAML', '  password: @', PASSWORD],
  ['YAML, quoted', "  apiKey: '@'", KEY],
  ['properties', 'spring.datasource.password=@', PASSWORD],
  ['ini', 'password = @', PASSWORD],
  ['TOML', 'secret_key = "@"', KEY],
  ['JSON', '  "clientSecret": "@",', KEY],
  ['JSON in a string', '{\\"password\\":\\"@\\"}', 'hunter2x9'],
  ['Terraform', '  master_password = "@"', PASSWORD],
  ['Terraform variable', 'variable "db_password" {\n  type = string\n  default = "@"\n}', PASSWORD],
  ['TypeScript', "const apiKey: string = '@';", KEY],
  ['Python', 'password = "@"', PASSWORD],
  ['Python, annotated', 'token: str = "@"', KEY],
  ['Python, subscript', 'config["password"] = "@"', PASSWORD],
  ['Python, default', 'os.getenv("API_KEY", "@")', KEY],
  ['JavaScript, default', 'const token = process.env.TOKEN || "@";', KEY],
  ['Go', 'const apiSecret string = "@"', KEY],
  ['Go, short', 'password := "@"', PASSWORD],
  ['C#', 'var password = @"@";', 'S3cr3tPass'],
  ['Java', 'dataSource.setPassword("@");', PASSWORD],
  ['Ruby', ':password => "@"', PASSWORD],
  ['PHP', "define('DB_PASSWORD', '@');", KEY],
  ['XML', '<password>@</password>', PASSWORD],
  ['XML, attribute', '<add key="ApiKey" value="@" />', KEY],
  ['command line', 'deploy --token @ --verbose', KEY],
  ['command line, joined', 'mysql --password=@ shop', 'hunter2x9'],
  ['curl', 'curl -u admin:@ https://example.com', PASSWORD],
  ['header', 'Authorization: Bearer @', KEY],
  ['header in code', "headers: { 'Authorization': 'Basic @' }", random('base64', 24)],
  ['header by name', 'request.addHeader("X-Api-Key", "@")', KEY],
  ['npmrc', '//registry.example.com/:_authToken=@', KEY],
  ['netrc', 'machine example.com login me password @', PASSWORD],
  ['PostgreSQL URL', 'postgres://app:@@db.example.com:5432/shop', 'S3cr3tPass'],
  ['Redis URL', 'redis://:@@cache.example.com:6379/0', KEY],
  ['MongoDB URL', 'mongodb+srv://app:@@cluster0.example.net/shop?w=majority', 'S3cr3t%21Pass'],
  ['ADO.NET', '"Server=db;Database=shop;User Id=app;Password=@;"', 'S3cr3tPass!'],
  [
    'Azure Storage',
    'AccountName=shop;AccountKey=@;EndpointSuffix=core.windows.net',
    `${random('base64', 86)}==`,
  ],
  ['URL query', 'https://api.example.com/v1?access_token=@', KEY],
  ['Kubernetes environment', '- name: DB_PASSWORD\n  value: "@"', PASSWORD],
  [
    'Kubernetes Secret',
    'apiVersion: v1\nkind: Secret\ndata:\n  username: @',
    Buffer.from('administrator').toString('base64'),
  ],
  ['mysql, with nothing between', 'mysql -u root -p@ shop', SHELL_PASSWORD],
  ['mysqldump, quoted', "mysqldump -h db -p'@' shop", SHELL_PASSWORD],
  ['sshpass', 'sshpass -p @ ssh host', SHELL_PASSWORD],
  ['redis-cli', 'redis-cli -h cache -a @', SHELL_PASSWORD],
  ['docker login', 'docker login -u me -p @ registry.example.com', SHELL_PASSWORD],
  ['openssl', 'openssl rsa -in key.pem -passin pass:@', SHELL_PASSWORD],
  ['a pass phrase', 'passphrase: "@"', 'correct horse battery staple'],
  ['a pass phrase without quotes', 'passphrase: @', 'correct horse battery staple'],
  ['a pass phrase on a command line', 'gpg --passphrase "@" -d x', 'correct horse battery staple'],
  ['a YAML block', 'db:\n  password: |\n    @\nport: 1', PASSWORD],
  ['a folded YAML block', '- api_token: >-\n    @\n  port: 1', KEY],
  ['AWS credentials', 'aws_secret_access_key = @', random('base64', 40)],
  ['bcrypt', 'admin:@', ['', '2b', '12', random('alphanumeric', 53)].join('$')],
];

suite('published secret formats', () => {
  for (const [name, credential] of CREDENTIALS) {
    test(`a ${name} credential is masked wherever it stands`, () => {
      for (const text of [
        `// seen ${credential} here`,
        `call("${credential}")`,
        `x: ${credential}`,
        `"a\\n${credential}\\n"`,
      ]) {
        const masked = maskSecrets(text, NONCE);
        assert.ok(!masked.text.includes(credential), `still there: ${masked.text}`);
        assert.equal(masked.secretCount, 1, masked.text);
        assert.equal(masked.restore(masked.text).text, text);
      }
    });
  }

  for (const [name, form, secret] of ASSIGNMENTS) {
    test(`a secret in ${name} is masked and nothing else`, () => {
      const at = name === 'C#' ? form.lastIndexOf('@') : form.indexOf('@');
      const text = form.slice(0, at) + secret + form.slice(at + 1);
      const masked = maskSecrets(text, NONCE);
      assert.match(masked.text, /MASKED_SECRET_abcd2345_01/);
      assert.equal(masked.text.replace(/MASKED_SECRET_abcd2345_01/, '@'), form);
      assert.equal(masked.restore(masked.text).text, text);
    });
  }

  for (const label of [
    'PRIVATE KEY',
    'RSA PRIVATE KEY',
    'EC PRIVATE KEY',
    'OPENSSH PRIVATE KEY',
    'PGP PRIVATE KEY BLOCK',
  ]) {
    test(`the lines of a ${label} are masked one by one and count once`, () => {
      const text = `key: |\n${pem(label).replaceAll(/^/gm, '  ')}\nport: 8080\n`;
      const masked = maskSecrets(text, NONCE);
      assert.deepEqual(masked.secrets, { 'private-key': 1 });
      assert.equal(masked.text.split('\n').length, text.split('\n').length);
      assert.ok(masked.text.includes(`  -----BEGIN ${label}-----\n  MASKED_SECRET_abcd2345_01\n`));
      assert.ok(masked.text.endsWith(`\n  -----END ${label}-----\nport: 8080\n`));
      assert.equal(masked.restore(masked.text).text, text);
    });
  }
});
