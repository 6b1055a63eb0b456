import * as vscode from 'vscode';
import { OUTPUT_CHANNEL_NAME } from '../../manifest';
import { PanelMemory } from './panelMemory';
import { type PanelSection, SectionQueue } from './sectionQueue';

/** Appends closer together than this are written as one: each costs a disk write and a message. */
const COALESCE_MS = 100;

/** The output channel, created when first needed and written in batches. */
export class OutputPanel implements vscode.Disposable {
  readonly #name: string;
  readonly #memory = new PanelMemory();
  readonly #sections = new SectionQueue({
    beginSection: (head) => this.#beginSection(head),
    append: (text) => this.#append(text),
  });
  #channel: vscode.OutputChannel | null = null;
  #pending = '';
  #timer: NodeJS.Timeout | null = null;

  constructor(name: string = OUTPUT_CHANNEL_NAME) {
    this.#name = name;
  }

  /** Shows the panel; unless told otherwise it leaves the focus in the editor. */
  show({ preserveFocus }: { readonly preserveFocus: boolean } = { preserveFocus: true }): void {
    this.#flush();
    this.#open().show(preserveFocus);
  }

  /** Whether the user sees it now. */
  get isVisible(): boolean {
    return vscode.window.visibleTextEditors.some(
      ({ document: { uri } }) => uri.scheme === 'output' && uri.path.endsWith(`-${this.#name}`),
    );
  }

  /**
   * Begins a section. While another one is being written it waits for its turn.
   *
   * @param head its first lines, list items at the end.
   */
  openSection(head: string): PanelSection {
    const note = vscode.l10n.t('kept until the run above had ended');
    return this.#sections.open(head, `- ${note}\n`);
  }

  dispose(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#flush();
    this.#channel?.dispose();
  }

  /**
   * Appends the head of a section. The editor reads a Markdown channel whole after each change, so
   * a panel that has become long keeps its latest sections only.
   */
  #beginSection(head: string): void {
    this.#flush();
    const kept = this.#memory.beginSection();
    if (kept !== null) {
      const note = vscode.l10n.t('Earlier sections were removed to keep this panel fast.');
      this.#open().replace(`- ${note}\n${kept}`);
    }
    this.#append(head);
  }

  #append(text: string): void {
    if (text === '') return;
    // The first text after a pause shows at once; what follows closely waits for company.
    this.#pending += text;
    if (this.#timer) return;
    this.#flush();
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#flush();
    }, COALESCE_MS);
  }

  #open(): vscode.OutputChannel {
    this.#channel ??= vscode.window.createOutputChannel(this.#name, 'markdown');
    return this.#channel;
  }

  #flush(): void {
    if (this.#pending === '') return;
    this.#memory.add(this.#pending);
    this.#open().append(this.#pending);
    this.#pending = '';
  }
}
