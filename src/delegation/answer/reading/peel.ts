import { isMarkupLanguage, isProseLanguage } from '../../../text/lexicalRules';
import type { Mended } from './mending';
import type { Mending } from '../../run/readingNotes';

/** What an answer was written for: it tells the model's wrapping from the user's own text. */
export interface AnsweredCode {
  /** What was sent, as the model saw it; empty where the answer is not code. */
  readonly code: string;
  readonly languageId: string;
  /** What an answer that is not code is about: it may speak of the tags that are in there. */
  readonly about?: string;
}

const THOUGHTS =
  '(?:\\w+:)?(?:think|thinking|thought|thoughts|reasoning|reflection|analysis|scratchpad|antthinking)';
/** Angle brackets, or those of models whose templates have others. */
const OPEN_THOUGHTS = new RegExp(String.raw`^\s*(?:<${THOUGHTS}>|\[THINK\]|◁think▷)`, 'i');
const CLOSE_THOUGHTS = new RegExp(String.raw`<\/${THOUGHTS}>|\[\/THINK\]|◁\/think▷`, 'i');
/** The channels of gpt-oss when its template was not applied. */
const FINAL_CHANNEL = /^[\s\S]*<\|channel\|>\s*final\s*(?:<\|constrain\|>[^<]*)?<\|message\|>/;
/** The same without the signs of its template. */
const BARE_CHANNELS = /^analysis(?=[A-Z])[\s\S]*?assistantfinal(?=\S)/;
/** What ends a turn in the templates of open models. */
const END_OF_TURN =
  /\s*(?:<\|(?:im_end|eot_id|end|endoftext|end_of_text|return|eom_id)\|>|<\/s>|<end_of_turn>|<｜end▁of▁sentence｜>)\s*$/;
/** The name of the speaker, as templates and transcripts write it before a turn. */
const SPEAKER =
  /^\s*(?:(?:<\|im_start\|>\s*)?assistant(?:[ \t]*\r?\n|:\s)|<\|start_header_id\|>assistant<\|end_header_id\|>|<\|assistant\|>|<start_of_turn>model[ \t]*\r?\n|<｜Assistant｜>)\s*/i;
const INVISIBLE = /^\uFEFF|[\u200B\u2060]/g;

/** Tags of our own around what a worker sees. */
const OWN_TAG =
  /^[ \t]*<\/?(?:selection|instruction|outline|schema)(?:-[a-z2-7]{8})?>[ \t]*(?:\r?\n|$)/gm;
const OWN_TAG_WITH_NONCE = /<\/?(?:selection|instruction|outline|schema)-[a-z2-7]{8}>/g;

/** Tags that models put around an answer on their own. */
const ANSWER_TAGS =
  'answer|summary|explanation|final|final_answer|finalanswer|result|results|output|response|solution|replacement|refactored|refactored_code|reformatted|reformatted_code|updated_code|new_code|modified_code|translated|translation|insertions|docstrings|json|artifact|code_block|codeblock|tool_call|function_call';
/** Tags of the same use that a document may have itself. */
const DOCUMENT_TAGS = 'code|pre|source|file|document|content|text|snippet|selection';

/** Takes off whatever stands around an answer and does not belong to it: thinking, tags, ends of turns. */
export function peel(
  answer: string,
  { code, languageId, about = '' }: AnsweredCode,
): Mended<string> {
  const mended: Mending[] = [];
  let text = code.includes('\u200B') ? answer : answer.replace(INVISIBLE, '');
  for (let round = 0; round < 6; round += 1) {
    const before = text;
    text = withoutThoughts(text, code, about);
    if (text !== before) mended.push('thoughts');
    const beforeTags = text;
    text = withoutTags(text, code, languageId);
    if (text !== beforeTags) mended.push('tags');
    const beforeQuote = text;
    text = withoutQuoteSigns(text, code, languageId);
    text = withoutRules(text, code);
    if (text !== beforeQuote) mended.push('prose');
    if (text === before) break;
  }
  return { value: text, mended: [...new Set(mended)] };
}

/** Lines that say where the code begins and ends: `=== BEGIN CODE ===`. */
const RULE =
  /^[^\S\n]*[-=*#~<[]{2,}[^\S\n]*(?:begin|start|end)(?:[^\S\n]+(?:of|the|new|updated|refactored))*[^\S\n]+(?:code|file|output|answer|response|snippet)[^\S\n]*[-=*#~>\]]{2,}[^\S\n]*$/i;

/** Takes off such lines at both ends, and emphasis or single backticks around the whole. */
function withoutRules(text: string, code: string): string {
  const bold = /^\s*\*\*(`{3,}[^`]*\n[\s\S]*\n`{3,})\*\*\s*$/.exec(text)?.[1];
  if (bold !== undefined) return bold;
  const [, inside] = /^\s*`(?!`)([^`]*\n[^`]*)`\s*$/.exec(text) ?? [];
  if (inside !== undefined && !code.includes('`')) return inside;
  const lines = text.split('\n');
  const filled = lines.flatMap((line, index) => (line.trim() === '' ? [] : [index]));
  const ends = [filled[0], filled.at(-1)].filter(
    (at): at is number => at !== undefined && RULE.test(lines[at] ?? ''),
  );
  if (ends.length === 0 || code.split('\n').some((line) => RULE.test(line))) return text;
  return lines.filter((_, index) => !ends.includes(index)).join('\n');
}

/** Takes the signs off of an answer that is quoted as a whole, as in a mail or in Markdown. */
function withoutQuoteSigns(text: string, code: string, languageId: string): string {
  const isQuoted = /^\s*>/.test(text) && !/^[ \t]*(?!>)\S/m.test(text);
  if (!isQuoted || isProseLanguage(languageId) || /^[ \t]*>/m.test(code)) return text;
  return text.replace(/^[ \t]*> ?/gm, '');
}

function withoutThoughts(answer: string, code: string, about: string): string {
  let text = END_OF_TURN.test(code) ? answer : answer.replace(END_OF_TURN, '');
  if (!code.includes('<|channel|>')) text = text.replace(FINAL_CHANNEL, '');
  if (!code.includes('assistantfinal')) text = text.replace(BARE_CHANNELS, '');
  if (!/^\s*assistant\b/i.test(code)) text = text.replace(SPEAKER, '');
  const close = CLOSE_THOUGHTS.exec(text);
  // Thinking that never ends has no answer behind it.
  if (!close && OPEN_THOUGHTS.test(text) && !OPEN_THOUGHTS.test(code)) return '';
  // In a document that speaks of such tags nothing can be told.
  if (!close || CLOSE_THOUGHTS.test(code)) return text;
  const open = OPEN_THOUGHTS.exec(text);
  const before = text.slice(0, close.index);
  // Without the opening tag, all that stands before the closing one is thinking: templates of some
  // models open it themselves.
  const isMentioned = /["'`]$/.test(before) || CLOSE_THOUGHTS.test(about);
  if (open === null && isMentioned) return text;
  const isThinking = open !== null || !new RegExp(`<${THOUGHTS}>`, 'i').test(before);
  return isThinking ? text.slice(close.index + close[0].length).replace(/^\s*\n/, '') : text;
}

function withoutTags(answer: string, code: string, languageId: string): string {
  let text = answer.replace(OWN_TAG_WITH_NONCE, (tag) => (code.includes(tag) ? tag : '\u0000'));
  // A tag alone on its line goes with the line.
  text = text.replace(/^[ \t]*\u0000[ \t]*\r?\n?/gm, '').replaceAll('\u0000', '');
  if (!OWN_TAG.test(code)) {
    const unwrapped = withoutWrap(text, 'selection');
    if (unwrapped !== null) text = unwrapped;
  }
  OWN_TAG.lastIndex = 0;
  if (!code.includes('<![CDATA[')) text = CDATA.exec(text)?.[1]?.replace(/^\r?\n/, '') ?? text;
  const isMarkup = isMarkupLanguage(languageId);
  const names = isMarkup ? ANSWER_TAGS : `${ANSWER_TAGS}|${DOCUMENT_TAGS}`;
  const own = new RegExp(String.raw`^\s*<(?:${names})\b`, 'i');
  return own.test(code) ? text : (withoutWrap(text, names) ?? text);
}

const CDATA = /^\s*<!\[CDATA\[([\s\S]*)\]\]>\s*$/;

/** What is inside of the only element of one of some names that spans the answer or its lines. */
function withoutWrap(text: string, names: string): string | null {
  const wrap = new RegExp(
    String.raw`^([^<]*?)^[ \t]*<(${names})(?:\s[^>\n]*)?>(?:[ \t]*\r?\n)?([\s\S]*?)<\/\2>([\s\S]*)$`,
    'im',
  );
  const [, before = '', name = '', inside = '', after = ''] = wrap.exec(text) ?? [];
  if (name === '') return null;
  // Said before and after; code out there would be lost.
  if (
    /[{};=<>]/.test(before) ||
    new RegExp(`<${name}\\b`, 'i').test(after) ||
    /[{};=]/.test(after)
  ) {
    return null;
  }
  const data = CDATA.exec(inside);
  return (data?.[1] ?? inside).replace(/\s+$/, '\n');
}
