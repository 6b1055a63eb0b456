import assert from 'node:assert/strict';
import { maskSecrets } from '../../../src/privacy/masking';
import { random } from './fakeSecrets';

const VALUE = random('alphanumeric', 20);
const [HALF, REST] = [VALUE.slice(0, 10), VALUE.slice(10)];

/** How languages and formats give a value to a name; `$` is the value. */
const FORMS: readonly string[] = [
  'public string Password { get; set; } = "$";',
  'const apiKey: string =\n  "$";',
  '"password":\n  "$"',
  'password = (\n    "$"\n)',
  'password ?= $',
  'API_KEY := $',
  '// password: $',
  '# password $',
  'requirepass $',
  'ENV DB_PASSWORD $',
  'api_key    $',
  '| API_KEY | $ |',
  '- **Password:** $',
  'The password is "$"',
  '<key>apiToken</key>\n<string>$</string>',
  '<password encrypted="false">$</password>',
  '<entry key="password">$</entry>',
  '<setting name="Password" serializeAs="String"><value>$</value></setting>',
  '<meta name="api-token" content="$">',
  'set(API_KEY "$")',
  '{:password "$"}',
  "CREATE USER bob WITH PASSWORD '$';",
  "CREATE USER bob IDENTIFIED BY '$';",
  'password = [[$]]',
  'password = """$"""',
  "password = '''$'''",
  'char password[] = "$";',
  'password <- "$"',
  '#define API_KEY @"$"',
  'const token = process.env.TOKEN_OF_MINE || "$";',
  "token = os.getenv('MINE', '$')",
  'POSTGRES_PASSWORD: ${POSTGRES_PASSWORD:-$}',
  'POSTGRES_PASSWORD: ${OTHER:-$}',
  'password: ${db.password:$}',
  'let password = String::from("$");',
  'password := []byte("$")',
  'secrets: ["$"]',
  'password: !!str $',
  'password: &pw $',
  '{password: $, user: me}',
  "curl -H 'X-Api-Key: $' https://example.com",
  "requests.get(url, auth=('me', '$'))",
  'new Credentials("me", "$")',
  'jwt.sign(claims, "$")',
  "createHmac('sha256', '$')",
  'new SecretKeySpec("$".getBytes(), "AES")',
  'wget --password=$&more https://example.com',
  '{"name": "SIGNING_KEY", "value": "$"}',
  '- name: SMTP_PASS\n  value: $',
  'secret_key_base: $',
  'kennwort = "$"',
  'pw = "$"',
  'Data Source=db;User ID=sa;Password = $;',
  'Server=db;Uid=sa;Pwd=$',
  'jdbc:oracle:thin:scott/$@//db:1521/orcl',
];

/** The same places with what is not a secret. */
const HARMLESS: readonly string[] = [
  'public string Password { get; set; } = "Password";',
  'const token: string =\n  "access";',
  'token := parseToken2(text)',
  '// password: the text that a user types',
  '// token: string2',
  'Password  sql.NullString',
  'type Token   OAuth2Config',
  '| token | string | The token of a request |',
  '| type Token | Keyword2 |',
  '<string name="password">Password</string>',
  '<entry key="password_hint">At least 8 characters</entry>',
  "createToken('NUMERICIDENTIFIER', '0|[1-9]\\\\d*')",
  'const token = process.env.TOKEN || "";',
  'password: ${DB_PASSWORD:-password}',
  'const key = getKey("colors.primary.500");',
  'secrets: inherit',
  'tokens: ["identifier", "string2"]',
  '{password: password1, user: me}',
  'new Credentials("me", "default_value_2")',
  'private_key: "_EllipticCurvePrivateKey"',
  'let secret = Some("token_kind");',
];

suite('values given to names that announce a secret', () => {
  for (const form of FORMS) {
    test(`are masked in ${JSON.stringify(form)}`, () => {
      const text = form.replace(/\$(?!\{)/, VALUE);
      const masked = maskSecrets(text, 'abcd2345');
      assert.ok(!masked.text.includes(VALUE), masked.text);
      assert.equal(masked.restore(masked.text).text, text);
      assert.equal(masked.text.split('\n').length, text.split('\n').length);
    });
  }

  for (const joint of ['" + "', '" . "', '"\n  "', '" +\n  "', '"\n  + "']) {
    test(`are masked in pieces joined by ${JSON.stringify(joint)}`, () => {
      const masked = maskSecrets(`password = ("${HALF}${joint}${REST}")`, 'abcd2345');
      assert.ok(!masked.text.includes(HALF) && !masked.text.includes(REST), masked.text);
    });
  }

  test('do not take the next name for a piece of theirs', () => {
    const masked = maskSecrets(`"password": "${VALUE}"\n"user": "me"\n`, 'abcd2345');
    assert.match(masked.text, /\n"user": "me"\n$/);
  });

  test('are looked for in time that grows with the text alone', function () {
    this.timeout(20_000);
    const blanks = ' '.repeat(200_000);
    for (const text of [`password${blanks}`, `password =${blanks}`, `auth = ${blanks}("a"`]) {
      assert.equal(maskSecrets(text, 'abcd2345').secretCount, 0);
    }
  });

  for (const text of HARMLESS) {
    test(`stay in ${JSON.stringify(text)}`, () => {
      assert.equal(maskSecrets(text, 'abcd2345').text, text);
    });
  }
});
