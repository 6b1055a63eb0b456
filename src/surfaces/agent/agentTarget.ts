import * as vscode from 'vscode';
import { countTokens } from '../../text/tokens';
import { findWorkspaceFiles } from './agentFile';
import { documentSymbols } from '../../editor/selection/documentSymbols';
import { findIgnore, ignoredText } from '../../editor/selection/ignoredFiles';
import type { JobSource } from '../../editor/selection/jobSource';
import { type SelectionSource, sourceAt } from '../../editor/selection/selectionSource';
import { readSetting } from '../../editor/settings/settings';
import type { SyntaxService } from '../../syntax/syntax';
import type { AgentInput, AgentProblem, AgentTarget } from './agentInput';

/** What a call works on: text that the agent gave, or lines of a file of the workspace. */
export type AgentSource =
  | { readonly kind: 'text'; readonly source: JobSource }
  | { readonly kind: 'file'; readonly source: SelectionSource };

/** Takes the text of a call, under the rules that hold for every run. Changes and shows nothing. */
export async function takeAgentSource(
  { target, instruction, schema }: AgentInput,
  syntax: SyntaxService,
): Promise<AgentSource | AgentProblem> {
  const taken = target.kind === 'text' ? looseText(target) : await takeFile(target, syntax);
  if ('problem' in taken) return taken;
  const limit = readSetting('ui.confirmLargeSelectionTokens');
  const tokens = Math.ceil(
    countTokens(taken.source.selection.text) +
      countTokens(instruction ?? '') +
      countTokens(schema === null ? '' : JSON.stringify(schema)),
  );
  if (limit === 0 || tokens <= limit) return taken;
  return {
    problem: `This is about ${tokens} tokens; at most ${limit} are sent for an agent (the user's setting delegate.ui.confirmLargeSelectionTokens). Give less text, or fewer lines with startLine and endLine.`,
  };
}

function looseText({ text, languageId }: Extract<AgentTarget, { kind: 'text' }>): AgentSource {
  return {
    kind: 'text',
    source: {
      files: [],
      location: vscode.l10n.t('text from chat'),
      selection: { text, languageId, startLine: 1, symbols: [] },
    },
  };
}

async function takeFile(
  { segments, startLine, endLine }: Extract<AgentTarget, { kind: 'file' }>,
  syntax: SyntaxService,
): Promise<AgentSource | AgentProblem> {
  const [found, ...others] = await findWorkspaceFiles(segments);
  if (!found) {
    return {
      problem:
        'There is no such file in the workspace. Check the path; it is relative to the workspace folder.',
    };
  }
  if (others.length > 0) {
    return {
      problem: 'Several workspace folders have such a file. Put the folder’s name in front.',
    };
  }
  const { named, uri } = found;
  const refusal = (await findIgnore(named)) ?? (await findIgnore(uri));
  if (refusal) {
    return {
      problem: `${ignoredText(refusal)} Do not send its content in another way; go on without it.`,
    };
  }
  if (uri.path.endsWith('.ipynb')) {
    return { problem: 'A notebook has no lines of its own. Give the cell’s source as "text".' };
  }
  const document = await openText(uri);
  if (!document) return { problem: 'This file is not text that the editor can open.' };
  const first = (startLine ?? 1) - 1;
  if (first >= document.lineCount) {
    return { problem: `The file has ${document.lineCount} lines. Correct startLine.` };
  }
  const range = document.validateRange(
    new vscode.Range(first, 0, Math.min(endLine ?? Infinity, document.lineCount), 0),
  );
  const source = sourceAt(document, range, await documentSymbols(document, syntax));
  if (source.selection.text.trim() === '') return { problem: 'There is no text in these lines.' };
  return { kind: 'file', source };
}

async function openText(uri: vscode.Uri): Promise<vscode.TextDocument | null> {
  try {
    return await vscode.workspace.openTextDocument(uri);
  } catch {
    // Binary, or too large for the editor.
    return null;
  }
}
