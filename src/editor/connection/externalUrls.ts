import * as vscode from 'vscode';
import { isLoopback } from '../../common/loopback';

/**
 * The address by which the user's browser reaches a server on the extension host's machine; the
 * editor forwards the port where it can.
 *
 * @param url an http address of this machine.
 * @returns null when the browser cannot reach it: a window in a browser has no port forwarded unless
 *   its server does so, and then `127.0.0.1` means the user's own machine.
 */
export async function toExternalUrl(url: string): Promise<string | null> {
  const external = await vscode.env.asExternalUri(vscode.Uri.parse(url, true));
  const isForwarded = !isLoopback(hostnameOf(external));
  const isSameMachine = vscode.env.uiKind === vscode.UIKind.Desktop || (await isServedLocally());
  return isForwarded || isSameMachine ? external.toString(true) : null;
}

/** Whether a window in a browser was loaded from this machine. */
async function isServedLocally(): Promise<boolean> {
  // In a browser the editor's own addresses lead back to the page that it was loaded from.
  const own = vscode.Uri.parse(`${vscode.env.uriScheme}://delegate-editor.delegate/`);
  const page = await vscode.env.asExternalUri(own);
  return /^https?$/.test(page.scheme) && isLoopback(hostnameOf(page));
}

function hostnameOf({ scheme, authority }: vscode.Uri): string {
  const url = `${scheme}://${authority}/`;
  return URL.canParse(url) ? new URL(url).hostname : '';
}
