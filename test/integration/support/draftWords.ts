import * as vscode from 'vscode';
import { DRAFTS_STATUS_ID } from '../../../src/manifest';

/** The item that tells of drafts, caught as the extension makes it: no API reads the status bar. */
let item: vscode.StatusBarItem | null = null;

const window = vscode.window as { createStatusBarItem: (...given: never[]) => unknown };
const original = window.createStatusBarItem;
window.createStatusBarItem = (...given) => {
  const made = original(...given) as vscode.StatusBarItem;
  if (made.id.endsWith(DRAFTS_STATUS_ID)) item = made;
  return made;
};

/** What the status bar says of the draft in front, or of all drafts. */
export function draftWords(): string {
  return item?.text ?? '';
}
