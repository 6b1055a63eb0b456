import { seen } from '../common/shown';

/** A file's name is whatever someone called it; as Markdown it must be a name only. */
export function markdownName(path: string): string {
  return seen(path).replace(/[\\`*_[\]<>&#$~]/g, '\\$&');
}
