/**
 * An extension that lives in the extension host under measurement and does what the bench asks over
 * HTTP: packed from this one compiled file, so it imports nothing but VS Code and Node.
 */
import { writeFileSync } from 'node:fs';
import { createServer, get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import * as vscode from 'vscode';
import type { HelperAnswer, HelperRequest, MemorySample } from './helperRequest';

const channels = new Map<string, vscode.OutputChannel>();

export function activate(): void {
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => (body += text));
    request.on('end', () => {
      const answered = answer(JSON.parse(body) as HelperRequest);
      void answered.then(
        (value) => response.end(JSON.stringify({ value: value ?? null } satisfies HelperAnswer)),
        (error: unknown) => {
          response.end(JSON.stringify({ error: String(error) } satisfies HelperAnswer));
        },
      );
    });
  });
  server.listen(0, '127.0.0.1', () => {
    const file = process.env['DELEGATE_BENCH_PORT_FILE'];
    if (file) writeFileSync(file, String((server.address() as AddressInfo).port));
  });
}

async function answer(request: HelperRequest): Promise<unknown> {
  switch (request.op) {
    case 'activate':
      await vscode.extensions.getExtension(request.id)?.activate();
      return;
    case 'execute':
      await vscode.commands.executeCommand(request.command, ...(request.args ?? []));
      return;
    case 'open': {
      const editor = await vscode.window.showTextDocument(vscode.Uri.file(request.file));
      editor.selection = new vscode.Selection(0, 0, request.lines, 0);
      return;
    }
    case 'set':
      await vscode.workspace
        .getConfiguration()
        .update(request.key, request.value, vscode.ConfigurationTarget.Global);
      return;
    case 'show':
      channel(request.channel).show(true);
      return;
    case 'follow':
      await follow(request.url, channel(request.channel));
      return;
    case 'drafts':
      return openDrafts();
    case 'endDrafts':
      for (const uri of request.uris) {
        await vscode.commands.executeCommand(request.command, vscode.Uri.parse(uri, true));
      }
      return;
    case 'closeUntitled':
      await closeUntitled();
      return;
    case 'memory':
      return memory();
  }
}

function channel(name: string): vscode.OutputChannel {
  const made = channels.get(name) ?? vscode.window.createOutputChannel(name, 'markdown');
  channels.set(name, made);
  return made;
}

/** Appends whatever a server sends, piece by piece and at once, until it ends. */
function follow(url: string, target: vscode.OutputChannel): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = get(url, (response) => {
      response.setEncoding('utf8').on('data', (text: string) => target.append(text));
      response.on('end', resolve);
    });
    request.on('error', reject);
  });
}

/** Reverting them is what closes them without a question. */
async function closeUntitled(): Promise<void> {
  while (vscode.window.activeTextEditor?.document.isUntitled) {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }
}

function openDrafts(): string[] {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .flatMap(({ input }) =>
      input instanceof vscode.TabInputTextDiff ? [input.modified.toString()] : [],
    );
}

/** What is left after the garbage is collected, which takes a few turns. */
async function memory(): Promise<MemorySample> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  for (let turn = 0; turn < 4; turn += 1) {
    collect();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  collect();
  const { heapUsed, external, rss } = process.memoryUsage();
  const resources: Record<string, number> = {};
  for (const kind of process.getActiveResourcesInfo()) {
    resources[kind] = (resources[kind] ?? 0) + 1;
  }
  return {
    heapUsed,
    external,
    rss,
    resources,
    listeners: process.eventNames().reduce((sum, name) => sum + process.listenerCount(name), 0),
    documents: vscode.workspace.textDocuments.length,
  };
}
