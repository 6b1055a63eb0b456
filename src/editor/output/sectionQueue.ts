/** An end to write at, such as the output channel. */
export interface PanelWriter {
  beginSection(head: string): void;
  append(text: string): void;
}

/** A section that is being written. Nothing may be appended after its end. */
export interface PanelSection {
  append(text: string): void;
  /** Lets the next section in. */
  end(): void;
}

/**
 * Lets sections into a panel one at a time, in the order in which they were begun, so that runs that
 * are under way at once do not write into each other. The first one streams; the others keep their
 * text, and appear under their own heads as soon as it is their turn, streaming from there on.
 */
export class SectionQueue {
  readonly #writer: PanelWriter;
  /** The first one has the panel. */
  readonly #sections: Section[] = [];

  constructor(writer: PanelWriter) {
    this.#writer = writer;
  }

  /** @param note follows the head of a section that had to wait. */
  open(head: string, note: string): PanelSection {
    const hasPanel = this.#sections.length === 0;
    const section: Section = { head, text: hasPanel ? '' : note, hasEnded: false };
    this.#sections.push(section);
    if (hasPanel) this.#writer.beginSection(head);
    return {
      append: (text) => this.#append(section, text),
      end: () => this.#end(section),
    };
  }

  #append(section: Section, text: string): void {
    if (section === this.#sections[0]) this.#writer.append(text);
    else section.text += text;
  }

  #end(section: Section): void {
    section.hasEnded = true;
    while (this.#sections[0]?.hasEnded) {
      this.#sections.shift();
      const next = this.#sections.at(0);
      if (!next) return;
      this.#writer.beginSection(next.head);
      this.#writer.append(next.text);
      next.text = '';
    }
  }
}

interface Section {
  readonly head: string;
  /** What waits to be written. */
  text: string;
  hasEnded: boolean;
}
