import type { Declaration, SyntaxTree } from './syntax';

/** Declarations that have no documentation and could have one. */
export function openDeclarations({ declarations }: SyntaxTree): readonly Declaration[] {
  return declarations.filter(
    (declaration) =>
      declaration.kind !== 'variable' &&
      declaration.kind !== 'module' &&
      declaration.documentation === null &&
      declaration.documentationLine !== null &&
      !isLocal(declaration, declarations),
  );
}

/** Functions inside of functions are nobody's interface. */
function isLocal(declaration: Declaration, all: readonly Declaration[]): boolean {
  return all.some(
    ({ kind, depth, start, end }) =>
      (kind === 'function' || kind === 'method') &&
      depth < declaration.depth &&
      start <= declaration.start &&
      end >= declaration.end,
  );
}
