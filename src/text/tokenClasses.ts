/** Kinds of characters that tokenizers treat alike. Numbers, because every character is looked up. */
export const CLASS = {
  none: 0,
  letter: 1,
  digit: 2,
  space: 3,
  lineEnd: 4,
  mark: 5,
  underscore: 6,
  /** Scripts and symbols beyond ASCII follow, in the order of `SCRIPTS`. */
  boxDrawing: 7,
  firstScript: 7,
} as const;

/** What one UTF-16 unit of a script costs, measured with o200k_base. */
interface Script {
  /** Code units, both included. */
  readonly ranges: readonly (readonly [first: number, last: number])[];
  /** Tokens of one unit. */
  readonly weight: number;
  /** How much further than usual a count may be off, as a share of it: below and above. */
  readonly lower: number;
  readonly upper: number;
}

const SCRIPTS: readonly Script[] = [
  { ranges: [[0x2500, 0x257f]], weight: 0.85, lower: 0.1, upper: 0.15 },
  { ranges: [[0x2580, 0x259f]], weight: 0.75, lower: 0.35, upper: 0.6 },
  // Cyrillic: Russian is known best, Serbian and Ukrainian less.
  { ranges: [[0x400, 0x52f]], weight: 0.31, lower: 0.2, upper: 0.05 },
  {
    ranges: [
      [0x370, 0x3ff],
      [0x1f00, 0x1fff],
    ],
    weight: 0.42,
    lower: 0.05,
    // In formulas each letter stands alone.
    upper: 0.8,
  },
  { ranges: [[0x590, 0x5ff]], weight: 0.47, lower: 0.12, upper: 0.15 },
  {
    ranges: [
      [0x600, 0x77f],
      [0xfb50, 0xfdff],
      [0xfe70, 0xfefe],
    ],
    weight: 0.36,
    lower: 0.05,
    upper: 0.1,
  },
  { ranges: [[0x900, 0xdff]], weight: 0.4, lower: 0.1, upper: 0.3 },
  { ranges: [[0xe00, 0xe7f]], weight: 0.42, lower: 0.12, upper: 0.15 },
  { ranges: [[0xe80, 0xeff]], weight: 1.7, lower: 0.3, upper: 0.3 },
  {
    ranges: [
      [0xf00, 0x10ff],
      [0x1780, 0x17ff],
    ],
    weight: 0.55,
    lower: 0.15,
    upper: 0.5,
  },
  { ranges: [[0x530, 0x58f]], weight: 0.38, lower: 0.1, upper: 0.2 },
  {
    ranges: [
      [0x1200, 0x139f],
      [0x1400, 0x177f],
      [0x1800, 0x1bff],
    ],
    weight: 1.8,
    lower: 0.3,
    upper: 0.3,
  },
  // Chinese, Japanese: common characters and pairs of them are tokens, others two or three.
  {
    ranges: [
      [0x3000, 0x9fff],
      [0xf900, 0xfaff],
      [0xff00, 0xff60],
    ],
    weight: 0.76,
    lower: 0.1,
    upper: 0.15,
  },
  {
    ranges: [
      [0xac00, 0xd7af],
      [0x1100, 0x11ff],
    ],
    weight: 0.62,
    lower: 0.1,
    upper: 0.1,
  },
  { ranges: [[0xd800, 0xdfff]], weight: 0.8, lower: 0.15, upper: 0.5 },
  {
    ranges: [
      [0x2000, 0x206f],
      [0x80, 0xbf],
      [0xd7, 0xd7],
      [0xf7, 0xf7],
    ],
    weight: 0.95,
    lower: 0.1,
    upper: 0.2,
  },
  { ranges: [[0x250, 0x36f]], weight: 1.25, lower: 0.2, upper: 0.3 },
  {
    ranges: [
      [0x2070, 0x24ff],
      [0x25a0, 0x27ff],
    ],
    weight: 1.35,
    lower: 0.25,
    upper: 1.2,
  },
  {
    ranges: [
      [0x2800, 0x2fff],
      [0xe000, 0xf8ff],
    ],
    weight: 2.2,
    lower: 0.3,
    upper: 0.4,
  },
  {
    ranges: [
      [0, 0x1f],
      [0x7f, 0x7f],
    ],
    weight: 1,
    lower: 0.2,
    upper: 0.3,
  },
];

/** Everything that no row names. */
const REST: Omit<Script, 'ranges'> = { weight: 1.6, lower: 0.4, upper: 0.5 };

/** Weights by class, for classes beyond ASCII. */
export const otherScripts: ReadonlyMap<number, Omit<Script, 'ranges'>> = new Map([
  ...SCRIPTS.map((script, index) => [CLASS.firstScript + index, script] as const),
  [CLASS.firstScript + SCRIPTS.length, REST] as const,
]);

const CLASS_BY_CODE = buildTable();

/** The class of a UTF-16 code unit. */
export function classOf(code: number): number {
  return CLASS_BY_CODE[code] ?? CLASS.none;
}

function buildTable(): Uint8Array {
  const table = new Uint8Array(0x10000).fill(CLASS.firstScript + SCRIPTS.length);
  SCRIPTS.forEach(({ ranges }, index) => {
    for (const [first, last] of ranges) table.fill(CLASS.firstScript + index, first, last + 1);
  });
  table.fill(CLASS.mark, 0x21, 0x7f);
  table.fill(CLASS.digit, 0x30, 0x3a);
  table.fill(CLASS.letter, 0x41, 0x5b);
  table.fill(CLASS.letter, 0x61, 0x7b);
  // Letters with marks are parts of words.
  table.fill(CLASS.letter, 0xc0, 0xd7);
  table.fill(CLASS.letter, 0xd8, 0xf7);
  table.fill(CLASS.letter, 0xf8, 0x250);
  table.fill(CLASS.letter, 0x1e00, 0x1f00);
  table[0x5f] = CLASS.underscore;
  table[0x20] = CLASS.space;
  table[0x09] = CLASS.space;
  table[0x0a] = CLASS.lineEnd;
  table[0x0d] = CLASS.lineEnd;
  return table;
}
