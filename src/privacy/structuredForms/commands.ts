import type { StructuredForm } from './structuredForm';

/** The value of an option: a quoted one, or one that ends with its word. */
const VALUE =
  /(?:["'](?<quoted>[^"'\n]{2,200})["']|(?<bare>[^\s"'`|;&$<>()-][^\s"'`|;&<>()]{1,200}))/.source;

/** Further words of the same command. */
const WORDS = /[^\n|;&]{0,300}?[ \t]/.source;

/** A command and what stands before its password. */
function command(names: RegExp, before: RegExp): RegExp {
  return new RegExp(`\\b(?:${names.source})\\b${WORDS}${before.source}${VALUE}`, 'g');
}

/** Command lines; the sources are the manual pages of the commands. */
export const commandForms: readonly StructuredForm[] = [
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
  // zip -P, unzip -P, openssl enc -k, useradd -p, 7z -pSECRET, rar -hpSECRET, snmpget -A
  {
    name: 'archive-password',
    kind: 'password',
    pattern: command(/(?:un)?zip|zipcloak/, /-P[ \t]{0,4}/),
  },
  {
    name: 'archive-key',
    kind: 'password',
    pattern: command(/7z[ar]?|7zz|(?:un)?rar/, /-h?p/),
    mustLookRandom: true,
  },
  {
    name: 'option-password',
    kind: 'password',
    pattern: command(/openssl[ \t]+enc/, /-k[ \t]+/),
  },
  {
    name: 'user-password',
    kind: 'password',
    pattern: command(/user(?:add|mod)/, /(?:-p|--password)[ \t=]+/),
  },
  {
    name: 'snmp-password',
    kind: 'password',
    pattern: command(/snmp(?:get|walk|set|bulkwalk|trap|getnext|table)/, /-[AX][ \t]+/),
  },
  // http -a user:password, of httpie
  {
    name: 'http-login',
    kind: 'authorization',
    pattern: command(/(?:https?|xhs?)(?=[ \t])/, /(?:-a|--auth)[ \t=]+["']?[^\s:"']{1,100}:/),
  },
  // htpasswd -b FILE USER PASSWORD, wpa_passphrase SSID PASSWORD, net user NAME PASSWORD
  {
    name: 'htpasswd',
    kind: 'password',
    pattern: command(
      /htpasswd/,
      /-(?:[A-Za-z]*b[A-Za-z]*)[ \t]+(?:-\w+[ \t]+)*(?:\S{0,100}[./]\S{0,100}[ \t]+)?\S{1,100}[ \t]+/,
    ),
  },
  {
    name: 'named-password',
    kind: 'password',
    pattern: command(
      /wpa_passphrase|net[ \t]+user|net[ \t]+use/,
      /(?:(?:(?<=wpa_passphrase[ \t])|(?<=user[ \t]))["']?[\w.-]{1,64}["']?|\\\\\S{1,200})[ \t]+(?=\S*\d)/,
    ),
  },
  // aws ssm put-parameter --value, gh secret set NAME --body, az keyvault secret set --value
  {
    name: 'stored-secret',
    kind: 'password',
    pattern: command(
      /ssm[ \t]+put-parameter|gh[ \t]+secret[ \t]+set|keyvault[ \t]+secret[ \t]+set|secretsmanager[ \t]+(?:create|put|update)-secret(?:-value)?|gcloud[ \t]+secrets/,
      /(?:--value|--body|-b|--secret-string)[ \t=]+/,
    ),
  },
  // npm config set //registry.example.com/:_authToken SECRET
  {
    name: 'npm-token',
    kind: 'token',
    pattern: command(
      /(?:p?npm|yarn)[ \t]+(?:config[ \t]+)?set/,
      /\S{0,200}_(?:auth|authToken|password)[ \t=]+/,
    ),
  },
  // echo SECRET | docker login --password-stdin, echo USER:SECRET | chpasswd
  {
    name: 'piped-password',
    kind: 'password',
    pattern:
      /\b(?:echo|printf)[ \t]+(?:-\w+[ \t]+|["']?%s(?:\\n)?["']?[ \t]+)*(?:["'](?:[\w.-]{1,64}:)?(?<quoted>[^"'\n\\]{3,200})(?:\\n[^"'\n]{0,200})?["']|(?:[\w.-]{1,64}:)?(?<bare>[^\s"'`|;&$<>()]{3,200}))[ \t]*\|[ \t]*(?:sudo[ \t]+-\w*S|(?:sudo[ \t]+)?(?:ch)?passwd\b|kinit\b|cryptsetup\b|[^\n|;&]{1,200}--password-stdin)/g,
  },
  {
    name: 'here-string-password',
    kind: 'password',
    pattern: new RegExp(`--password-stdin\\b[^\\n|;&]{0,200}?<<<[ \\t]*${VALUE}`, 'g'),
  },
  // expect "Password:" { send "SECRET\r" }
  {
    name: 'expected-password',
    kind: 'password',
    pattern:
      /\bexpect\b[^\n]{0,60}?(?:assword|assphrase)[^\n]{0,40}\s{0,20}(?:exp_)?send\b[ \t]+(?:--[ \t]+)?["'](?<secret>[^"'\n\\$]{3,200})(?:\\[rn]|["'])/g,
  },
];
