import type { JsonObject, ServerToolEntry } from '../openrouter/wire';
import type { IndentationStyle } from '../text/indentation';

/** Tasks with a command of their own that work on more than a selection. */
export type OwnDoorTaskId = 'commitMessage' | 'draftTests';

/**
 * What an answer must look like.
 *
 * - `text`: Markdown for the output panel.
 * - `insertions`: JSON list of comment blocks and the line each belongs to; the extension writes them.
 * - `replacement`: the selection's new text, whole.
 * - `file`: the whole text of a new file, in the selection's language.
 * - `json`: a JSON value, validated against a schema when there is one.
 */
export type AnswerFormat = 'text' | 'insertions' | 'replacement' | 'file' | 'json';

/** Limits and tools of the worker. All optional: what is absent comes from the settings. */
export interface WorkerSettings {
  readonly model?: string;
  readonly maxCompletionTokens?: number;
  readonly temperature?: number;
  readonly reasoningEffort?: string;
  readonly reasoningMaxTokens?: number;
  /** Added to the task's own instructions. */
  readonly instructions?: string;
  readonly tools?: readonly ServerToolEntry[];
  readonly maxToolCalls?: number;
}

/** What is left as it was, so that a grammar can tell: everything but comments, or but layout. */
export type TaskClaim = 'comments-added' | 'comments-changed' | 'layout-changed';

/** A routine job, as data: adding one is adding a file with such a value. */
export interface TaskDefinition {
  /** A recipe's is `recipe:` and its file's base name. */
  readonly id: string;
  /** Name in English, for logs; the user sees a localized title. */
  readonly title: string;
  readonly answer: AnswerFormat;
  /** Whether it can do nothing without an instruction of its own. */
  readonly needsInstruction?: boolean;
  /** What the orchestrator sees of the selection; workers always get it whole. */
  readonly context: 'outline' | 'full';
  /** Whether the selection may be cut into parts for several workers when it is long. */
  readonly splittable: boolean;
  /** Whether lines are numbered in what worker and orchestrator see, for answers with anchors. */
  readonly numbered: boolean;
  /** What the worker is told to do: second person, imperative, complete without the user's words. */
  readonly workerRole: string;
  /** What the orchestrator checks before it accepts an outcome. */
  readonly acceptance: string;
  /** Expected length of an answer as a share of the selection's tokens, for limits and estimates. */
  readonly answerTokens: { readonly base: number; readonly perSelectionToken: number };
  /** What a proof can show of an edit; nothing is claimed where it is absent. */
  readonly claim?: TaskClaim;
  /** Taken in place of `auto` where the form of an answer says enough of it. */
  readonly preferredRouting?: 'worker-first';
  readonly worker?: WorkerSettings;
  /** JSON Schema of the answer, for `json`; a run's own schema goes before it. */
  readonly schema?: JsonObject;
}

/** The text a run works on, with all that core code needs to know about where it came from. */
export interface Selection {
  /** Text exactly as in the document. */
  readonly text: string;
  /** VS Code's language identifier. */
  readonly languageId: string;
  /** One-based line in the document on which `text` starts. */
  readonly startLine: number;
  /**
   * The document's line of each line of `text` where they do not follow each other, as with several
   * selections in one; null for lines that are in no document.
   */
  readonly lineNumbers?: readonly (number | null)[];
  /** Declarations inside the selection, from the editor's document symbols or a grammar; empty when unknown. */
  readonly symbols: readonly SelectionSymbol[];
  /** How the editor indents the document; absent when that is not known. */
  readonly indentation?: IndentationStyle;
  /** False where the editor knows of no comments in the language; absent when it was not asked. */
  readonly hasComments?: boolean;
}

export interface SelectionSymbol {
  readonly name: string;
  /** Lower-case kind: `function`, `class`, `method`, … */
  readonly kind: string;
  /** One-based lines relative to the selection's first line. */
  readonly startLine: number;
  readonly endLine: number;
  readonly depth: number;
}

/** One docstring or comment block to insert, as a worker answers for `insertions`. */
export interface Insertion {
  /** One-based line, relative to the selection, of the declaration that is documented. */
  readonly line: number;
  /** The comment's text without comment characters or indentation. */
  readonly text: string;
  /** The declaration's name, where the worker told it. */
  readonly name?: string;
}

/** A recipe's id holds a file name, which is the user's own affair; its job is called `recipe`. */
export function jobName(task: TaskDefinition): string {
  return task.id.startsWith('recipe:') ? 'recipe' : task.id;
}
