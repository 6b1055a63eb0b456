import { plainTokens } from './plainTokens';

/** The name that occurs most often in code, keywords and names of one or two letters aside. */
export function frequentName(text: string): string | null {
  const counts = new Map<string, number>();
  for (const { kind, start, end } of plainTokens(text)) {
    const word = text.slice(start, end);
    if (kind === 'code' && /^[\p{L}_$][\p{L}\p{N}_$]{2,}$/u.test(word) && !KEYWORDS.test(word)) {
      counts.set(word, (counts.get(word) ?? 0) + 1);
    }
  }
  const [best] = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return best?.[0] ?? null;
}

const KEYWORDS =
  /^(?:abstract|and|assert|async|await|bool|boolean|break|byte|case|catch|char|class|const|continue|def|default|defer|delete|double|elif|else|end|enum|except|export|extends|extern|false|final|finally|float|for|from|func|function|if|impl|implements|import|include|int|interface|internal|lambda|let|long|match|mod|mut|namespace|new|nil|None|not|null|number|object|package|pass|private|protected|pub|public|raise|range|readonly|return|Self|self|short|signed|sizeof|static|string|struct|super|switch|this|throw|throws|trait|true|True|False|try|type|typeof|undefined|union|unsafe|unsigned|use|using|var|virtual|void|volatile|where|while|with|yield)$/;
