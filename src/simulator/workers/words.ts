/** Making sentences of identifiers. */

/** Words of an identifier in lower case; an abbreviation among them keeps its capitals. */
export function splitWords(identifier: string): string[] {
  const isAllCapitals = !/\p{Ll}/u.test(identifier);
  return identifier
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu}+)(\p{Lu}\p{Ll})/gu, '$1 $2')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .map((word) => (!isAllCapitals && /^\p{Lu}{2,}$/u.test(word) ? word : word.toLowerCase()));
}

const VERBS: ReadonlySet<string> = new Set(
  `accept access add advance allocate append apply assert assign attach authenticate authorize await
  begin bind build cache calculate call cancel capture change check clamp clean clear clone close
  collect combine compare compile complete compute configure connect consume contain convert copy
  count create cut decode decrypt defer delete deliver deny describe deserialize destroy detach detect
  disable disconnect dispatch dispose do download draw drop dump emit enable encode encrypt end
  ensure enter enqueue escape evaluate execute exit expand export extend extract fail fetch fill
  filter find finish fire flatten flush fold follow format free gather generate get give grant group
  guess handle hash hide highlight ignore import include increment index infer init initialize inject
  insert inspect install invoke iterate join keep launch leave limit link list listen load locate lock
  log look make map mark match measure merge migrate mount move multiply name normalize notify observe
  open pack pad parse pass pause peek perform persist pick play poll pop post prepare prepend print
  process produce provide publish pull push put query queue quote raise read receive reconcile record
  redirect reduce refresh register reject release reload remove rename render repeat replace report
  request require reset resize resolve restart restore resume retry return reverse revoke rewrite
  rotate round run sanitize save scale scan schedule score scroll search seek select send serialize
  serve set setup shift show shuffle shut sign simulate skip sleep slice sort split start stop store
  stream strip submit subscribe subtract sum swap sync take test throw tick toggle tokenize total trace
  track transform translate traverse trigger trim truncate try undo unlock unregister unsubscribe unwrap
  update upload use validate verify visit wait walk warn watch wrap write yield`.split(/\s+/),
);

export function isVerb(word: string): boolean {
  return VERBS.has(word);
}

/** The third person of a verb: `parse` gives `parses`, `copy` gives `copies`. */
function thirdPerson(verb: string): string {
  if (/[^aeiou]y$/.test(verb)) return `${verb.slice(0, -1)}ies`;
  if (verb === 'do' || verb === 'go' || /(?:s|x|z|ch|sh)$/.test(verb)) return `${verb}es`;
  if (verb === 'init') return 'initializes';
  return verb === 'setup' ? 'sets up' : `${verb}s`;
}

/** Words as a phrase with an article, where they are a thing: `the file path`. */
export function thing(words: readonly string[]): string {
  return words.length === 0 ? 'it' : `the ${words.join(' ')}`;
}

const PREPOSITIONS: ReadonlySet<string> = new Set(
  'from to by for in into of on with as at if until per without'.split(' '),
);

/** What follows a verb: an article goes before a thing, not before a preposition. */
function object(words: readonly string[]): string {
  const [first] = words;
  if (first === undefined) return '';
  if (PREPOSITIONS.has(first) || first === 'all' || first === 'is' || first === 'or') {
    return ` ${words.join(' ')}`;
  }
  const split = words.findIndex((word) => PREPOSITIONS.has(word));
  if (split < 0) return ` ${thing(words)}`;
  const rest = words.slice(split + 1);
  const target = rest.length > 0 ? ` ${thing(rest)}` : '';
  return ` ${thing(words.slice(0, split))} ${words[split] ?? ''}${target}`;
}

/** What names say about a function. */
export interface FunctionWords {
  readonly name: string;
  readonly parameters: readonly string[];
  readonly returnsValue: boolean;
}

/** What a function does, told from its name and whether it gives a result; no full stop. */
export function functionPurpose({ name, parameters, returnsValue }: FunctionWords): string {
  const words = splitWords(name).filter((word) => word !== 'async');
  const [first = '', ...rest] = words;
  if (['is', 'has', 'can', 'should', 'are', 'was', 'needs'].includes(first)) {
    return `Tells whether it ${first} ${rest.join(' ')}`.trimEnd();
  }
  if (first === 'on' && rest.length > 0) return `Handles the ${rest.join(' ')} event`;
  if (first === 'to' && rest.length > 0) return `Converts it to ${thing(rest)}`;
  if (first === 'from' && rest.length > 0) return `Makes it from ${thing(rest)}`;
  if (VERBS.has(first)) {
    // A verb alone does what it does to its first parameter.
    const acted = rest.length > 0 ? rest : splitWords(parameters[0] ?? '');
    return capitalize(thirdPerson(first) + object(acted));
  }
  const handled = /^(?:main|setup|teardown)$/.test(first) ? 'Runs' : 'Handles';
  if (!returnsValue) return `${handled} ${thing(words)}`;
  return `Returns ${thing(words)}${/ed$/.test(words.at(-1) ?? '') ? ' value' : ''}`;
}

/** What a type is for, told from its name and kind; no full stop. */
export function typePurpose(name: string, kind: string): string {
  const words = splitWords(name).join(' ');
  switch (kind) {
    case 'enum':
      return `The kinds of ${words}`;
    case 'interface':
      return `Describes ${withArticle(words)}`;
    case 'type':
      return `The shape of ${withArticle(words)}`;
    case 'module':
      return `Groups what belongs to ${words}`;
    case 'variable':
      return `Holds the ${words}`;
    default:
      return `Represents ${withArticle(words)}`;
  }
}

function withArticle(words: string): string {
  if (/[^s]s$/.test(words)) return words;
  return `${/^[aeiou]/.test(words) ? 'an' : 'a'} ${words}`;
}

/** What a parameter is, told from its name; no full stop. */
export function parameterPurpose(name: string): string {
  const words = splitWords(name);
  const [first = '', ...rest] = words;
  if (['is', 'has', 'should', 'can'].includes(first)) return `Whether it ${words.join(' ')}`;
  if (words.length === 1 && first.length === 1) return `The value of ${name}`;
  if (first === 'on' && rest.length > 0) return `Called on ${rest.join(' ')}`;
  if (/^(?:num|count|n)$/.test(first) && rest.length > 0) return `Number of ${rest.join(' ')}`;
  if (/^(?:max|min)$/.test(first) && rest.length > 0) {
    return `${first === 'max' ? 'Largest' : 'Smallest'} ${rest.join(' ')} allowed`;
  }
  return `The ${words.join(' ')}`;
}

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** `3 classes`, `1 class`; `entry` and the like get their plural. */
export function counted(count: number, noun: string): string {
  if (count === 1) return `1 ${noun}`;
  if (/[^aeiou]y$/.test(noun)) return `${count} ${noun.slice(0, -1)}ies`;
  return `${count} ${noun}${/(?:s|x|ch|sh)$/.test(noun) ? 'es' : 's'}`;
}

/** `a, b and c`. */
export function enumerated(items: readonly string[]): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} and ${items.at(-1) ?? ''}`;
}
