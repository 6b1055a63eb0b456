import { demoLanguage } from './demoLanguages';

/** How a text is laid out now, so that a formatter can keep to its ways. */
export interface LayoutStyle {
  readonly usesTabs: boolean;
  /** Columns of one level of indentation. */
  readonly indentWidth: number;
  readonly singleQuotes: boolean;
  readonly semicolons: boolean;
  readonly trailingCommas: boolean;
}

/** Reads the style off a text; where the text says nothing, the language's usual one counts. */
export function layoutStyleOf(text: string, languageId: string): LayoutStyle {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const tabs = lines.filter((line) => line.startsWith('\t')).length;
  const spaces = lines.filter((line) => line.startsWith(' ')).length;
  const singles = text.match(/'(?:[^'\\\n]|\\.)*'/g)?.length ?? 0;
  const doubles = text.match(/"(?:[^"\\\n]|\\.)*"/g)?.length ?? 0;
  const statements = lines.filter((line) => /[\w)\]'"`][;]?\s*$/.test(line));
  const ended = statements.filter((line) => /;\s*$/.test(line)).length;
  return {
    usesTabs: tabs > spaces || (tabs === spaces && languageId === 'go'),
    indentWidth: usualStep(lines) ?? demoLanguage(languageId).indentWidth,
    singleQuotes: singles > doubles,
    semicolons: ended * 3 >= statements.length,
    trailingCommas: /,\s*\n\s*[)\]}]/.test(text),
  };
}

/** The most frequent step by which indentation grows from one line to the next. */
function usualStep(lines: readonly string[]): number | null {
  const counts = new Map<number, number>();
  let previous = 0;
  for (const line of lines) {
    const width = /^ */.exec(line)?.[0].length ?? 0;
    const step = width - previous;
    if (step === 2 || step === 4 || step === 8 || step === 3) {
      counts.set(step, (counts.get(step) ?? 0) + 1);
    }
    previous = width;
  }
  const [best] = [...counts].sort((a, b) => b[1] - a[1]);
  return best?.[0] ?? null;
}

export function indentUnit({ usesTabs, indentWidth }: LayoutStyle): string {
  return usesTabs ? '\t' : ' '.repeat(indentWidth);
}
