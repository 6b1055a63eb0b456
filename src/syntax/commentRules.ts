/** What is known of a language's comments, with or without a grammar. */

/** How a comment is written. */
export type CommentStyle =
  | {
      readonly kind: 'block';
      readonly open: string;
      readonly close: string;
      readonly prefix: string;
    }
  | {
      readonly kind: 'line';
      readonly prefix: string;
      /** Whether a backslash at its end may join the next line, of code, to the comment. */
      readonly mayJoinLines: boolean;
    }
  /** A string below the signature. */
  | { readonly kind: 'docstring' };

/** A part of a text, by UTF-16 offsets. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A text as `[==[…]==]` of Lua or `{sql|…|sql}` of OCaml. */
export interface TaggedText {
  /** The characters that `open` may begin with. */
  readonly first: string;
  /** Sticky: it is tried where one of the characters stands. */
  readonly open: RegExp;
  readonly closeOf: (open: RegExpExecArray) => string;
  readonly isComment?: boolean;
}

/** How comments and texts over several lines are told from code where no grammar ships. */
export interface Lexis {
  readonly lineComments?: readonly string[];
  readonly blockComments?: readonly (readonly [open: string, close: string])[];
  /** Whether a block comment inside of a block comment needs an end of its own. */
  readonly hasNestedComments?: boolean;
  /**
   * Strings; a backslash escapes, or another sign, unless `isRaw`, and a line's end ends them unless
   * `isLong`.
   */
  readonly strings?: readonly {
    readonly open: string;
    /** Empty for what is whole with `open`, such as a quotation mark as a character. */
    readonly close: string;
    readonly isLong?: boolean;
    readonly isRaw?: boolean;
    readonly escape?: string;
  }[];
  /** Raw strings and comments over several lines whose ends depend on how they begin. */
  readonly tagged?: readonly TaggedText[];
  /** Other parts in which no comment can stand: a heredoc, a tag, a block scalar. */
  readonly texts?: (source: string) => readonly Span[];
}

/**
 * The comments of a language.
 *
 * What a tool takes for an order is told by patterns. `directive` sees a comment with its comment
 * characters; `orderLines` sees each of its lines without them and without blanks at the start.
 */
export interface CommentRules {
  /** How a declaration is documented; null in a language that has no comments. */
  readonly documentation: CommentStyle | null;
  /** How a comment is written that documents no declaration; like documentation when absent. */
  readonly plain?: CommentStyle;
  /** Comments that are documentation of what follows; when absent every comment may be. */
  readonly docComment?: RegExp;
  /** Documentation with what a compiler reads, so that new words cannot take its place. */
  readonly keptDocumentation?: RegExp;
  /** Comments by which a tool is told something of the very next line: nothing may come between. */
  readonly directive?: RegExp;
  /** Those of the whole file, which an empty line parts from whatever follows. */
  readonly fileDirective?: RegExp;
  /** A comment below a signature that is a part of it, so that documentation comes after. */
  readonly signatureComment?: RegExp;
  /** Lines of a comment that a compiler or a tool acts on. */
  readonly orderLines?: RegExp;
  /** The same, found anywhere in a comment. */
  readonly orders?: RegExp;
  /** The same, in a comment on the first two lines of a file only. */
  readonly firstLineOrders?: RegExp;
  /**
   * Whether several lines together are an order: a tool runs a part of documentation as a test, or
   * reads a block of comments. Given as they are written.
   */
  readonly hasBlockOrders?: (documentation: string) => boolean;
  /** Lines that must stay where they are at the start of a file. */
  readonly leadingLines?: RegExp;
  /** How annotations like Java's begin, which belong to the declaration below them. */
  readonly annotation?: RegExp;
  /** Lines, or heredocs, that belong to the declaration below them as a whole. */
  readonly annotationLine?: RegExp;
  /** Lines above which a comment is code. */
  readonly codeBelow?: RegExp;
  /** Whether documentation is XML, so that signs of other meaning are escaped. */
  readonly isXml?: boolean;
  /** Writes a line so that it means in a comment what it says; see `writeComment`. */
  readonly escapeLine?: (line: string) => string;
  readonly lexis?: Lexis;
}

export const JAVADOC: CommentStyle = { kind: 'block', open: '/**', close: '*/', prefix: ' * ' };

/** A style of line comments whose ends are not joined with the next line. */
export function lineStyle(prefix: string): CommentStyle {
  return { kind: 'line', prefix, mayJoinLines: false };
}

/** What tools of many languages read. */
const COMMON_ORDERS =
  /\bsource(?:Mapping)?URL=|\bNOSONAR\b|\bnosemgrep\b|\bgitleaks:allow|\btrufflehog:ignore|\bcheckov:skip|-\*-.*-\*-|\b(?:tag|end)::[\w-]+\[\]|\bANCHOR(?:_END)?:\s*\w|\[(?:START|END) \w+\]|\bSPDX-[A-Z]\w+-?\w*:|\b(?:c[sS]pell|spell-?checker)::?\s*\w/;
/** Compilers and linters look for this where a case has no end. */
const FALLS_THROUGH = /^(?:intentional(?:ly)? )?falls?[ -]?thr(?:ough|u)[ .!]*$/i;
const COMMON_ORDER_LINES = /^(?:(?:vi|vim|ex):\s*(?:set?\s|\w+[=:\s])|@generated\b|region\b\s*$)/;

/** How tools of all languages spell that they are to leave the next line alone. */
const COMMON_DIRECTIVE =
  /^\W{1,8}(?:[A-Za-z0-9@$.]+[-:_])+(?:ignore|disable|suppress|skip|off)\b|\b(?:disable|ignore|suppress)(?:-for)?[-:](?:next|this|line|once)\b|^\W{1,8}(?:codeql|lgtm)\[|^\W{1,8}(?:pyre-(?:ignore|fixme)|noinspection|skipcq)\b/i;

/** Whether a tool is told something of the very next line by a comment, so that nothing may come between. */
export function isDirective(comment: string, rules: CommentRules): boolean {
  return rules.directive?.test(comment) === true || COMMON_DIRECTIVE.test(comment);
}

/**
 * Whether a compiler or a tool acts on a comment.
 *
 * @param comment - Whole, with its comment characters.
 */
export function isOrder(comment: string, rules: CommentRules): boolean {
  return (
    isDirective(comment, rules) ||
    rules.orders?.test(comment) === true ||
    COMMON_ORDERS.test(comment) ||
    commentWords(comment).some(
      (line) =>
        rules.orderLines?.test(line) === true ||
        COMMON_ORDER_LINES.test(line) ||
        FALLS_THROUGH.test(line),
    )
  );
}

const OPENING = /^(?:\/\*+!?|\*+(?!\/)|\/\/+!?|<!--|\(\*+|\{-|#+[':]?|--+|;+|%+|'+|"""|\/\+\+?)\s*/;
const CLOSINGS = ['*/', '-->', '*)', '-}', '"""'] as const;

/** A comment's lines without comment characters and outer blanks; blank ones stay. */
export function commentWords(comment: string): string[] {
  return comment.split(/\r\n|\r|\n/).map((line) => {
    const words = line.trim();
    const closing = CLOSINGS.find((each) => words.endsWith(each)) ?? '';
    const open = words.slice(0, words.length - closing.length).replace(/(?<!\*)\*+$/, '');
    return open.replace(OPENING, '').trim();
  });
}
