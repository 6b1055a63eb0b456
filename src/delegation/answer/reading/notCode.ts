import { parseRecord } from '../../../common/json';
import { isAllSpoken, isRefusal } from '../../../text/prose';
import { isProseLanguage } from '../../../text/lexicalRules';
import { sharedWords } from '../../../text/lexical';
import { diffSequences } from '../../../text/sequenceDiff';
import type { AnsweredCode } from './peel';

/**
 * What came in place of code.
 *
 * - `elided`: code with a remark in place of a part of it, such as "rest unchanged".
 * - `diff`: a unified diff or a patch.
 * - `search-replace`: search and replace blocks, or conflict markers.
 * - `refusal`: words that decline.
 * - `remark`: other words.
 */
export type NotCode = 'elided' | 'diff' | 'search-replace' | 'refusal' | 'remark';

/** Recognizes an answer that is not the whole new code; null when nothing speaks against it. */
export function recognizeNotCode(answer: string, given: AnsweredCode): NotCode | null {
  const { code } = given;
  if (isSearchReplace(answer) && !isSearchReplace(code)) return 'search-replace';
  if (given.languageId !== 'diff' && isDiff(answer, code)) return 'diff';
  const words = wordsInPlaceOfCode(answer, given);
  if (words) return words;
  return elidedLines(answer, given).length > 0 ? 'elided' : null;
}

function isSearchReplace(text: string): boolean {
  if (/^\s*<(search|old\w*|find)>[\s\S]*<\/\1>\s*<(?:replace|new)\w*>/i.test(text)) return true;
  if (/^\s*\{\s*"(?:search|find|old_?\w*)"\s*:[\s\S]*"(?:replace|new_?)\w*"\s*:/i.test(text))
    return true;
  return (
    /^<{5,9}(?: |$)/m.test(text) && /^={5,9}\s*$/m.test(text) && /^>{5,9}(?: |\s*$)/m.test(text)
  );
}

const HUNK = /^@@ -\d+(?:,\d+)? \+\d+(?:,\d+)? @@/m;
/** A diff as `diff` writes it by itself. */
const ED_SCRIPT = /^\d+(?:,\d+)?[acd]\d+(?:,\d+)?\r?\n[<>] /m;
const DIFF_HEAD = /^(?:diff --git |--- \S.*\r?\n\+\+\+ \S|\*\*\* (?:Begin Patch|Update File))/m;

function isDiff(answer: string, code: string): boolean {
  if (HUNK.test(answer) && !HUNK.test(code)) return true;
  if (DIFF_HEAD.test(answer) && !DIFF_HEAD.test(code)) return true;
  // Words of an editor's command.
  if (/^\s*(?:replace|change|insert|delete|update|in)\b[^\n]{0,40}\blines?\s+\d+/i.test(answer)) {
    return !/^\s*(?:replace|change|insert|delete|update|in)\b/i.test(code);
  }
  if (ED_SCRIPT.test(answer) && !ED_SCRIPT.test(code)) return true;
  // A diff without heads: lines of the code with a minus, others with a plus.
  const known = new Set(
    code
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line.length > 2),
  );
  const lines = answer.split('\n');
  const removed = lines.filter((line) => /^-/.test(line) && known.has(line.slice(1).trim()));
  const added = lines.filter((line) => /^\+/.test(line) && line.trim().length > 2);
  if (/^[-+]/m.test(code)) return false;
  const isAllAdded = added.length > 1 && lines.every((line) => /^(?:\+.*|\s*)$/.test(line));
  return isAllAdded || isMarked(lines, code) || (removed.length > 0 && added.length > 0);
}

/** Whether each line has the sign of a diff: a plus, a minus, or a blank for code that stays. */
function isMarked(lines: readonly string[], code: string): boolean {
  const signs = lines.filter((line) => line.trim() !== '' && !/^(?:@@|---|\+\+\+)/.test(line));
  const known = new Set(code.split('\n').map(spacedAlike));
  return (
    signs.every((line) => /^[-+ ]/.test(line)) &&
    signs.some((line) => line.startsWith('+')) &&
    signs.some((line) => known.has(spacedAlike(line.slice(1))) && !known.has(spacedAlike(line)))
  );
}

/** A line with its indentation, and without what white space is in it. */
function spacedAlike(line: string): string {
  return line.replace(/(?<=\S)\s+/g, '');
}

function wordsInPlaceOfCode(answer: string, { code, languageId }: AnsweredCode): NotCode | null {
  const text = answer.trim();
  if (CALL.test(text) && !CALL.test(code)) return 'remark';
  if (isReport(text) && !isReport(code)) return 'remark';
  if (PLACEHOLDER.test(text) && !PLACEHOLDER.test(code)) return 'elided';
  const isShort = text.length < Math.max(600, code.length);
  if (isRefusal(text) && isShort && sharedWords(text, code) < 0.5) return 'refusal';
  if (isProseLanguage(languageId)) return null;
  if (isOnlyComments(text) && !isOnlyComments(code)) {
    const said = text.split('\n').map(commentOf).join('\n').trim();
    return isRefusal(said) ? 'refusal' : 'remark';
  }
  return isAllSpoken(text) && !isAllSpoken(code) ? 'remark' : null;
}

/** A model's call of a tool that it does not have. */
const CALL =
  /^\s*(?:<(?:tool_call|tool_use|function_call|function_calls|invoke|function=)|\[TOOL_CALLS?\]|\{\s*"(?:name|tool|function)"\s*:[\s\S]*"(?:arguments|parameters|input)"\s*:)/;
/** An object that tells how something went, as services and tools answer. */
function isReport(text: string): boolean {
  const names = Object.keys(parseRecord(text) ?? {});
  return names.length > 0 && names.every((name) => REPORTED.test(name));
}

const REPORTED = /^(?:error|errors|status|success|ok|message|reason|refusal|detail|details|code)$/i;

/** Words that stand for all of the code. */
const PLACEHOLDER =
  /^\W*(?:(?:insert|put|paste|add)\s+)?(?:your|the|new|updated|refactored|modified)\s+(?:\w+\s+){0,2}code(?:\s+(?:goes\s+)?here)?\W*$/i;

function isOnlyComments(text: string): boolean {
  if (ONE_COMMENT.test(text)) return true;
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.length > 0 && lines.every((line) => /^\s*(?:\/\/|#(?![a-z!])|--\s)/.test(line));
}

/** A block comment, or a text in the quotes of one, from the first sign to the last. */
const ONE_COMMENT =
  /^\s*(?:\/\*(?:(?!\*\/)[\s\S])*\*\/|<!--(?:(?!-->)[\s\S])*-->|\"{3}[^"]*\"{3}|'{3}[^']*'{3})\s*$/;

function commentOf(line: string): string {
  return line.replace(COMMENT_START, '').replace(COMMENT_END, '').trim();
}

const COMMENT_START = /^\s*(?:\/\/+|#+|--+|\/\*+|\*|<!--|\{\/\*|;+|%+|'|"""|\(\*|REM\b)\s*/i;
const COMMENT_END = /\s*(?:\*\/\}?|-->|"""|\*\))?\s*$/;
const DOTS = /\.{3}|[…⋮⋯]|(?:\. ){2}\./;
const ONLY_DOTS = /^[[({<]?\s*(?:\.{3,}|[…⋮⋯]|(?:\. ){2,}\.|·{3,})\s*[\])}>]?$/;
/** What stands beside dots in a comment that stands for code. */
const STANDS_FOR_CODE =
  /\b(?:existing|rest|remaining|remainder|previous|other|others|same|unchanged|omitted|snip(?:ped)?|truncated|code|implementation|methods?|functions?|logic|lines?|as before|as is|above|below|continues?|etc|c[óo]d(?:igo|ice)|bestehende[rn]?|restliche[rn]?|existante?|existente|esistente)\b|[原他省同]|既存|기존|나머지|остальн|существующ/i;
/** What says without dots that code is left out. */
const LEFT_OUT =
  /\b(?:rest|remainder) of (?:the |your |this )?(?:existing |original )?(?:code|file|function|class|method|methods|implementation|body|module|script|component|logic|program|content)\b|\b(?:existing|remaining|previous|original|unchanged|other) (?:code|implementation|methods?|functions?|logic|content|lines|body|fields|members)\b.*\b(?:here|unchanged|remains?|same|goes)\b|\b(?:remains?|stays?|is|are|kept|left) (?:the same|unchanged|as is|as it was|as before)\b|\bsame as (?:before|above|(?:in )?(?:the )?original)\b|^see (?:above|below|the original|original)\b|\bsnip(?:ped)?\b|\b(?:logic|implementation|body) (?:goes |stays )?here\b|^(?:your|the) (?:original|existing|previous|current) (?:code|implementation|logic|body|method|function)$|\b(?:omitted|truncated|abbreviated|skipped|elided|shortened) (?:for|here)\b|\bno changes? (?:needed|necessary|required|here|below|above)\b|\bcode (?:goes|continues) (?:here|as before|unchanged)\b|\byour (?:existing |original )?code here\b|\b(?:keep|leave|retain)\b.*\b(?:existing|original|same|rest|other|remaining)\b|\b(?:unchanged|no changes?)[.)\]]*\s*$|\b(?:rest|übrige\w*|restliche\w*)\b.*\b(?:unverändert|gleich|wie (?:bisher|vorher|zuvor))|\b(?:resto|reste)\b.*\b(?:sin cambios|igual|inchangée?|identique)|\b(?:resto|restante|rest)\b.*\b(?:invariat[oi]|inalterad[oa]|(?:permanece|rimane|resta|sigue) (?:igual|uguale)|ongewijzigd|bez zmian)|\b(?:código|codice) (?:existente|esistente|original)\b|\bcode existant\b|(?:其余|其他|剩余|余下).*(?:不变|相同|省略)|保持不变|原有.*(?:代码|逻辑|实现)|^(?:同上|省略|不变)|(?:残り|以下|他の).*(?:同じ|省略|変更なし)|既存の(?:コード|処理|実装|ロジック)|変更(?:なし|ありません)|(?:나머지|기존).*(?:동일|같|생략|코드|그대로)|остальн.*(?:без изменений|не измен|тот же|так(?:ой|им) же)|^без изменений|существующ\S* код/i;
/** A comment of nothing but the name of what is missing. */
const ONLY_LEFT_OUT =
  /^(?:etc\.?|and so on\.?|(?:the )?(?:other|remaining|existing|previous|rest of(?: the)?) (?:code|functions?|methods?|implementations?|classes|members|fields|lines|file|class))$/i;

/** One-based lines of an answer that stand for code which is left out. */
export function elidedLines(answer: string, { code, languageId }: AnsweredCode): number[] {
  const known = new Set(code.split('\n').map((line) => line.trim()));
  const lines = answer.split('\n');
  const lost = 1 - sharedWords(code, answer);
  const found = lost > 0.1 ? emptiedLines(code, answer) : [];
  lines.forEach((line, index) => {
    const text = line.trim();
    if (text === '' || known.has(text)) return;
    if (standsForCode(text, { languageId, lost })) found.push(index + 1);
  });
  return found;
}

/** Two lines of code or more. */
const MIN_EMPTIED = 2;
/** A comment that says why code is gone, or that some is still to come. */
const SAYS_WHY =
  /\b(?:todo|fixme|remov\w*|delet\w*|dropp?\w*|no longer|moved?|replaced?|deprecated|unused|obsolete|entfernt|gelöscht)\b/i;

/** One-based lines of short comments, whatever they say, that are all that came in place of code. */
function emptiedLines(code: string, answer: string): number[] {
  const before = filledLines(code);
  const after = filledLines(answer);
  const kept = new Set(after.map(({ text }) => text));
  const textsOf = (side: typeof before): string[] => side.map(({ text }) => text);
  return diffSequences(textsOf(before), textsOf(after)).flatMap((hunk) => {
    const gone = textsOf(before.slice(hunk.beforeStart, hunk.beforeEnd)).filter(
      (line) => /\w/.test(line) && !COMMENT_START.test(line) && !kept.has(line),
    );
    const come = after.slice(hunk.afterStart, hunk.afterEnd);
    const [first] = come;
    const isEmptied =
      gone.length >= MIN_EMPTIED && first && come.every(({ text }) => isShortRemark(text, gone));
    return isEmptied ? [first.line] : [];
  });
}

/** Lines with text, and their one-based numbers. */
function filledLines(text: string): { readonly text: string; readonly line: number }[] {
  return text
    .split('\n')
    .map((each, index) => ({ text: each.trim(), line: index + 1 }))
    .filter((each) => each.text !== '');
}

function isShortRemark(line: string, gone: readonly string[]): boolean {
  const start = COMMENT_START.exec(line);
  if (!start) return false;
  const said = commentOf(line);
  const isCode = gone.some((each) => each === said) || /[;{}=]|\w\(/.test(said);
  return !isCode && !SAYS_WHY.test(said) && said.length <= 40 && said.split(/\s+/).length <= 6;
}

function standsForCode(
  line: string,
  { languageId, lost }: { readonly languageId: string; readonly lost: number },
): boolean {
  // `...` is a statement of Python; in place of code it shows by what is missing.
  if (ONLY_DOTS.test(line)) return languageId !== 'python' || lost > 0.15;
  // A block of Python needs a statement beside the remark.
  const text = line.replace(/^pass\s+(?=#)/, '');
  const start = COMMENT_START.exec(text);
  // Said in brackets, without the sign of a comment.
  if (!start) return /^\([^()]*\)$/.test(text) && LEFT_OUT.test(text) && lost > 0.1;
  const comment = text.slice(start[0].length).replace(COMMENT_END, '').trim();
  if (ONLY_DOTS.test(comment)) return true;
  if (DOTS.test(comment) && STANDS_FOR_CODE.test(comment))
    return /^[[(]?(?:\.{3}|…)|(?:\.{3}|…)[\])]?$/.test(comment) || lost > 0.1;
  // What is in brackets as a whole says what would stand there.
  const isBracketed = /^(?:\[[^\]]*\]|\([^)]*\)|<[^>]*>|\{[^}]*\})$/.test(comment);
  if (isBracketed && STANDS_FOR_CODE.test(comment)) return lost > 0.1;
  return (LEFT_OUT.test(comment) || ONLY_LEFT_OUT.test(comment)) && lost > 0.1;
}
