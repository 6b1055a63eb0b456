import type { SecretDetector, SecretFinding, SecretKind } from './secretFinding';
import { entropyBits, isExample, isExpression, isReference, mixesDigits } from './secretText';

/** A form in which a secret is recognised by what surrounds it; the group `secret`, `quoted` or `bare` is it. */
interface StructuredForm {
  readonly name: string;
  readonly kind: SecretKind;
  readonly pattern: RegExp;
  /** Random-looking values only, for forms that other things share. */
  readonly mustLookRandom?: boolean;
}

const FORMS: readonly StructuredForm[] = [
  // RFC 7519; the header and the payload are JSON objects, so both start with `{"` in base64url.
  {
    name: 'json-web-token',
    kind: 'web-token',
    pattern:
      /(?<!(?<!\\)[\w-])(?<secret>ey[A-Za-z0-9_-]{14,4000}\.ey[A-Za-z0-9_-]{10,8000}\.[A-Za-z0-9_-]{8,2000})/g,
  },
  // RFC 7516, five parts.
  {
    name: 'json-web-encryption',
    kind: 'web-token',
    pattern:
      /(?<!(?<!\\)[\w-])(?<secret>ey[A-Za-z0-9_-]{14,4000}\.[\w-]{0,2000}\.[\w-]{10,200}\.[\w-]{10,8000}\.[\w-]{16,200})/g,
  },
  // RFC 7235 and RFC 6750: Authorization: Bearer ..., in headers, objects and command lines.
  {
    name: 'authorization-header',
    kind: 'authorization',
    pattern:
      /authorization\\?["'`]?\]?[ \t]*(?:[:=,]|=>)[ \t]*\\?["'`]?[ \t]*(?:bearer|basic|token|digest|apikey|api-key|negotiate|ssws|bot)[ \t]+(?<secret>[\w+/.=~:-]{8,8000})/gi,
  },
  {
    name: 'bearer',
    kind: 'authorization',
    pattern: /\bBearer[ \t]+(?<secret>[\w+/.=~-]{16,8000})/g,
    mustLookRandom: true,
  },
  // RFC 3986 user information, any scheme, an empty user included. The last @ before the host counts.
  {
    name: 'url-password',
    kind: 'connection-string',
    pattern:
      /(?<![A-Za-z0-9])[a-z][a-z0-9+.-]{1,30}:\/\/[^\s:/@"'`<>]{0,200}:(?<secret>[^\s/"'`<>@]{1,400}(?:@[^\s/"'`<>@.?#]{0,100})*)@[^\s@"'`<>/]{1,300}/gi,
  },
  {
    name: 'url-token',
    kind: 'connection-string',
    pattern: /https?:\/\/(?<secret>[A-Za-z0-9_-]{20,255})(?::x-oauth-basic)?@[\w.-]{1,200}/gi,
    mustLookRandom: true,
  },
  // ADO.NET, ODBC, JDBC and Azure: Server=...;Password=...;
  {
    name: 'connection-string-field',
    kind: 'connection-string',
    pattern:
      /[;"'`][ \t]?(?:password|pwd|accountkey|sharedaccesskey|sharedsecret)[ \t]?=[ \t]?(?<secret>[^;"'`\s]{3,400})(?=;|["'`]|[ \t]*$)/gim,
  },
  // jdbc:oracle:thin:scott/tiger@host, sqlplus scott/tiger@host
  {
    name: 'oracle-login',
    kind: 'connection-string',
    pattern:
      /(?:jdbc:oracle:\w{2,6}:|\bsqlplus[ \t]+(?:-\w+[ \t]+)*)[^\s/@"']{1,100}\/(?<secret>[^\s@"'/]{3,200})(?=@)/gi,
  },
  // CREATE USER x IDENTIFIED BY '...'
  {
    name: 'sql-identified',
    kind: 'password',
    pattern:
      /\bidentified[ \t]+(?:with[ \t]+\S{1,60}[ \t]+)?(?:by|as)[ \t]+(?:password[ \t]+)?["'](?<secret>[^"'\n]{3,200})["']/gi,
  },
  // jwt.sign(claims, "..."), createHmac('sha256', '...'), new SecretKeySpec("...".getBytes(), ...)
  {
    name: 'signing-call',
    kind: 'password',
    pattern:
      /\b(?:jwt\.(?:sign|verify|encode|decode)|createHmac|create(?:Dec|C)ipheriv|SecretKeySpec|hmac\.new)\((?:[\w.]{1,60}[ \t]*,[ \t]*|["'][\w-]{2,20}["'][ \t]*,[ \t]*)?b?["'](?<secret>[^"'\n]{8,200})["']/g,
    mustLookRandom: true,
  },
  {
    name: 'url-query',
    kind: 'connection-string',
    pattern:
      /[?&](?:password|pwd|passwd|api_?key|access_?token|auth_?token|client_?secret|secret|sig|signature|token)=(?<secret>[\w%+/=.~-]{8,2000})/gi,
    mustLookRandom: true,
  },
  // curl -u user:password
  {
    name: 'curl-user',
    kind: 'authorization',
    pattern:
      /\bcurl\b[^\n]{0,400}?[ \t](?:-u|--user|-U|--proxy-user)[ \t=]?["']?[^\s:"']{1,100}:(?<secret>[^\s"']{3,200})/g,
  },
  // mysql -pSECRET, with nothing between; https://dev.mysql.com/doc/refman/en/connecting.html
  {
    name: 'mysql-password',
    kind: 'password',
    pattern:
      /\b(?:mysql|mariadb)(?:-?(?:dump|admin|show|import|check|binlog|pump|sh|slap))?\b[^\n|;&]{0,300}?[ \t]["']?-p(?:["'](?<quoted>[^"'\n]{2,200})["']|(?<bare>[^\s"'`|;&]{2,200}))/g,
  },
  // Commands whose option for the password is a letter: sshpass -p, redis-cli -a, sqlcmd -P
  {
    name: 'command-password',
    kind: 'password',
    pattern:
      /\b(?:(?:sshpass|mongo(?:sh|dump|restore|export|import)?|docker login|podman login|helm registry login|rabbitmqadmin|clickhouse-client|az login|cf login)\b[^\n|;&]{0,300}?[ \t]-p|redis-cli\b[^\n|;&]{0,300}?[ \t]-a|(?:sqlcmd|bcp)\b[^\n|;&]{0,300}?[ \t]-P|ldap(?:search|modify|add|delete|passwd)\b[^\n|;&]{0,300}?[ \t]-w)[ \t=]?(?:["'](?<quoted>[^"'\n]{2,200})["']|(?<bare>[^\s"'`|;&-][^\s"'`|;&]{1,200}))/g,
  },
  // openssl -passin pass:SECRET; https://docs.openssl.org/master/man1/openssl-passphrase-options
  {
    name: 'openssl-password',
    kind: 'password',
    pattern: /[ \t]-pass(?:in|out)?[ \t]+["']?pass:(?<secret>[^\s"'`]{2,200})/g,
  },
  // https://www.gnu.org/software/inetutils: machine ... login ... password ...
  {
    name: 'netrc',
    kind: 'password',
    pattern:
      /(?:^|\s)(?:machine[ \t]+\S{1,200}|default)\s{1,8}login[ \t]+\S{1,200}\s{1,8}password[ \t]+(?<secret>\S{3,200})/g,
  },
  // variable "db_password" { default = "..." } in Terraform
  {
    name: 'terraform-variable',
    kind: 'password',
    pattern:
      /variable[ \t]+"[^"\n]{0,80}(?:password|passwd|secret|token|api_?key|private_?key|access_?key)[^"\n]{0,20}"\s*\{[^{}]{0,600}?\bdefault\s*=\s*"(?<secret>[^"\n]{4,400})"/gi,
  },
  // - name: DB_PASSWORD, value: ... in Kubernetes, ECS and Compose
  {
    name: 'name-value-pair',
    kind: 'password',
    pattern:
      /["']?name["']?[ \t]*[:=][ \t]*["']?[\w.-]{0,60}(?:PASSWORD|PASSWD|PASSPHRASE|_PASS|SECRET|TOKEN|(?:API|PRIVATE|ACCESS|ENCRYPTION|SIGNING|MASTER|LICENSE|SERVICE)[_-]?KEY)["']?,?\s{1,40}["']?value["']?[ \t]*[:=][ \t]*["']?(?<secret>[^\s"',{}[\]]{4,400})/gi,
  },
  // crypt(3) hashes: bcrypt, scrypt, yescrypt, SHA-crypt, argon2, Apache MD5
  {
    name: 'password-hash',
    kind: 'password-hash',
    pattern:
      /(?<secret>\$(?:2[abxy]\$\d\d\$[./A-Za-z0-9]{53}|argon2(?:id|i|d)\$[^\s"'`]{40,400}|(?:6|5|1|apr1|y|7|scrypt)\$[^\s"'`:]{1,80}\$[./A-Za-z0-9]{20,200}))/g,
  },
];

/** Finds secrets by their surroundings: headers, URLs, connection strings, command lines. */
export const findStructuredSecrets: SecretDetector = (text) => {
  const findings: SecretFinding[] = [];
  for (const form of FORMS) {
    for (const match of text.matchAll(form.pattern)) {
      const { secret: whole, quoted, bare } = match.groups ?? {};
      const secret = whole ?? quoted ?? bare ?? '';
      if (secret === '' || !isPlausible(secret, form)) continue;
      const start = match.index + match[0].lastIndexOf(secret);
      findings.push({ start, end: start + secret.length, kind: form.kind, rule: form.name });
    }
  }
  return findings;
};

const USUAL_WORDS =
  /^(?:pass(?:word|wd)?|pwd|pw|user(?:name)?|secret|token|key|api[-_]?key|credentials?|auth)$/i;

function isPlausible(secret: string, form: StructuredForm): boolean {
  if (isReference(secret) || isExample(secret) || USUAL_WORDS.test(secret)) return false;
  if (form.name === 'connection-string-field' && isExpression(secret)) return false;
  if (form.kind === 'web-token' || form.kind === 'password-hash') return true;
  return form.mustLookRandom !== true || (mixesDigits(secret) && entropyBits(secret) >= 2.75);
}
