/** `vscode.l10n` as far as code without an editor needs it. */
export interface Localization {
  /** Translates an English message, whose `{0}`, `{1}` … are replaced by the arguments. */
  t(message: string, ...args: (string | number | boolean)[]): string;
}

/** English without an editor, for tests and plain Node. */
export const plainEnglish: Localization = {
  t: (message, ...args) =>
    message.replace(/\{(\d+)\}/g, (whole, index: string) => String(args[Number(index)] ?? whole)),
};
