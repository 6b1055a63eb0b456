import { type CommentRules, commentWords } from './commentRules';

/** Words of a licence; a comment with them does not document what it stands above. */
const LICENCE =
  /^(?:copyright\b(?!\s+(?:notice|text|holder|line|year|header))|©|\(c\)\s*\d|licen[sc]e\s*:|@licen[sc]e\b|@preserve\b)|\bSPDX-License-Identifier\b|\bcopyright\s+(?:\(c\)|©|\d{4})|\blicen[sc]ed under\b|\ball rights reserved\b|\bpermission is hereby granted\b|\bredistribution and use\b|\bgeneral public licen[sc]e\b|^this file is part of\b/i;

/** Comments that are about a file, a type of their own or a section. */
const OF_OTHER_THINGS =
  /^(?:[@\\](?:file|fileoverview|overview|packageDocumentation|module|typedef|callback|addtogroup|defgroup|name)\b|(?:MARK|SECTION):|#?pragma mark\b|#?(?:end)?region\b|(?:vi|vim|ex):)/;

/** A row of signs that parts sections, with a title beside it or without. */
const RULE = /([-=*#~_+%;])\1{4,}/;
const SHORT_RULE = /^\W{4,12}$/;

/**
 * Whether a comment, given whole, is not documentation whatever it stands above: a licence, a
 * section's title, code that was commented out.
 */
export function isAside(comment: string, rules: CommentRules): boolean {
  const words = commentWords(comment);
  const said = words.filter((line) => line !== '');
  if (said.some((line) => LICENCE.test(line) || OF_OTHER_THINGS.test(line))) return true;
  // Where documentation has signs of its own, code and rules in it are examples.
  if (rules.docComment) return false;
  return isSection(comment, said) || isDeadCode(said);
}

function isSection(comment: string, said: readonly string[]): boolean {
  const lines = comment.split(/\r\n|\r|\n/);
  const isRuled = [lines[0] ?? '', lines.at(-1) ?? ''].some(
    (line) => RULE.test(line) || (SHORT_RULE.test(line) && /([-=*#~])\1{2,}/.test(line)),
  );
  if (!isRuled) return false;
  // A box around whole sentences is how documentation was written for long.
  const title = said.filter((line) => /\w/.test(line)).join(' ');
  return !(/[.!?:]$|[@\\]\w+/.test(title) && title.split(/\s+/).length > 2);
}

const CODE =
  /[;{}]\s*$|^[\w.$@:>[\]"'-]+\s*(?:[-+*/|&]?=|:=)\s*\S|^[\w.$:>-]+\([^()]*(?:\([^()]*\)[^()]*)*\)\s*[;{]?$|^(?:return|import|from|var|let|const|def|func|fn|function|class|elif|unless)\b.*[=(:{;]|^(?:if|for|while|elsif)\b.*(?:[:{;]|\bthen|\bdo)$|^(?:end|fi|done|esac|else|return|break)$|"\$[\w{(@*#]|^\}|^#\s*(?:include|define|if|endif)\b/;

/** Whether most lines look like code; sentences seldom do. */
function isDeadCode(said: readonly string[]): boolean {
  const code = said.filter((line) => CODE.test(line)).length;
  return code > 0 && code * 2 >= said.length;
}
