import ts from 'typescript';
import { readText, sourceFiles } from './projectFiles';

/**
 * Every text that the sources hand to `l10n.t`, read from their syntax trees.
 *
 * @throws for a text that is not written out where it is used: translators would never see it.
 */
export function localizedStrings(): Set<string> {
  const found = new Set<string>();
  for (const file of sourceFiles()) {
    const source = ts.createSourceFile(file, readText(file), ts.ScriptTarget.Latest, true);
    const visit = (node: ts.Node): void => {
      if (isLocalization(node)) {
        const [message] = node.arguments;
        if (!message || !ts.isStringLiteralLike(message)) {
          throw new Error(`${file}: a localized text is not a literal: ${node.getText(source)}`);
        }
        found.add(message.text);
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return found;
}

/** A call of `l10n.t`, or of a `t` that a file made of it for brevity. */
function isLocalization(node: ts.Node): node is ts.CallExpression {
  if (!ts.isCallExpression(node)) return false;
  const callee = node.expression;
  if (ts.isIdentifier(callee)) return callee.text === 't';
  return (
    ts.isPropertyAccessExpression(callee) &&
    callee.name.text === 't' &&
    /(?:^|[.#])l10n$/.test(callee.expression.getText()) &&
    !isShorthand(node)
  );
}

/** `const t = (text) => …l10n.t(text)…`: the texts are where this is called. */
function isShorthand(node: ts.Node): boolean {
  const declaration = ts.findAncestor(node, ts.isVariableDeclaration);
  return declaration?.name.getText() === 't';
}
