import type { Declaration } from '../../syntax/syntax';
import type { Code } from './code';
import { firstSentence } from './documentationText';
import { demoLanguage } from './demoLanguages';
import { observations } from './observations';
import { isCallable, purposeOf, writtenKind } from './purpose';
import { counted, enumerated } from './words';

/** With more declarations than this, members are counted instead of listed. */
const MOST_LISTED = 40;

/** Markdown about code: what it is, what it declares, what else a reader should know. */
export function summarizeCode(code: Code): string {
  const declarations = code.tree?.declarations ?? [];
  const parts = [opening(code, declarations)];
  if (declarations.length > 0) parts.push(list(code, declarations));
  const notes = observations(code);
  if (notes.length > 0) parts.push(`**To know**\n\n${notes.map((note) => `- ${note}`).join('\n')}`);
  if (code.tree?.hasErrors === true) {
    parts.push('The selection is not complete code by itself, so parts of it may be missing here.');
  }
  return parts.join('\n\n');
}

function opening(code: Code, declarations: readonly Declaration[]): string {
  const lineCount = code.text.trimEnd().split('\n').length;
  const subject = `${counted(lineCount, 'line')} of ${demoLanguage(code.languageId).name}`;
  const purpose = leadingComment(code, declarations);
  const declared = kindsOf(code, declarations);
  const sentences = [
    declared === ''
      ? `The selection is ${subject}.`
      : `The selection, ${subject}, declares ${declared}.`,
  ];
  if (purpose !== '') sentences.unshift(purpose.replace(/[^.!?]$/, '$&.'));
  const callables = declarations.filter(isCallable);
  const [main] = [...callables].sort((a, b) => b.endLine - b.startLine - (a.endLine - a.startLine));
  if (main && callables.length > 2) sentences.push(`Its longest part is \`${main.name}\`.`);
  return sentences.join(' ');
}

/** What the text says of itself before its first declaration, unless that is one's documentation. */
function leadingComment(code: Code, declarations: readonly Declaration[]): string {
  const [token] = code.tokens;
  if (!token || token.kind === 'code') return '';
  const belongsToDeclaration = declarations.some(
    ({ documentation }) => documentation !== null && documentation.start <= token.start,
  );
  const sentence = belongsToDeclaration ? '' : firstSentence(token.raw);
  return /^!|copyright|licen[cs]e/i.test(sentence) ? '' : sentence;
}

function kindsOf(code: Code, declarations: readonly Declaration[]): string {
  const counts = new Map<string, number>();
  for (const declaration of declarations) {
    const noun = writtenKind(code, declaration);
    counts.set(noun, (counts.get(noun) ?? 0) + 1);
  }
  return enumerated([...counts].map(([noun, count]) => counted(count, noun)));
}

function list(code: Code, declarations: readonly Declaration[]): string {
  const listed =
    declarations.length <= MOST_LISTED
      ? declarations
      : declarations.filter(({ depth, kind }) => depth === 0 && kind !== 'variable');
  const shown = listed.length > 0 ? listed : declarations;
  return shown.map((declaration) => item(code, declaration, declarations)).join('\n');
}

function item(code: Code, declaration: Declaration, all: readonly Declaration[]): string {
  const { name, parameters, depth, start, end } = declaration;
  const title = isCallable(declaration) ? `${name}(${parameters.join(', ')})` : name;
  const lines = `${code.lineNumber(start)}–${code.lineNumber(end - 1)}`.replace(/^(\d+)–\1$/, '$1');
  const members = all.filter((other) => other.start >= start && other.end <= end).length - 1;
  const counts =
    all.length > MOST_LISTED && members > 0 ? `; ${counted(members, 'declaration')} inside` : '';
  return `${'  '.repeat(depth)}- \`${title}\` (${writtenKind(code, declaration)}, line ${lines}${counts}): ${describe(code, declaration)}`;
}

function describe(code: Code, declaration: Declaration): string {
  const purpose = purposeOf(code, declaration).replace(/[^.!?]$/, '$&.');
  const result =
    declaration.returnsValue && !/\breturn|\btells\b/i.test(purpose) ? ' Gives a result.' : '';
  const failure = isCallable(declaration) ? failuresOf(code, declaration) : '';
  return `${purpose}${result}${failure}`;
}

function failuresOf(code: Code, { start, end }: Declaration): string {
  const inside = code.tokens.filter((token) => token.start >= start && token.end <= end);
  const throws = inside.some(
    ({ raw, kind }) => kind === 'code' && /^(?:throw|raise|panic)$/.test(raw),
  );
  return throws ? ' May fail with an error of its own.' : '';
}
