import assert from 'node:assert/strict';
import { maskSecrets } from '../../../src/privacy/masking';
import { random } from './fakeSecrets';

const VALUE = random('alphanumeric', 20);

/** Where a secret stands without a name of its own; `§` is the secret. */
const FORMS: readonly string[] = [
  'http -a admin:§ https://api.example.com',
  'http --auth=admin:§ https://api.example.com',
  'echo "§" | docker login -u me --password-stdin',
  'echo § | docker login -u me --password-stdin registry.example.com',
  "printf '%s' '§' | podman login --password-stdin",
  'docker login -u me --password-stdin <<< "§"',
  'echo § | sudo -S systemctl restart shop',
  'echo "root:§" | chpasswd',
  'htpasswd -b .htpasswd bob §',
  'htpasswd -nbB bob §',
  'htpasswd -cb /etc/nginx/.htpasswd bob "§"',
  'wpa_passphrase home §',
  'net user bob § /add',
  'net use \\\\server\\share § /user:bob',
  'zip -P § backup.zip notes',
  'unzip -P "§" backup.zip',
  '7z x -p§ backup.7z',
  'rar a -hp§ backup.rar notes',
  'openssl enc -aes-256-cbc -k § -in notes',
  'useradd -m -p § bob',
  'snmpget -v3 -u bob -A § host',
  'aws ssm put-parameter --name /shop/db --value "§" --type SecureString',
  'gh secret set API --body "§"',
  'az keyvault secret set --vault-name v --name n --value §',
  'npm config set //registry.example.com/:_authToken §',
  'expect "Password:" { send "§\\r" }',
  'java -Ddb.password=§ -jar shop.jar',
  'my $password = q(§);',
  'my $password = qq{§};',
  'password = %q[§]',
  "ENV.fetch('API_KEY') { '§' }",
  "ENV['API_KEY'] ||= '§'",
  'SECRET_KEY = env("SECRET_KEY", default="§")',
  '@Value("§")\nprivate String dbPassword;',
  'smtp.login("me@example.com", "§")',
  'imap.login(user, "§")',
  "await client.login('§')",
  'bot.run("§")',
  'app.use(cookieParser("§"))',
  'cipher = Fernet(b"§")',
  'new PDO("mysql:host=db", "shop", "§")',
  '$db = mysqli_connect("db", "shop", "§", "orders");',
  'DriverManager.getConnection(url, "sa", "§")',
  'hashlib.pbkdf2_hmac("sha256", b"§", salt, 1)',
  'WiFi.begin(ssid, "§");',
  'ConvertTo-SecureString "§" -AsPlainText -Force',
  'ConvertTo-SecureString -AsPlainText -Force "§"',
  'password:\n  §',
  'Cookie: theme=dark; session_id=§',
  "headers['Set-Cookie'] = 'sid=§; HttpOnly'",
  'proxy = bob:§@proxy.example.com:8080',
  "SET PASSWORD FOR 'bob' = '§'",
  "SELECT AES_ENCRYPT(card, '§')",
  'contraseña = "§"',
  'motdepasse: §',
  'mot_de_passe = "§"',
  'hasło = "§"',
  'пароль = "§"',
  'データベースのパスワード: "§"',
  '数据库密码 = "§"',
  'pin_code: §',
];

/** The same places with what is no secret. */
const HARMLESS: readonly string[] = [
  'http -a user:$PASSWORD https://api.example.com',
  'https://example.com/a/b2 -a x',
  'echo "$TOKEN" | docker login --password-stdin',
  'echo done2 | tee log',
  'zip -r release2.zip dist',
  'openssl enc -d -in notes2',
  'my $password = q(password);',
  'ENV.fetch("API_KEY") { raise "API_KEY is missing" }',
  'env("SECRET_KEY", default="changeme")',
  '@Value("${db.password}")\nprivate String dbPassword;',
  'client.login("admin")',
  'animation.begin("fade", "slow2")',
  'password:\n  required: true',
  'token:\n  - identifier2',
  'password:\n  string',
  'Cookie: theme=dark2light',
  'mailto:bob1984x@example.com',
  'npm:string-width4x@npm.example.com',
  'git@github.example.com:shop/orders2.git',
  'SELECT AES_ENCRYPT(card, @secret)',
  'clave: "nombre"',
  'contraseña: "Contraseña"',
  '密码: "请输入密码"',
  'pin_code: 560001',
  'net user bob /delete',
];

suite('secrets known by what surrounds them', () => {
  for (const form of FORMS) {
    test(`are masked in ${JSON.stringify(form)}, and nothing else`, () => {
      const text = form.replace('§', VALUE);
      const masked = maskSecrets(text, 'abcd2345');
      assert.equal(masked.text.replace('MASKED_SECRET_abcd2345_01', '§'), form);
      assert.equal(masked.restore(masked.text).text, text);
    });
  }

  for (const text of HARMLESS) {
    test(`stay in ${JSON.stringify(text)}`, () => {
      assert.equal(maskSecrets(text, 'abcd2345').text, text);
    });
  }

  test('are looked for in time that grows with the text alone', function () {
    this.timeout(20_000);
    const blanks = ' '.repeat(100_000);
    const heads = ['echo ', 'http -a ', 'cookie: ', 'expect "Password"', 'password:\n', '@Value('];
    for (const head of [...heads, 'mysqli_connect(', 'a.login("b",', 'q(', 'gh secret set ']) {
      for (const text of [
        `${head}${blanks}x`,
        head.repeat(10_000),
        `${head}${'a'.repeat(100_000)}`,
      ]) {
        maskSecrets(text, 'abcd2345');
      }
    }
  });
});
