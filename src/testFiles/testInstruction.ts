import { countTokens } from '../text/tokens';
import { splitPath } from './testNames';

/** Of a test that is shown as an example, about; enough for imports and the first cases. */
const MAX_EXAMPLE_TOKENS = 1500;

export interface TestInstruction {
  readonly framework: string;
  /** Paths relative to the workspace folder. */
  readonly source: string;
  readonly target: string;
  readonly languageId: string;
  /** A test of the project; null for none. */
  readonly example: { readonly path: string; readonly text: string } | null;
}

/** What a worker has to know of the project besides the code under test. */
export function testInstruction(parts: TestInstruction): string {
  const { framework, source, target, languageId, example } = parts;
  const lines = [`Framework: ${framework}`, `Code under test: ${source}`, `New file: ${target}`];
  if (/^(?:type|java)script/.test(languageId)) {
    lines.push(
      `Import path of the code under test: ${importPath(target, source, example?.text ?? '')}`,
    );
  }
  if (example) {
    lines.push(
      `A test of this project, ${example.path}, for its style and imports:`,
      shortened(example.text),
    );
  }
  return lines.join('\n');
}

/** From one module to another; with the ending where the project writes one. */
function importPath(from: string, to: string, example: string): string {
  const start = splitPath(from).folder.split('/').filter(Boolean);
  const target = splitPath(to);
  const end = target.folder.split('/').filter(Boolean);
  const shared = start.findIndex((segment, index) => segment !== end[index]);
  const common = shared < 0 ? Math.min(start.length, end.length) : shared;
  const up = start.slice(common).map(() => '..');
  const path = [...(up.length > 0 ? up : ['.']), ...end.slice(common), target.name].join('/');
  const ending = /from\s+['"]\.{1,2}\/[^'"]+?(\.[cm]?[jt]sx?)['"]/.exec(example)?.[1];
  return `${path}${ending ?? ''}`;
}

function shortened(text: string): string {
  const lines = text.split('\n');
  let tokens = 0;
  const kept = lines.findIndex((line) => (tokens += countTokens(`${line}\n`)) > MAX_EXAMPLE_TOKENS);
  return kept < 0 ? text : `${lines.slice(0, kept).join('\n')}\n…`;
}
