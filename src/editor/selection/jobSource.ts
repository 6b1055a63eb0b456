import type * as vscode from 'vscode';
import type { Selection } from '../../tasks/task';

/** What a run works on, wherever it came from. */
export interface JobSource {
  /** The files it came from, by whose settings and ignore rules the run goes; none for loose text. */
  readonly files: readonly vscode.Uri[];
  /** Such as `app.ts:10-52`, for headers and lists. */
  readonly location: string;
  readonly selection: Selection;
}

/** Stands between the pieces of several selections in one text. */
const GAP = '…\n';
/** How many places a header names before it says how many more there are. */
const MAX_PLACES = 3;

/** Several selections as one text, in order, for jobs that only read. Their lines keep their numbers. */
export function combineSources<S extends JobSource>(sources: readonly [S, ...S[]]): JobSource {
  const [first] = sources;
  if (sources.length === 1) return first;
  const lineNumbers: (number | null)[] = [];
  const symbols: Selection['symbols'][number][] = [];
  let text = '';
  for (const { selection } of sources) {
    if (text !== '') {
      text += GAP;
      lineNumbers.push(null);
    }
    const offset = lineNumbers.length;
    const piece = selection.text.endsWith('\n') ? selection.text : `${selection.text}\n`;
    const count = piece.split('\n').length - 1;
    for (let line = 0; line < count; line += 1) lineNumbers.push(selection.startLine + line);
    for (const symbol of selection.symbols) {
      const { startLine, endLine } = symbol;
      symbols.push({ ...symbol, startLine: startLine + offset, endLine: endLine + offset });
    }
    text += piece;
  }
  const { languageId, startLine } = first.selection;
  return {
    files: uniqueFiles(sources),
    location: joinedLocation(sources.map(({ location }) => location)),
    selection: { text, languageId, startLine, lineNumbers, symbols },
  };
}

function uniqueFiles(sources: readonly JobSource[]): readonly vscode.Uri[] {
  const all = sources.flatMap(({ files }) => files.map((uri) => [uri.toString(), uri] as const));
  return [...new Map(all).values()];
}

/** `app.ts:3-5`, `app.ts:9-12` are `app.ts:3-5, 9-12`. */
function joinedLocation(locations: readonly string[]): string {
  let name = '';
  const places = locations.map((location) => {
    const colon = location.lastIndexOf(':');
    const own = location.slice(0, colon + 1);
    const place = own === name ? location.slice(colon + 1) : location;
    name = own;
    return place;
  });
  const shown = places.slice(0, MAX_PLACES).join(', ');
  const more = places.length - MAX_PLACES;
  return more > 0 ? `${shown} +${more}` : shown;
}
