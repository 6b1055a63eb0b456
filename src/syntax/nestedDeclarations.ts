import type { Declaration } from './syntax';

/** A declaration with those inside it. */
export interface NestedDeclaration {
  readonly declaration: Declaration;
  /** Its documentation included, wherever that stands. */
  readonly start: number;
  readonly end: number;
  readonly children: readonly NestedDeclaration[];
}

/** Declarations in the order of their text, as the tree that their depths tell of. */
export function nestedDeclarations(declarations: readonly Declaration[]): NestedDeclaration[] {
  const outermost: NestedDeclaration[] = [];
  const open: { readonly end: number; readonly children: NestedDeclaration[] }[] = [];
  for (const declaration of declarations) {
    const children: NestedDeclaration[] = [];
    const { documentation } = declaration;
    const nested = {
      declaration,
      start: Math.min(declaration.start, documentation?.start ?? Infinity),
      end: Math.max(declaration.end, documentation?.end ?? 0),
      children,
    };
    while ((open.at(-1)?.end ?? Infinity) <= declaration.start) open.pop();
    (open.at(-1)?.children ?? outermost).push(nested);
    open.push({ end: declaration.end, children });
  }
  return outermost;
}
