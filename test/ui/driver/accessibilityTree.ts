import type { CDPSession, Page } from 'playwright-core';
import { poll } from '../../support/poll';

/** A node of the browser's accessibility tree: what a screen reader is told. */
export interface AccessibleNode {
  readonly role: string;
  readonly name: string;
  /** What the browser says of it besides, such as `focusable`, `level`, `valuemax`. */
  readonly properties: ReadonlyMap<string, unknown>;
  readonly children: readonly AccessibleNode[];
}

/** The parts of Chromium's protocol that are read here. */
interface RawNode {
  readonly nodeId: string;
  readonly parentId?: string;
  readonly ignored: boolean;
  readonly role?: { readonly value?: unknown };
  readonly name?: { readonly value?: unknown };
  readonly properties?: readonly {
    readonly name: string;
    readonly value: { readonly value?: unknown };
  }[];
  readonly childIds?: readonly string[];
  readonly backendDOMNodeId?: number;
}
interface RawElement {
  readonly backendNodeId: number;
  readonly frameId?: string;
  readonly attributes?: readonly string[];
  readonly children?: readonly RawElement[];
  readonly contentDocument?: RawElement;
}

const operated =
  /^(?:button|checkbox|combobox|ComboBoxSelect|DisclosureTriangle|link|listbox|menuitem|option|radio|searchbox|slider|spinbutton|switch|tab|textbox|toggleButton|treeitem)$/i;
const shown = /^(?:image|img|graphics.*|meter|progressbar|table|columnheader|rowheader|heading)$/i;

/**
 * Reads what the browser tells screen readers of an element and all that is in it, by Chromium's own
 * protocol.
 *
 * @param selector CSS; the first element that fits counts.
 */
export async function readAccessibleTree(page: Page, selector: string): Promise<AccessibleNode> {
  return withSession(page, async (session) => {
    const element = await describe(session, selector);
    const ids = new Set(idsBelow(element));
    const raw = await readRaw(session);
    const isInside = (node: RawNode | undefined): boolean => ids.has(node?.backendDOMNodeId ?? -1);
    const byId = new Map(raw.map((node) => [node.nodeId, node]));
    // The element may be no more than layout, which the tree leaves out.
    const tops = raw.filter(
      (node) => isInside(node) && !isInside(byId.get(node.parentId ?? '') ?? undefined),
    );
    if (tops.length === 0) throw new Error(`${selector} is not in the accessibility tree.`);
    return together(tops.flatMap((node) => build(node, byId)));
  });
}

/** The same for the page in a webview, which is a frame in a frame. */
export async function readWebviewTree(page: Page, webview: string): Promise<AccessibleNode> {
  return withSession(page, async (session) => {
    // The editor shows a webview before its page is in it.
    const frameId = await poll(`a page in ${webview}`, async () => {
      const outer = await describe(session, webview);
      return findElement(outer, (element) => attribute(element, 'id') === 'active-frame')?.frameId;
    });
    const raw = await readRaw(session, frameId);
    const [root] = raw;
    if (!root) throw new Error(`${webview} has no accessibility tree.`);
    return together(build(root, new Map(raw.map((node) => [node.nodeId, node]))));
  });
}

async function withSession<T>(page: Page, use: (session: CDPSession) => Promise<T>): Promise<T> {
  const session = await page.context().newCDPSession(page);
  try {
    return await use(session);
  } finally {
    await session.detach();
  }
}

async function describe(session: CDPSession, selector: string): Promise<RawElement> {
  const { root } = await session.send('DOM.getDocument', { depth: 0 });
  const { nodeId } = await session.send('DOM.querySelector', { nodeId: root.nodeId, selector });
  if (nodeId === 0) throw new Error(`There is no element ${selector}.`);
  return (await session.send('DOM.describeNode', { nodeId, depth: -1, pierce: true })).node;
}

async function readRaw(session: CDPSession, frameId?: string): Promise<readonly RawNode[]> {
  const given = frameId === undefined ? {} : { frameId };
  return (await session.send('Accessibility.getFullAXTree', given)).nodes;
}

function inside({ children = [], contentDocument }: RawElement): readonly RawElement[] {
  return contentDocument ? [...children, contentDocument] : children;
}

function idsBelow(element: RawElement): readonly number[] {
  return [element.backendNodeId, ...inside(element).flatMap(idsBelow)];
}

function findElement(
  element: RawElement,
  isWanted: (element: RawElement) => boolean,
): RawElement | null {
  if (isWanted(element)) return element;
  for (const child of inside(element)) {
    const found = findElement(child, isWanted);
    if (found) return found;
  }
  return null;
}

/** Names and values of attributes come one after the other. */
function attribute({ attributes = [] }: RawElement, name: string): string | undefined {
  const index = attributes.findIndex((text, at) => at % 2 === 0 && text === name);
  return index < 0 ? undefined : attributes[index + 1];
}

function build(node: RawNode, byId: ReadonlyMap<string, RawNode>): readonly AccessibleNode[] {
  const children = (node.childIds ?? []).flatMap((id) => {
    const child = byId.get(id);
    return child ? build(child, byId) : [];
  });
  const role = text(node.role);
  if (node.ignored || role === 'none' || role === 'InlineTextBox') return children;
  const properties = (node.properties ?? []).map(({ name, value }) => [name, value.value] as const);
  return [{ role, name: text(node.name), properties: new Map(properties), children }];
}

function together(nodes: readonly AccessibleNode[]): AccessibleNode {
  const [only, ...others] = nodes;
  if (only && others.length === 0) return only;
  return { role: 'none', name: '', properties: new Map(), children: nodes };
}

function text(value: { readonly value?: unknown } | undefined): string {
  return typeof value?.value === 'string' ? value.value.replaceAll('\u00a0', ' ').trim() : '';
}

/** The node and everything below it, in the order in which it is read. */
export function flatten(node: AccessibleNode): readonly AccessibleNode[] {
  return [node, ...node.children.flatMap(flatten)];
}

/** The names of all nodes with a role. */
export function namesOf(tree: AccessibleNode, role: string): readonly string[] {
  return flatten(tree)
    .filter((node) => node.role === role)
    .map(({ name }) => name);
}

/** The tree as indented lines `role "name"`, to be read in a failure. */
export function describeTree(node: AccessibleNode, depth = 0): string {
  const name = node.name === '' ? '' : ` "${node.name}"`;
  const line = `${'  '.repeat(depth)}${node.role}${name}`;
  return [line, ...node.children.map((child) => describeTree(child, depth + 1))].join('\n');
}

/** What can be operated, and what is told apart by its name, but has none. */
export function unnamedIn(tree: AccessibleNode): readonly AccessibleNode[] {
  return flatten(tree).filter(
    ({ role, name }) => name === '' && (operated.test(role) || shown.test(role)),
  );
}
