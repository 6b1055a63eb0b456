import type { StructuredForm } from './structuredForm';

/** Headers, addresses, connection strings, queries and files that hold logins. */
export const dataForms: readonly StructuredForm[] = [
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
  {
    name: 'url-query',
    kind: 'connection-string',
    pattern:
      /[?&](?:password|pwd|passwd|api_?key|access_?token|auth_?token|client_?secret|secret|sig|signature|token)=(?<secret>[\w%+/=.~-]{8,2000})/gi,
    mustLookRandom: true,
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
  // RFC 6265: cookies that stand for a session
  {
    name: 'session-cookie',
    kind: 'authorization',
    pattern:
      /\bcookie\\?["'`]?\]?[ \t]*(?:[:=,]|=>)[ \t]*\\?["'`]?(?:[\w.-]{1,60}=[^;\s"'`]{0,400};[ \t]*){0,8}[\w.-]{0,30}(?:sess(?:ion)?(?:_?id)?|sid|auth|token|jwt)=(?<secret>[\w%+/=.~-]{12,4000})/gi,
    mustLookRandom: true,
  },
  // A plain scalar of YAML on the line below its key; yaml.org/spec/1.2.2, section 7.3.3
  {
    name: 'value-below-key',
    kind: 'password',
    pattern:
      /^[ \t]*(?:-[ \t]+)?["']?[\w.-]{0,60}(?:password|passwd|passphrase|secret|token|api_?key)["']?:[ \t]*\r?\n[ \t]+(?<secret>[^\s#:"'{}[\],&*!|>-][^\s:"'{}[\],]{5,400})[ \t]*$/gim,
    mustLookRandom: true,
  },
  // Proxies and hosts without a scheme: user:password@proxy.example.com:8080
  {
    name: 'host-login',
    kind: 'connection-string',
    pattern:
      /(?<![\w./:@-])(?!(?:mailto|xmpp|sips?|acct|npm|jsr|workspace|file|data|urn):)[A-Za-z][\w.-]{0,60}:(?<secret>[^\s:/@"'`<>(){},;=]{6,200})@(?:[\w-]{1,63}\.){1,6}[a-z]{2,24}\b/gi,
    mustLookRandom: true,
  },
  // SET PASSWORD FOR 'bob' = '...', AES_ENCRYPT(value, '...')
  {
    name: 'sql-password',
    kind: 'password',
    pattern:
      /\b(?:set[ \t]+password[ \t]+for[ \t]+[^\s=]{1,100}[ \t]*(?:=|to)[ \t]*(?:password\()?|(?:aes|des|pgp_sym|sym)_(?:en|de)crypt\([ \t]*[^\s,()]{1,80}[ \t]*,[ \t]*)["'](?<secret>[^"'\n]{3,200})["']/gi,
  },
];
