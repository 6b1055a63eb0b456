/** Output items by their index; an item keeps the place it was announced at. */
export class ItemList {
  readonly #items: Readonly<Record<string, unknown>>[] = [];

  /** @returns the new item's index. */
  add(item: Readonly<Record<string, unknown>>): number {
    return this.#items.push(item) - 1;
  }

  set(index: number, item: Readonly<Record<string, unknown>>): void {
    this.#items[index] = item;
  }

  get(index: number): Readonly<Record<string, unknown>> | undefined {
    return this.#items[index];
  }

  all(): Readonly<Record<string, unknown>>[] {
    return [...this.#items];
  }
}
