/** The last part of a name, without its parameters: `Shop.total(list)` is `total`. */
export function plainName(name: string): string {
  return nameParts(name).at(-1) ?? '';
}

const BEFORE_NAME =
  /^(?:(?:async|static|get|set|public|private|protected|override|export|default|function|def|class|method|func|fn|interface|type|enum|struct)\s+)+(?=\S)/i;
/** What a method of Go belongs to: `(s *Shop) Add`, `(*Shop).Add`. */
const RECEIVER = /^\((?:\w+\s+)?\*?(\w+)(?:\[[^\]]*\])?\)[\s.]*(?=\w)/;

/** A name with those that it belongs to, without parameters: `Shop<T>::total(list)` is `Shop`, `total`. */
export function nameParts(name: string): string[] {
  return name
    .replaceAll('`', '')
    .trim()
    .replace(BEFORE_NAME, '')
    .replace(RECEIVER, '$1.')
    .replace(/<[^<>]*>(?=\s*(?:\.|::|#|->))/g, '')
    .replace(/\s*(?:[(<{]|(?<!:):(?!:))[\s\S]*$/, '')
    .split(/\.|::|->|(?<=\w)#/)
    .map((part) => part.trim());
}

/** Whether a text has a name in it, not as a part of a longer one. */
export function hasName(text: string, name: string): boolean {
  const isWord = (at: number): boolean => /[\p{L}\p{N}_$]/u.test(text.charAt(at));
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    if (!isWord(at - 1) && !isWord(at + name.length)) return true;
  }
  return false;
}
