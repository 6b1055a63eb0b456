/**
 * A reader of a language that is not the extension's grammar: a compiler, an interpreter or a parser
 * that others maintain.
 */
export interface Judge {
  /** What is used, for the table. */
  readonly name: string;
  /**
   * How it reads a text, comparable between texts; null when it refuses.
   *
   * @param ignoresDocumentation - Whether documentation strings are left out, as comments are.
   */
  read(text: string, ignoresDocumentation: boolean): Promise<string | null> | string | null;
  close?(): void;
}
