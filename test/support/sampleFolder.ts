/** Code of one file, by language ending; the number makes each file another one. */
const CODE: Readonly<Record<string, (n: number) => string>> = {
  py: (n) =>
    `LIMIT_${n} = ${n}\n\n\ndef load_part_${n}(path, size):\n    data = read(path, LIMIT_${n})\n    if not data:\n        raise ValueError("part ${n} is empty")\n    return data[:size]\n`,
  ts: (n) =>
    `export function total${n}(values: readonly number[]): number {\n  let sum = ${n};\n  for (const value of values) sum += value;\n  return sum;\n}\n`,
  js: (n) =>
    `export function pick${n}(rows, key) {\n  const found = rows.filter((row) => row.key === key);\n  return found[${n}] ?? null;\n}\n`,
  go: (n) =>
    `package parts\n\nfunc Count${n}(values []int) int {\n\tcount := ${n}\n\tfor range values {\n\t\tcount++\n\t}\n\treturn count\n}\n`,
  java: (n) =>
    `class Store${n} {\n    private int size = ${n};\n\n    int grow(int by) {\n        size += by;\n        return size;\n    }\n}\n`,
  rs: (n) =>
    `pub fn share_${n}(total: u32, parts: u32) -> u32 {\n    if parts == 0 {\n        return ${n};\n    }\n    total / parts\n}\n`,
};

/** Files of six languages without a comment, by path; `perLanguage` of each. */
export function sampleFolder(perLanguage: number): Record<string, string> {
  return Object.fromEntries(
    Object.entries(CODE).flatMap(([ending, code]) =>
      Array.from({ length: perLanguage }, (_, n) => [`${ending}/part${n}.${ending}`, code(n)]),
    ),
  );
}
