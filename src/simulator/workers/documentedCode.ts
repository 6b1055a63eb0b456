import type { Code } from './code';
import { documentedDeclarations } from './docstring';
import { indentation } from './margin';
import type { WorkerJob } from './workerJob';

/**
 * The whole code with its documentation written into it: what a worker gives that was asked for code
 * and not for insertions.
 */
export function writeDocumentation(code: Code, job: WorkerJob): string {
  const lines = code.text.split('\n');
  const written = new Map<number, string[]>();
  for (const { declaration, text } of documentedDeclarations(code, job)) {
    const { documentation, documentationLine, indentationLine } = declaration;
    // Documentation that is there already is not written a second time.
    if (documentation || documentationLine === null) continue;
    const margin = indentation(lines[indentationLine] ?? '');
    const comment = commentOf(text.split('\n'), code.languageId).map((line) =>
      line === '' ? line : margin + line,
    );
    written.set(documentationLine, [...(written.get(documentationLine) ?? []), ...comment]);
  }
  return lines.flatMap((line, index) => [...(written.get(index) ?? []), line]).join('\n');
}

function commentOf(lines: readonly string[], languageId: string): string[] {
  if (languageId === 'python') {
    const [first = '', ...rest] = lines;
    return rest.length === 0 ? [`"""${first}"""`] : [`"""${first}`, ...rest, '"""'];
  }
  const mark = LINE_MARKS[languageId];
  if (mark !== undefined) return lines.map((line) => `${mark} ${line}`.trimEnd());
  return ['/**', ...lines.map((line) => ` * ${line}`.trimEnd()), ' */'];
}

const LINE_MARKS: Readonly<Record<string, string>> = {
  csharp: '///',
  go: '//',
  ruby: '#',
  rust: '///',
  shellscript: '#',
};
