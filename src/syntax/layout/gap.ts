/**
 * What white space says. A tolerant grammar reads many texts that the language itself refuses, so
 * that equal trees prove nothing of line breaks and blanks; each language has rules of its own.
 */

/** A token of code with its place in the tree. */
export interface LayoutToken {
  /** As written. */
  readonly text: string;
  /** The node's type; a keyword or operator has itself. Empty for what the grammar has no node for. */
  readonly type: string;
  /** Type of the node around it. */
  readonly parent: string;
  /** Types of the nodes that begin with it, outer ones first. */
  readonly opens: readonly string[];
  /** Types of the nodes that end with it, inner ones first. */
  readonly closes: readonly string[];
  readonly start: number;
  readonly end: number;
  /** Whether it is a documentation string, which is code to the language. */
  readonly isDoc: boolean;
}

/** What stands between two neighbouring tokens of code. */
export interface Gap {
  /** Null at the start of the text. */
  readonly left: LayoutToken | null;
  readonly right: LayoutToken;
  /** The white space between, with comments left out and continued lines joined. */
  readonly space: string;
  /** Whether white space, and not a comment, stands at once behind the token to the left. */
  readonly beginsWithSpace: boolean;
  /** Whether a line ends between, even if in a comment. */
  readonly hasBreak: boolean;
  readonly hasComment: boolean;
}

/**
 * Says for each gap what it means: a text that is empty where nothing depends on the white space.
 * Two texts with the same tokens and the same marks are the same to the language.
 */
export type LayoutReader = (gaps: readonly Gap[], source: string) => readonly string[];

/** What white space means in a language. */
export interface LanguageLayout {
  readonly read: LayoutReader;
  /** What a backslash at a line's end leaves of the line break; without it, it is a character. */
  readonly continuation?: '' | ' ';
}

/** The code around a comment. */
export interface CommentNeighbours {
  /** The token before, as written; null at the start. */
  readonly previous: string | null;
  /** Types of nodes that begin with the token behind, outer ones first; empty at the end. */
  readonly opens: readonly string[];
}

/** The mark of white space that must stay as it is: its kind, not its width. */
export function asWritten(gap: Gap): string {
  if (gap.hasBreak) return 'break';
  return isApart(gap) ? 'blank' : 'none';
}

export function isApart({ space, hasComment }: Gap): boolean {
  return space !== '' || hasComment;
}

/** A reader that looks at one gap at a time, from a rule for gaps between two tokens. */
export function gapByGap(mark: (gap: InnerGap) => string): LayoutReader {
  return (gaps) => gaps.map((gap) => (isInner(gap) ? mark(gap) : ''));
}

export type InnerGap = Gap & { readonly left: LayoutToken };

export function isInner(gap: Gap): gap is InnerGap {
  return gap.left !== null;
}
