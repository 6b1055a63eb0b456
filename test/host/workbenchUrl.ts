import type { VscodeServer } from './vscodeServer';

export interface WindowRequest {
  /** Absolute path of the folder to open; without it the window is empty. */
  readonly folder?: string;
  /** Absolute paths of extensions to load from their source folders. */
  readonly extensionDevelopmentPaths?: readonly string[];
  /** Absolute path of the compiled suite that the extension host runs. */
  readonly extensionTestsPath?: string;
}

/** The address at which the server shows such a window. */
export function workbenchUrl(server: VscodeServer, request: WindowRequest): string {
  const remote = (path: string): string => `vscode-remote://${server.authority}${path}`;
  const payload: [string, string][] = [];
  for (const path of request.extensionDevelopmentPaths ?? []) {
    payload.push(['extensionDevelopmentPath', remote(path)]);
  }
  if (request.extensionTestsPath !== undefined) {
    payload.push(['extensionTestsPath', remote(request.extensionTestsPath)]);
  }
  const url = new URL(`http://${server.authority}/`);
  if (request.folder === undefined) url.searchParams.set('ew', 'true');
  else url.searchParams.set('folder', request.folder);
  if (payload.length > 0) url.searchParams.set('payload', JSON.stringify(payload));
  return url.toString();
}
