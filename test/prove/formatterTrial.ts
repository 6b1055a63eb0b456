import { proveReformat } from '../../src/drafts/proof/proof';
import { formatterFor } from '../../src/simulator/workers/formatters';
import { layoutStyleOf } from '../../src/simulator/workers/layoutStyle';
import type { SyntaxService } from '../../src/syntax/syntax';
import type { CorpusFile } from './corpus';

export interface FormatterTrial {
  /** Files that the formatter took and changed. */
  readonly formatted: number;
  readonly verified: number;
  /** Formatted files that are not verified although only their white space differs. */
  readonly onlySpace: readonly string[];
}

/** Proves what the language's usual formatter makes of real files, told to keep to each file's ways. */
export async function tryFormatters(
  files: readonly CorpusFile[],
  { languageId, syntax }: { readonly languageId: string; readonly syntax: SyntaxService },
): Promise<FormatterTrial> {
  const format = formatterFor(languageId);
  let formatted = 0;
  let verified = 0;
  const onlySpace: string[] = [];
  for (const { path, text } of format ? files : []) {
    const proposed = await format?.(text, layoutStyleOf(text, languageId)).catch(() => null);
    if (typeof proposed !== 'string' || proposed === text) continue;
    formatted++;
    const proof = await proveReformat({ base: text, proposed, languageId, syntax });
    if (proof.verdict === 'verified') verified++;
    else if (proof.verdict === 'unverified' && proof.reason === 'white-space') {
      const [first] = proof.differences;
      onlySpace.push(
        `${path}:${String(first?.line)} ${JSON.stringify([first?.before, first?.after])}`,
      );
    }
  }
  return { formatted, verified, onlySpace };
}
