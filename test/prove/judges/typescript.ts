import { type Loader, transformSync } from 'esbuild';
import ts from 'typescript';
import type { Judge } from './judge';

const KINDS = {
  typescript: { file: 'a.ts', kind: ts.ScriptKind.TS, loader: 'ts' },
  typescriptreact: { file: 'a.tsx', kind: ts.ScriptKind.TSX, loader: 'tsx' },
  javascript: { file: 'a.js', kind: ts.ScriptKind.JSX, loader: 'jsx' },
} as const;

/** TypeScript's tree, and what esbuild makes of the text, which is a second parser. */
export function createTypescriptJudge(languageId: keyof typeof KINDS): Judge {
  const { file, kind, loader } = KINDS[languageId];
  return {
    name: 'TypeScript, esbuild',
    read(text) {
      const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true, kind);
      const { parseDiagnostics } = source as unknown as { parseDiagnostics: readonly unknown[] };
      return parseDiagnostics.length > 0 ? null : `${treeText(source)}\n${built(text, loader)}`;
    },
  };
}

/** Some texts are taken by TypeScript alone; that esbuild refuses is a reading as well. */
function built(text: string, loader: Loader): string {
  try {
    const options = {
      loader,
      minifyWhitespace: true,
      jsx: 'transform',
      legalComments: 'none',
      logLevel: 'silent',
    } as const;
    return transformSync(text, options).code.replace(/\n$/, '');
  } catch {
    return 'refused';
  }
}

const FACTS = ['operator', 'token', 'keywordToken', 'isTypeOf', 'isTypeOnly', 'phaseModifier'];

function treeText(root: ts.SourceFile): string {
  const parts: string[] = [];
  const visit = (node: ts.Node): void => {
    // Text without words in it that has a line break is nothing to React.
    if (ts.isJsxText(node) && jsxText(node.text) === '') return;
    parts.push(String(node.kind));
    const facts = node as unknown as Record<string, unknown>;
    for (const name of FACTS)
      if (facts[name] !== undefined) parts.push(JSON.stringify(facts[name]));
    if (ts.isVariableDeclarationList(node))
      parts.push(String(node.flags & ts.NodeFlags.BlockScoped));
    ts.forEachChild(node, visit);
    if (ts.isJsxText(node)) parts.push(JSON.stringify(jsxText(node.text)));
    else if (ts.isTokenKind(node.kind)) parts.push(node.getText(root));
    parts.push(')');
  };
  visit(root);
  return parts.join(' ').replaceAll('\r\n', '\n');
}

/** JSX text as React's rules have it. */
function jsxText(text: string): string {
  const lines = text.split(/\r\n|\n|\r/);
  return lines
    .map((line, index) => {
      const start = index > 0 ? line.replace(/^[ \t]+/, '') : line;
      return index < lines.length - 1 ? start.replace(/[ \t]+$/, '') : start;
    })
    .filter((line) => line !== '')
    .join(' ');
}
