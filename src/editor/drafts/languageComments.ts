import * as vscode from 'vscode';
import { asArray, asRecord, readString } from '../../common/json';
import type { LanguageComments } from '../../syntax/commentStyle';

/**
 * How a language writes comments, from the configuration file of the extension that brings it: the
 * editor has no API for it.
 *
 * @returns null when no extension says.
 */
export async function languageComments(languageId: string): Promise<LanguageComments | null> {
  for (const uri of configurationFiles(languageId)) {
    const text = await vscode.workspace.fs.readFile(uri).then(
      (bytes) => Buffer.from(bytes).toString('utf8'),
      () => '',
    );
    const comments = readComments(text);
    if (comments) return comments;
  }
  return null;
}

function configurationFiles(languageId: string): vscode.Uri[] {
  return vscode.extensions.all.flatMap(({ extensionUri, packageJSON }) => {
    const contributes = asRecord(asRecord(packageJSON)?.['contributes']);
    return asArray(contributes?.['languages']).flatMap((language) => {
      const entry = asRecord(language);
      const file = readString(entry?.['configuration']);
      return entry?.['id'] === languageId && file !== null
        ? [vscode.Uri.joinPath(extensionUri, file)]
        : [];
    });
  });
}

/** The files are JSON with comments and trailing commas; the two entries are found without a parser. */
function readComments(text: string): LanguageComments | null {
  const string = '"((?:[^"\\\\]|\\\\.)*)"';
  const line =
    new RegExp(`"lineComment"\\s*:\\s*${string}`).exec(text)?.[1] ??
    new RegExp(`"lineComment"\\s*:\\s*\\{[^}]*"comment"\\s*:\\s*${string}`).exec(text)?.[1];
  const block = new RegExp(`"blockComment"\\s*:\\s*\\[\\s*${string}\\s*,\\s*${string}`).exec(text);
  const [, open, close] = block ?? [];
  if (line === undefined && (open === undefined || close === undefined)) return null;
  return {
    ...(line === undefined ? {} : { lineComment: line }),
    ...(open === undefined || close === undefined ? {} : { blockComment: [open, close] as const }),
  };
}
