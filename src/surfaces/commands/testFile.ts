import * as vscode from 'vscode';
import { findIgnore } from '../../editor/selection/ignoredFiles';
import { showInformation } from '../../editor/messages/show';
import type { Job } from '../../editor/run/job';
import type { JobRunner } from '../../editor/run/runJob';
import { type JobSource, combineSources } from '../../editor/selection/jobSource';
import type { SelectionSource } from '../../editor/selection/selectionSource';
import { workspaceFiles } from '../../editor/selection/workspaceFiles';
import { draftTestsTask } from '../../tasks/draftTests';
import { frameworkOf, manifestNames } from '../../testFiles/framework';
import { testInstruction } from '../../testFiles/testInstruction';
import { splitPath } from '../../testFiles/testNames';
import { type TestPlace, placeTest } from '../../testFiles/testPlace';

/** This many files say enough of how a project lays out its tests. */
const MAX_FILES = 20_000;
/** A longer file is not a test to learn from. */
const MAX_BYTES = 200_000;

/** Drafts tests for a selection as a new file that is not saved yet, where the project has its tests. */
export async function draftTestFile(
  sources: readonly [SelectionSource, ...SelectionSource[]],
  runner: JobRunner,
): Promise<void> {
  const [first] = sources;
  const project = await readProject(first);
  if (!project) {
    void showInformation(
      vscode.l10n.t('Delegate does not know how tests are named in this language.'),
    );
    return;
  }
  await run(
    { task: draftTestsTask, instruction: project.instruction },
    { source: combineSources(sources), uri: first.uri, project, runner },
  );
}

interface Drafting {
  readonly source: JobSource;
  readonly uri: vscode.Uri;
  readonly project: Project;
  readonly runner: JobRunner;
}

async function run(job: Job, drafting: Drafting): Promise<void> {
  const { source, runner } = drafting;
  const rerun = runner.rerunOf(job, (next) => run(next, drafting));
  const finished = await runner.run(job, source, { rerun });
  const outcome = finished?.result.outcome;
  if (outcome?.format !== 'file') return;
  const { languageId } = source.selection;
  await openNewFile(outcome.text, languageId, await addressFor(drafting));
}

interface Project {
  /** Folder that the paths are relative to; null for a file that is in none. */
  readonly root: vscode.Uri | null;
  readonly place: TestPlace;
  readonly instruction: string;
}

async function readProject({ uri, selection }: SelectionSource): Promise<Project | null> {
  const { languageId } = selection;
  const root = vscode.workspace.getWorkspaceFolder(uri)?.uri ?? null;
  const source = root ? relativePath(root, uri) : splitPath(uri.path).base;
  const files = root ? await listFiles(root) : [];
  const place = placeTest({ source, languageId, files });
  if (!place) return null;
  const example = root && place.example !== null ? await readExample(root, place.example) : null;
  const manifests = root ? await readManifests(root, { source, languageId, files }) : [];
  const framework = frameworkOf(languageId, { example: example?.text ?? null, manifests });
  return {
    root,
    place,
    instruction: testInstruction({ framework, source, target: place.path, languageId, example }),
  };
}

async function listFiles(root: vscode.Uri): Promise<string[]> {
  const found = await workspaceFiles(root, MAX_FILES);
  return found.map((uri) => relativePath(root, uri));
}

/** A test goes along with the request, so the rules of ignore files are asked first. */
async function readExample(
  root: vscode.Uri,
  path: string,
): Promise<{ path: string; text: string } | null> {
  const uri = vscode.Uri.joinPath(root, path);
  if (await findIgnore(uri)) return null;
  const text = await readText(uri);
  return text === null ? null : { path, text };
}

/** Those of the source's own folder first, then of the folders around it. */
async function readManifests(
  root: vscode.Uri,
  { source, languageId, files }: { source: string; languageId: string; files: readonly string[] },
): Promise<string[]> {
  const names = manifestNames(languageId);
  const near = files
    .filter(
      (file) => names.includes(splitPath(file).base) && `${source}/`.startsWith(prefixOf(file)),
    )
    .sort((a, b) => b.length - a.length);
  const texts = await Promise.all(near.map((file) => readText(vscode.Uri.joinPath(root, file))));
  return texts.filter((text) => text !== null);
}

function prefixOf(file: string): string {
  const { folder } = splitPath(file);
  return folder === '' ? '' : `${folder}/`;
}

async function readText(uri: vscode.Uri): Promise<string | null> {
  try {
    if ((await vscode.workspace.fs.stat(uri)).size > MAX_BYTES) return null;
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch {
    return null;
  }
}

/** Null for what is not a file on this machine, so that no unsaved document can have its address. */
async function addressFor({ project: { root, place }, uri }: Drafting): Promise<vscode.Uri | null> {
  const folder = root ?? vscode.Uri.joinPath(uri, '..');
  return folder.scheme === 'file' ? freeAddress(vscode.Uri.joinPath(folder, place.path)) : null;
}

/** Opens the text as a document of that name, which the user saves or throws away. */
async function openNewFile(
  text: string,
  language: string,
  address: vscode.Uri | null,
): Promise<void> {
  if (!address) {
    const document = await vscode.workspace.openTextDocument({ language, content: text });
    await vscode.window.showTextDocument(document, { preview: false });
    return;
  }
  const document = await vscode.workspace.openTextDocument(address.with({ scheme: 'untitled' }));
  const edit = new vscode.WorkspaceEdit();
  const all = document.validateRange(new vscode.Range(0, 0, document.lineCount, 0));
  edit.replace(document.uri, all, text);
  await vscode.workspace.applyEdit(edit);
  await vscode.window.showTextDocument(document, { preview: false });
}

/** How many names are tried beside one that was taken since the run began. */
const MAX_NAMES = 50;

/** An address that neither a file nor an open document has; null when there is none to be found. */
async function freeAddress(uri: vscode.Uri): Promise<vscode.Uri | null> {
  const { folder, base } = splitPath(uri.path);
  const dot = base.indexOf('.');
  for (let number = 1; number <= MAX_NAMES; number++) {
    const name = number === 1 ? base : `${base.slice(0, dot)}${String(number)}${base.slice(dot)}`;
    const next = uri.with({ path: `${folder}/${name}` });
    const isOpen = vscode.workspace.textDocuments.some(
      ({ uri: open, isClosed }) => !isClosed && open.path === next.path,
    );
    if (!isOpen && (await readSize(next)) === null) return next;
  }
  return null;
}

async function readSize(uri: vscode.Uri): Promise<number | null> {
  try {
    return (await vscode.workspace.fs.stat(uri)).size;
  } catch {
    return null;
  }
}

function relativePath(root: vscode.Uri, uri: vscode.Uri): string {
  const prefix = root.path.endsWith('/') ? root.path : `${root.path}/`;
  return uri.path.startsWith(prefix) ? uri.path.slice(prefix.length) : splitPath(uri.path).base;
}
