/** What stands between sections, or is one: the elements of .NET documentation. */
const SECTIONS =
  'summary|remarks|returns|param|typeparam|exception|value|example|inheritdoc|permission|seealso|completionlist';
const INLINE =
  'para|c|code|see|paramref|typeparamref|list|listheader|item|term|description|b|i|u|br|a|em|strong';
const TAG = new RegExp(
  `<(/?)(${SECTIONS}|${INLINE})((?:\\s+[A-Za-z][\\w:.-]*\\s*=\\s*(?:"[^"<]*"|'[^'<]*'))*)\\s*(/?)>`,
  'g',
);
const BEGINS_SECTION = new RegExp(`^\\s*<(?:${SECTIONS})\\b`);

/**
 * Makes documentation of .NET languages well-formed XML: elements that are known and closed stay,
 * any other sign is escaped, and plain words before the first section are the summary.
 */
export function xmlDocumentation(lines: readonly string[]): readonly string[] {
  const text = escapeAround(lines.join('\n'));
  const escaped = text.split('\n');
  const first = escaped.findIndex((line) => BEGINS_SECTION.test(line));
  const plain = first === -1 ? escaped : escaped.slice(0, first);
  const sections = first === -1 ? [] : escaped.slice(first);
  while (plain.at(-1)?.trim() === '') plain.pop();
  return plain.length === 0 ? sections : ['<summary>', ...plain, '</summary>', ...sections];
}

interface Tag {
  readonly start: number;
  readonly end: number;
  readonly name: string;
  readonly kind: 'open' | 'close' | 'empty';
}

function escapeAround(text: string): string {
  const parts: string[] = [];
  let position = 0;
  for (const { start, end } of balanced(tagsOf(text))) {
    parts.push(escapeText(text.slice(position, start)), withoutBareSigns(text.slice(start, end)));
    position = end;
  }
  parts.push(escapeText(text.slice(position)));
  return parts.join('');
}

function tagsOf(text: string): Tag[] {
  return [...text.matchAll(TAG)].map((match) => {
    const [whole, slash, name = '', , empty] = match;
    const kind = slash === '/' ? 'close' : empty === '/' ? 'empty' : 'open';
    return { start: match.index, end: match.index + whole.length, name, kind };
  });
}

/** The tags without those that have no partner. */
function balanced(tags: readonly Tag[]): Tag[] {
  const kept = new Set<Tag>();
  const open: Tag[] = [];
  for (const tag of tags) {
    if (tag.kind === 'empty') kept.add(tag);
    if (tag.kind === 'open') open.push(tag);
    if (tag.kind !== 'close') continue;
    const at = open.findLastIndex(({ name }) => name === tag.name);
    const partner = open[at];
    if (!partner) continue;
    kept.add(partner).add(tag);
    open.length = at;
  }
  return tags.filter((tag) => kept.has(tag));
}

const ENTITY = /&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[\da-fA-F]+);)/g;

function escapeText(text: string): string {
  return text.replace(ENTITY, '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function withoutBareSigns(tag: string): string {
  return tag.replace(ENTITY, '&amp;');
}
