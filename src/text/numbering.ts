import { countLineEnds, splitLines } from './lines';

/** Lines as an editor counts them: a final line feed does not start another one. */
export function countLines(text: string): number {
  return countLineEnds(text) + (text === '' || /[\r\n]$/.test(text.slice(-1)) ? 0 : 1);
}

/** Puts `12| ` before each line, counting from `firstLine`; line ends stay as they are. */
export function numberLines(text: string, firstLine: number): string {
  return numberLinesBy(text, (index) => firstLine + index);
}

/** The same with any numbers, by index of the line; a line whose number is null gets none. */
export function numberLinesBy(text: string, numberOf: (index: number) => number | null): string {
  return splitLines(text)
    .map((line, index) => {
      const number = numberOf(index);
      if (number === null) return line;
      const isBlank = line.trim() === '';
      return `${number}|${isBlank ? '' : ' '}${line}`;
    })
    .join('');
}
