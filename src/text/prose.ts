/** Telling what a model says to a reader from the code that it was asked for. */

/** A line by which models lead over to their answer: "Sure, here is the new code:". */
const LEAD_IN =
  /^(?:#{1,6}\s+|\*\*|>\s+)?(?:(?:sure|certainly|of course|okay|ok|absolutely|great|alright|no problem|got it|understood)\b[^\n]{0,200}|(?:here(?:[’']s|\s+is|\s+are|\s+you\s+go)|below\s+(?:is|are)|this\s+is|the\s+following)\b[^\n]{0,200}|(?:the\s+|your\s+|my\s+)?(?:\w+\s+){0,4}(?:code|version|function|selection|file|docstrings?|comments?|result|json|answer|output|solution|translation)(?:\s+(?:is|below|follows|as follows|with [^\n]{0,80}))?\s*:|hier\s+(?:ist|sind)\b[^\n]{0,200}|voici\b[^\n]{0,200}|aquí\s+(?:está|tienes)\b[^\n]{0,200}|(?=[^\n]*[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af])[^\n=;{}()]{2,200}[:：]|вот\s[^\n]{0,200})(?:\*\*)?\s*$/i;
/** What is certain to be said, whatever the language of the document. */
const CLEAR_LEAD_IN = /[:：]\s*(?:\*\*)?\s*$/;

const SENTENCE =
  /^(?:[-*•]\s+|\d+[.)]\s+|>\s+|\*\*|_|#{1,6}\s+)?[“"'‘(`]?[\p{Lu}][^\n]*[.!?:…](?:\*\*|_|[”"'’)`])*$/u;
/** What is said in one word when there is nothing more to say. */
const SINGLE_WORD =
  /^(?:done|ok|okay|finished|completed?|formatted|reformatted|refactored|unchanged|n\/a|ready|sure|certainly|yes|no|fertig|erledigt)[.!]*$/i;
/** Characters that sentences hardly have and code is full of. */
const CODE_MARKS = /[{};=<>[\]|\\@$]|\w\(|->|=>|::/g;

const REFUSAL =
  /^(?:["“]?)(?:(?:i[’']?m|i\s+am)\s+(?:really\s+|very\s+|so\s+)?(?:sorry|unable|not\s+able|afraid)\b|(?:sorry|apologies|my\s+apologies|unfortunately)\b|i\s+(?:can(?:[’']?t|\s*not)|could\s*n[o’']t|could\s+not|won[’']?t|will\s+not|must\s+decline|do\s+not\s+have|don[’']t\s+have|am\s+not)\b|as\s+an?\s+(?:ai|language\s+model|assistant)\b|(?:this|the)\s+(?:request|task|job|selection)\s+(?:cannot|can[’']t|can\s+not)\b|es\s+tut\s+mir\s+leid|leider\b|ich\s+kann\b.{0,40}\b(?:nicht|kein)|je\s+(?:suis\s+d[ée]sol|ne\s+peux)|d[ée]sol[ée]|lo\s+siento|no\s+puedo|(?:mi\s+dispiace|purtroppo|non\s+posso)\b|(?:desculpe|sinto\s+muito|infelizmente|não\s+posso)|het\s+spijt\s+me|przepraszam|(?:很)?抱歉|对不起|對不起|我(?:无法|不能|没有办法|無法)|作为(?:一个)?(?:AI|人工智能)|申し訳|すみません|恐れ入りますが|죄송|(?:к\s+сожалению|извините|простите|я\s+не\s+могу))/i;

/** Whether a text begins as somebody does who will not or cannot do what was asked. */
export function isRefusal(text: string): boolean {
  return REFUSAL.test(text.trim());
}

/**
 * What somebody says who does not do a job at all, from the first word on: code may be about requests
 * that cannot be processed.
 */
const DECLINED = new RegExp(
  [
    String.raw`^(?:(?:i[’']?m |i am )?(?:(?:really|very|so) )?(?:sorry|afraid)|unfortunately|(?:my )?apologies|i apologi[sz]e|as an? [\w ]{1,30})?[,.:;!]*\s*(?:but\s+)?(?:i|we)\b[^.\n]{0,40}\b(?:can(?:no|[’']?)t|can not|unable to|not able to|won[’']?t|will not|must decline)\b[^.\n]{0,30}\b(?:help|assist|comply|fulfil\w*|do (?:that|this)|(?:complete|process|answer) (?:this|that|the|your) (?:request|task|question))\b`,
    String.raw`^(?:please|could you|can you)(?: please)? (?:provide|share|paste|send)\b[^.\n]{0,40}\b(?:code|file|snippet|selection)\b[^.\n]{0,40}\b(?:you|summari[sz]e\w*)\b`,
    String.raw`^(?:es tut mir leid|leider|entschuldig)[^.\n]{0,60}\bnicht (?:weiter)?helfen\b`,
    String.raw`^(?:lo siento|disculp)?[^.\n]{0,12}no puedo (?:ayudar|asistir)`,
    String.raw`^(?:désolée?)?[^.\n]{0,12}je ne peux pas (?:vous )?aider`,
    String.raw`^(?:mi dispiace)?[^.\n]{0,12}non posso aiutar`,
    String.raw`^(?:desculp|sinto)?[^.\n]{0,12}não posso ajudar`,
    String.raw`^(?:извините|простите|к сожалению)?[^.\n]{0,12}я не могу (?:вам )?(?:помочь|выполнить)`,
    String.raw`^(?:(?:很|非常)?抱歉|对不起|不好意思|我)[^。\n]{0,12}(?:无法|不能)(?:完成|帮助|协助|处理|满足|提供)`,
    String.raw`^(?:申し訳|すみません|恐れ入り)[^。\n]{0,40}できません`,
    String.raw`^죄송[^.\n]{0,40}수 없`,
  ].join('|'),
  'i',
);
/** Whoever declines says little else. */
const MAX_DECLINED = 300;

/** Whether all that a short text says is that the job is not done. */
export function isDeclined(text: string): boolean {
  const words = text.trim();
  return words.length <= MAX_DECLINED && !/\n\s*\n/.test(words) && DECLINED.test(words);
}

/** Whether a line is spoken to the reader rather than code: a sentence, or what leads over. */
function isSpoken(line: string): boolean {
  // A picture before a sentence is a part of it.
  const text = line.trim().replace(/^(?:\p{Extended_Pictographic}\uFE0F?\s*)+/u, '');
  if (text === '') return false;
  return isLeadIn(text) || SINGLE_WORD.test(text) || isSentence(text);
}

function isLeadIn(line: string): boolean {
  return LEAD_IN.test(line.trim());
}

/** Sentences of languages that have no capitals, and often no blanks. */
const UNCASED_SENTENCE =
  /^(?:[-*•]\s+|\d+[.)]\s*|\*\*)?[“「"'（(]?[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af][^\n]*[。！？!?.…：](?:\*\*|[”」"'）)])*$/;

function isSentence(text: string): boolean {
  if (UNCASED_SENTENCE.test(text)) {
    const marks = text.replace(/`[^`]*`/g, '').match(CODE_MARKS)?.length ?? 0;
    return text.length >= 5 && marks * 12 <= text.length;
  }
  if (!SENTENCE.test(text) && !isRefusal(text)) return false;
  const words = text.match(/[\p{L}’']{1,}/gu) ?? [];
  if (words.length < 2) return false;
  const lower = words.filter((word) => /^[\p{Ll}’']/u.test(word)).length;
  const marks = text.replace(/`[^`]*`/g, '').match(CODE_MARKS)?.length ?? 0;
  return lower * 2 >= words.length && marks * 6 <= words.length;
}

/** Whether all of a text, as far as it is not blank, is spoken. */
export function isAllSpoken(text: string): boolean {
  const lines = text
    .split('\n')
    .filter((line) => line.trim() !== '' && !/^\s*[-*_]{3,}\s*$/.test(line));
  return lines.length > 0 && lines.every(isSpokenLoosely);
}

/** List items and headings of an explanation need no full stop. */
function isSpokenLoosely(line: string): boolean {
  const text = line.trim();
  if (isSpoken(text)) return true;
  const item = /^(?:[-*•]\s+|\d+[.)]\s+|#{1,6}\s+|\*\*)(.+)$/.exec(text)?.[1] ?? '';
  const words = item.match(/[\p{L}’']+/gu) ?? [];
  const marks = item.replace(/`[^`]*`/g, '').match(CODE_MARKS)?.length ?? 0;
  return words.length >= 2 && marks * 6 <= words.length;
}

export interface SpokenEnds {
  readonly text: string;
  readonly hasSpoken: boolean;
}

/**
 * Takes off what is said before and after code, whole paragraphs at a time.
 *
 * @param known lines that are part of what was sent, and so are not spoken by the model.
 * @param isProse whether sentences are the document's own content: then only a line that leads over
 * to it is taken off.
 */
export function withoutSpokenEnds(
  text: string,
  { known, isProse }: { readonly known: ReadonlySet<string>; readonly isProse: boolean },
): SpokenEnds {
  let paragraphs = text.split(/\n(?:[ \t]*\n)+/);
  const isForeign = (paragraph: string): boolean =>
    paragraph.split('\n').some((line) => line.trim() !== '' && !known.has(line.trim()));
  const leads = (paragraph: string): boolean =>
    isForeign(paragraph) &&
    (isProse ? isLeadIn(paragraph) && CLEAR_LEAD_IN.test(paragraph) : isAllSpoken(paragraph));
  let from = 0;
  while (from < paragraphs.length && leads(paragraphs[from] ?? '')) from += 1;
  let to = paragraphs.length;
  while (!isProse && to > from) {
    const last = paragraphs[to - 1] ?? '';
    const isRule = to < paragraphs.length && /^\s*[-*_]{3,}\s*$/.test(last) && isForeign(last);
    if (!isRule && !trails(last, isForeign)) break;
    to -= 1;
  }
  // Blank lines alone are nothing said.
  while (to < paragraphs.length && paragraphs.slice(to).every((each) => each.trim() === ''))
    to += 1;
  const cut = from > 0 || to < paragraphs.length;
  paragraphs = cut ? paragraphs.slice(from, to) : [text];
  const inner = cut ? betweenOf(text, from, to) : text;
  const led = withoutLeadLine(inner, { known, isProse });
  const body = led ?? inner;
  const closed = isProse ? null : withoutLastWords(body, known);
  return { text: closed ?? body, hasSpoken: cut || led !== null || closed !== null };
}

function trails(paragraph: string, isForeign: (paragraph: string) => boolean): boolean {
  if (paragraph.trim() === '') return true;
  if (!isForeign(paragraph)) return false;
  return isAllSpoken(paragraph) || isListOfChanges(paragraph);
}

/** A heading of its own in bold, and items below it. */
function isListOfChanges(paragraph: string): boolean {
  const [head = '', ...items] = paragraph.trim().split('\n');
  const isHead =
    /^(?:#{1,6}\s+|\*\*)\p{Lu}[^\n{};=]{0,60}$/u.test(head.trim()) ||
    /^(?:Explanation|Notes?|Summary|(?:\w+ )?[Cc]hanges(?: made)?|What (?:I )?changed):$/.test(
      head.trim(),
    );
  return (
    isHead && items.length > 0 && items.every((line) => /^\s*(?:[-*•]|\d+[.)])\s+\S/.test(line))
  );
}

/** Paragraphs `from` up to `to` as they stand in the text. */
function betweenOf(text: string, from: number, to: number): string {
  const breaks = [...text.matchAll(/\n(?:[ \t]*\n)+/g)];
  const start = from === 0 ? 0 : endOf(breaks[from - 1]);
  const end = to <= breaks.length ? (breaks[to - 1]?.index ?? text.length) + 1 : text.length;
  return text.slice(start, Math.max(start, end));
}

function endOf(match: RegExpExecArray | undefined): number {
  return match ? match.index + match[0].length : 0;
}

const KEY = /^[\w.-]+:\s+\S/;

/** Code without a sentence on the line right below it; null when there is none. */
function withoutLastWords(text: string, known: ReadonlySet<string>): string | null {
  const [, code, last = ''] = /^([\s\S]*\n)([^\n]+)\s*$/.exec(text) ?? [];
  if (code === undefined || /^\s/.test(last) || known.has(last.trim())) return null;
  // In a list of keys a sentence may be the value of one.
  if (KEY.test(last) && [...known].some((line) => KEY.test(line))) return null;
  return isSentence(last) && !isSpoken(code.trimEnd().split('\n').at(-1) ?? '') ? code : null;
}

/** The text without a first line that leads over to it; null when there is none. */
function withoutLeadLine(
  text: string,
  { known, isProse }: { readonly known: ReadonlySet<string>; readonly isProse: boolean },
): string | null {
  const end = text.indexOf('\n');
  if (end < 0) return null;
  const line = text.slice(0, end).trim();
  if (line === '' || known.has(line) || !isLeadIn(line)) return null;
  return isProse && !CLEAR_LEAD_IN.test(line) ? null : text.slice(end + 1);
}
