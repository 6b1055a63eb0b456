/**
 * What functions that run in the page use of an element. The sources are typed without the DOM,
 * which would otherwise be offered to code that runs in Node.
 */
export interface PageElement {
  readonly textContent: string | null;
  readonly classList: Iterable<string>;
  getAttribute(name: string): string | null;
  querySelectorAll(selector: string): Iterable<PageElement>;
  readonly id: string;
  readonly ownerDocument: {
    readonly activeElement: PageElement | null;
    readonly defaultView: {
      getComputedStyle(element: PageElement): { readonly outlineStyle: string };
    } | null;
  };
}
