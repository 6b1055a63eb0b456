import type { Code } from './code';
import { plainComment } from './documentationText';
import { counted, enumerated } from './words';

/** A construct that a reader should know of, by the words that make it. */
interface Construct {
  readonly words: RegExp;
  readonly say: (count: number) => string;
}

const CONSTRUCTS: readonly Construct[] = [
  { words: /^(?:for|while|foreach|loop|do|until)$/, say: (n) => `It has ${counted(n, 'loop')}.` },
  {
    words: /^(?:catch|except|rescue|recover)$/,
    say: (n) => `It handles errors in ${counted(n, 'place')}.`,
  },
  {
    words: /^(?:throw|raise|panic)$/,
    say: (n) => `It raises errors in ${counted(n, 'place')}.`,
  },
  { words: /^(?:await|go|spawn)$/, say: (n) => `It works asynchronously (${counted(n, 'time')}).` },
  {
    words: /^(?:goto|unsafe|eval)$/,
    say: (n) => `It uses goto, unsafe or eval ${counted(n, 'time')}.`,
  },
];

/** Calls that reach outside of the program, by the last part of their names. */
const EFFECTS: readonly (readonly [RegExp, string])[] = [
  [
    /^(?:(?:read|write|append)(?:File|_text|_bytes)|f?open|fread|fwrite|readdir|mkdir|unlink|create(?:Read|Write)Stream)(?:Sync)?$/,
    'files',
  ],
  [/^(?:fetch|urlopen|listen|connect|socket|sendto|recv|httpGet)$/, 'the network'],
  [/^(?:query|execute|executemany|prepareStatement|rawQuery|transaction)$/i, 'a database'],
  [/^(?:exec(?:File)?|spawn|system|popen|fork)(?:Sync)?$/, 'other processes'],
  [/^(?:f?print(?:ln|f)?|puts|echo|log|warn|Println|Printf)$/i, 'output or a log'],
  [/^(?:getenv|Getenv|LookupEnv)$/, 'the environment'],
  [/^(?:setTimeout|setInterval|[sS]leep)$/, 'timers'],
];

/** Sentences about what the code does besides what it declares. */
export function observations(code: Code): string[] {
  const words = code.tokens.filter(({ kind }) => kind === 'code').map(({ raw }) => raw);
  const found = CONSTRUCTS.map(({ words: pattern, say }) => {
    const count = words.filter((word) => pattern.test(word)).length;
    return count > 0 ? say(count) : '';
  });
  return [imported(code), effects(words), ...found, ...marks(code)].filter((note) => note !== '');
}

function effects(words: readonly string[]): string {
  const called = words.filter((_, index) => words[index + 1] === '(');
  const reached = EFFECTS.filter(([pattern]) => called.some((name) => pattern.test(name)));
  const calls = new Set(
    called.filter((name) => EFFECTS.some(([pattern]) => pattern.test(name))).slice(0, 12),
  );
  if (reached.length === 0) return '';
  const names = [...calls].map((name) => `\`${name}\``);
  return `It reaches ${enumerated(reached.map(([, what]) => what))}: ${enumerated(names)}.`;
}

const IMPORT =
  /^[ \t]*(?:import\b.*?from\s*['"]([^'"]+)|import\s+['"]([^'"]+)|from\s+([\w.]+)\s+import|import\s+(?:static\s+)?([\w.]+)|#\s*include\s*[<"]([^>"]+)|use\s+([\w:\\]+)|using\s+([\w.]+);|require(?:_relative)?\s+['"]([^'"]+)|.*\brequire\(['"]([^'"]+))/gm;

function imported(code: Code): string {
  const names = [...code.text.matchAll(IMPORT)].map((match) => match.slice(1).find(Boolean) ?? '');
  const unique = [...new Set(names)].filter((name) => name !== '');
  if (unique.length === 0) return '';
  const shown = unique.slice(0, 8).map((name) => `\`${name}\``);
  const more = unique.length > shown.length ? [`${unique.length - shown.length} more`] : [];
  return `It depends on ${enumerated([...shown, ...more])}.`;
}

/** Comments that ask for work. */
function marks(code: Code): string[] {
  return code.tokens
    .filter(({ kind }) => kind === 'comment')
    .flatMap(({ raw, start }) =>
      raw.split('\n').flatMap((line, index) => {
        const mark = /\b(TODO|FIXME|HACK|XXX)\b/.exec(line);
        return mark ? [`Line ${code.lineNumber(start) + index}: ${plainComment(line)}`] : [];
      }),
    )
    .slice(0, 10);
}
