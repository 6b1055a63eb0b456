import type { StructuredForm } from './structuredForm';

/** A literal, with the prefixes that languages put before one. */
const LITERAL = /[rbfuRBFU@]{0,2}["'`](?<secret>[^"'`\n]{6,400})["'`]/.source;

/** An argument that is a name, a member, a short literal, or an expression of those. */
const ARGUMENT = /(?:[\w.$&?:@]{1,80}|[rbfu@]{0,2}["'`][^"'`\n,]{0,200}["'`])[ \t]*,\s{0,40}/
  .source;

/** A call whose argument number `position` is the secret, the first one being 0. */
function call(names: RegExp, position: number): RegExp {
  return new RegExp(
    `\\b(?:${names.source})\\(\\s{0,40}(?:${ARGUMENT}){${position}}${LITERAL}`,
    'g',
  );
}

/** Calls that take a secret without naming it. */
export const callForms: readonly StructuredForm[] = [
  // jwt.sign(claims, "..."), createHmac('sha256', '...'), new SecretKeySpec("...".getBytes(), ...)
  {
    name: 'signing-call',
    kind: 'password',
    pattern:
      /\b(?:jwt\.(?:sign|verify|encode|decode)|createHmac|create(?:Dec|C)ipheriv|SecretKeySpec|hmac\.new)\((?:[\w.]{1,60}[ \t]*,[ \t]*|["'][\w-]{2,20}["'][ \t]*,[ \t]*)?b?["'](?<secret>[^"'\n]{8,200})["']/g,
    mustLookRandom: true,
  },
  {
    name: 'login-call',
    kind: 'password',
    pattern: call(
      /\.(?:login|authenticate|logIn|signIn|sign_in|signInWithEmailAndPassword|begin)/,
      1,
    ),
    mustLookRandom: true,
  },
  {
    name: 'client-call',
    kind: 'token',
    pattern: call(
      /(?:client|bot|api|app|server)\.(?:login|run|start|auth|authenticate)|cookieParser|Fernet|[Ss]tripe(?:\.Stripe)?|Telegraf|TeleBot|Bot|OpenAI|Anthropic|SendGridAPIClient|setApiKey|Pusher|Twilio/,
      0,
    ),
    mustLookRandom: true,
  },
  {
    name: 'connect-call',
    kind: 'password',
    pattern: call(
      /mysqli?_(?:p?connect|real_connect)|new[ \t]+(?:mysqli|PDO)|pg_connect|getConnection|createConnection|oci_connect|ftp_login/,
      2,
    ),
  },
  {
    name: 'key-call',
    kind: 'password',
    pattern: call(
      /signWith|pbkdf2_hmac|pbkdf2(?:Sync)?|scrypt(?:Sync)?|createCipher|createDecipher/,
      1,
    ),
    mustLookRandom: true,
  },
  // ConvertTo-SecureString "..." -AsPlainText; learn.microsoft.com/powershell
  {
    name: 'secure-string',
    kind: 'password',
    pattern:
      /\bConvertTo-SecureString\b[ \t]+(?:-String[ \t]+)?["'](?<secret>[^"'\n]{3,200})["'](?=[^\n]{0,80}-AsPlainText)/gi,
  },
  {
    name: 'secure-string',
    kind: 'password',
    pattern:
      /\bConvertTo-SecureString\b[ \t]+-AsPlainText[^\n"']{0,40}["'](?<secret>[^"'\n]{3,200})["']/gi,
  },
  // @Value("...") private String password;
  {
    name: 'injected-value',
    kind: 'password',
    pattern:
      /@Value\([ \t]*"(?<secret>[^"\n]{4,200})"[ \t]*\)\s{1,40}(?:(?:private|protected|public|final|static)[ \t]+){0,4}String[ \t]+\w{0,60}(?:[Pp]assword|[Ss]ecret|[Tt]oken|[Kk]ey|[Pp]assphrase)\b/g,
  },
];
