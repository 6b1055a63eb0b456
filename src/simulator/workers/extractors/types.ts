import type { Declaration } from '../../../syntax/syntax';
import type { Code, CodeToken } from '../code';
import { writtenKind } from '../purpose';
import type { Extractor } from './item';
import { demoLanguage } from '../demoLanguages';

export interface TypeField {
  readonly name: string;
  readonly type: string;
}

const TYPE_KINDS: ReadonlySet<string> = new Set(['class', 'interface', 'type', 'enum']);
const MODIFIERS =
  /^(?:public|private|protected|internal|readonly|static|final|volatile|transient|declare|abstract|override|pub|mut)\b(?:\([^)]*\))?\s+(?=[\w#$<[])/;

/** Declared types with their fields, names and types as they are written. */
export const types: Extractor = (code) =>
  (code.tree?.declarations ?? [])
    .filter(({ kind }) => TYPE_KINDS.has(kind))
    .map((declaration) => ({
      line: code.lineNumber(declaration.start),
      kind: writtenKind(code, declaration),
      name: declaration.name,
      fields: fieldsOf(code, declaration),
    }));

function fieldsOf(code: Code, declaration: Declaration): TypeField[] {
  if (code.languageId === 'python') return pythonFields(code, declaration);
  return membersOf(code, declaration)
    .map((member) => readField(code.languageId, member, declaration.kind))
    .filter((field): field is TypeField => field !== null);
}

/** Class attributes are declarations of their own there. */
function pythonFields(code: Code, { start, end, depth }: Declaration): TypeField[] {
  return (code.tree?.declarations ?? [])
    .filter((each) => each.kind === 'variable' && each.depth === depth + 1)
    .filter((each) => each.start >= start && each.end <= end)
    .map((each) => {
      const written = code.text.slice(each.start, each.end);
      const type = /^\s*\w+\s*:\s*([^=]+?)\s*(?:=|$)/.exec(written)?.[1] ?? '';
      return { name: each.name, type };
    });
}

/** Source of the members of a body in braces, each with what is in brackets, without comments. */
function membersOf(code: Code, { name, start, end }: Declaration): string[] {
  const members: string[] = [];
  let member: CodeToken[] = [];
  let depth = 0;
  let angles = 0;
  const finish = (): void => {
    const [first] = member;
    const last = member.at(-1);
    if (first && last) members.push(code.text.slice(first.start, last.end));
    member = [];
    angles = 0;
  };
  for (const token of bodyTokens(code, { name, start, end })) {
    const { raw } = token;
    const isBetween = depth === 0 && angles <= 0;
    if (isBetween && (/^[;,]$/.test(raw) || endsAtLine(code, member.at(-1), token))) finish();
    if (depth === 0 && raw === '}') break;
    if (/^[)\]}]$/.test(raw)) depth--;
    if (depth === 0 && raw === '<') angles++;
    if (depth === 0 && raw === '>') angles--;
    if (!(isBetween && /^[;,]$/.test(raw))) member.push(token);
    if (/^[([{]$/.test(raw)) depth++;
    if (depth === 0 && raw === '}') finish();
  }
  finish();
  return members;
}

/** Tokens after the brace that opens the body; braces among type parameters are not it. */
function bodyTokens(
  code: Code,
  { name, start, end }: Pick<Declaration, 'name' | 'start' | 'end'>,
): CodeToken[] {
  const tokens = code.tokens.filter(
    (token) => token.kind === 'code' && token.start >= start && token.end <= end,
  );
  let angles = 0;
  const named = tokens.findIndex(({ raw }) => raw === name);
  for (let index = named + 1; index < tokens.length; index++) {
    const raw = tokens[index]?.raw;
    if (raw === '<') angles++;
    if (raw === '>') angles--;
    if (raw === '{' && angles <= 0) return tokens.slice(index + 1);
  }
  return [];
}

/** Go and TypeScript end a member at the end of its line. */
function endsAtLine(code: Code, last: CodeToken | undefined, token: CodeToken): boolean {
  if (!last || !demoLanguage(code.languageId).endsMembersAtLine) return false;
  return code.text.slice(last.end, token.start).includes('\n') && !/^[|&.=]$/.test(token.raw);
}

function readField(languageId: string, member: string, kind: string): TypeField | null {
  let text = member.trim();
  while (MODIFIERS.test(text)) text = text.replace(MODIFIERS, '');
  if (kind === 'enum') {
    const name = /^[A-Za-z_]\w*/.exec(text)?.[0];
    return name === undefined ? null : { name, type: '' };
  }
  if (languageId === 'go') {
    const [, name = '', type = ''] = /^(\w+)\s+([^`"]+)/.exec(text) ?? [];
    return name === '' ? null : { name, type: type.trim() };
  }
  if (demoLanguage(languageId).hasTypeAfterColon) {
    const [, name, type] =
      /^([#\w$]+)\s*[?!]?\s*:\s*((?:=>|[^=])+?)\s*(?:=(?!>)[\s\S]*)?$/.exec(text) ?? [];
    if (name !== undefined && type !== undefined) return { name, type };
    const untyped = /^([#\w$]+)\s*=(?!>)\s*(?!function|async|\()/.exec(text)?.[1];
    return untyped === undefined ? null : { name: untyped, type: '' };
  }
  return readTypeFirst(text);
}

/** `int[] names = {}` and `const char *name[3]`; nothing with a parameter list. */
function readTypeFirst(member: string): TypeField | null {
  const text = member
    .replace(/^(?:\[[^\]]*\]|@\w+(?:\([^)]*\))?|\w+:)\s*/g, '')
    .replace(/\s*=[\s\S]*$/, '');
  const accessors = /^([\s\S]+?)\s+(\w+)\s*\{\s*(?:get|set|init)/.exec(text);
  const plain =
    accessors ??
    (/[(){}]/.test(text) ? null : /^([\s\S]*?[\w>\]?*&])\s*\b(\w+)(\[[^\]]*\])?$/.exec(text));
  const [, type = '', name = '', array = ''] = plain ?? [];
  return type === '' || name === '' || /^(?:return|using|typedef|friend)\b/.test(type)
    ? null
    : { name, type: `${type}${array.startsWith('[') ? array : ''}`.replace(/\s+/g, ' ').trim() };
}
