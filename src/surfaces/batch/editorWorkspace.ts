import * as vscode from 'vscode';
import { hashOf } from '../../batch/hash';
import { isWritable, nodeWorkspace } from '../../batch/nodeWorkspace';
import type { WorkspaceFiles, WriteProblem } from '../../batch/ports';
import { planApply } from '../../drafts/applyPlan';
import { trackRange } from '../../text/trackedRange';

const BYTE_ORDER_MARK = '\uFEFF';

/**
 * A workspace folder as the user sees it: a file with unsaved changes has the text of its editor.
 * Files that are open are changed in their editors, so that Undo knows of it; others on the disk.
 */
export function editorWorkspace(root: vscode.Uri): WorkspaceFiles {
  const disk = nodeWorkspace(root.fsPath);
  const read = async (path: string): Promise<Buffer | null> => {
    const bytes = await disk.read(path);
    const document = openDocument(root, path);
    return bytes && document?.isDirty === true ? bytesOf(document, bytes) : bytes;
  };
  return {
    list: (folder) => disk.list(folder),
    size: (path) => disk.size(path),
    read,
    write: async (path, bytes, expectedHash) => {
      const before = await read(path);
      if (before === null) return 'gone';
      if (hashOf(before) !== expectedHash) return 'changed';
      const document = openDocument(root, path);
      // An editor gives all lines of a file the same end; one that mixes them stays as it is.
      const isLikeDisk = document && bytesOf(document, before).equals(before);
      if (!document || !isLikeDisk) return disk.write(path, bytes, expectedHash);
      if (!(await isWritable(document.uri.fsPath))) return 'read-only';
      return writeDocument(document, bytes);
    },
  };
}

function openDocument(root: vscode.Uri, path: string): vscode.TextDocument | undefined {
  const uri = vscode.Uri.joinPath(root, path).toString();
  return vscode.workspace.textDocuments.find(
    (document) => !document.isClosed && document.uri.toString() === uri,
  );
}

/** What saving the document as it is would write. */
function bytesOf(document: vscode.TextDocument, onDisk: Buffer): Buffer {
  const hasMark = onDisk.subarray(0, 3).equals(Buffer.from(BYTE_ORDER_MARK));
  return Buffer.from((hasMark ? BYTE_ORDER_MARK : '') + document.getText());
}

/** Changes the lines that differ, in one undo step; what was saved before is saved again. */
async function writeDocument(
  document: vscode.TextDocument,
  bytes: Buffer,
): Promise<WriteProblem | null> {
  const current = document.getText();
  const plan = planApply({
    documentText: current,
    eol: document.eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n',
    range: trackRange({ start: 0, end: current.length }),
    base: current,
    proposed: bytes.toString('utf8').replace(/^\uFEFF/, ''),
    conflict: null,
  });
  if (plan.kind !== 'edits') return 'failed';
  const wasDirty = document.isDirty;
  const edit = new vscode.WorkspaceEdit();
  for (const { offset, length, text } of plan.edits) {
    const range = new vscode.Range(
      document.positionAt(offset),
      document.positionAt(offset + length),
    );
    edit.replace(document.uri, range, text);
  }
  // The editor refuses it when the text has changed since it was read.
  if (!(await vscode.workspace.applyEdit(edit))) return 'changed';
  if (!wasDirty) await document.save();
  return null;
}
