import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Files of the batch, a fifth of them in each language. */
export const FILES = Number(process.env['DELEGATE_BATCH_FILES'] ?? 1000);

interface Language {
  readonly extension: string;
  readonly head: (module: string) => string;
  readonly type: (name: string, methods: readonly string[]) => string;
  readonly method: (name: string, words: Words) => string;
  readonly free: (name: string, words: Words) => string;
}

interface Words {
  readonly first: string;
  readonly second: string;
  readonly limit: number;
}

const languages: readonly Language[] = [
  {
    extension: 'py',
    head: (module) => `import json\nimport logging\n\nlog = logging.getLogger("${module}")\n\n`,
    type: (name, methods) => `\nclass ${name}:\n${methods.join('\n')}\n`,
    method: (name, { first, second, limit }) =>
      `    def ${name}(self, ${first}, ${second}=${limit}):\n        if ${first} is None:\n            raise ValueError("${first} is missing")\n        entries = [each for each in self.entries if each.${first} == ${first}]\n        log.debug("%d entries", len(entries))\n        return entries[:${second}]\n`,
    free: (name, { first, second, limit }) =>
      `\ndef ${name}(${first}, ${second}):\n    total = 0\n    for each in ${first}:\n        total += min(each.${second}, ${limit})\n    return json.dumps({"total": total, "${second}": ${second}})\n`,
  },
  {
    extension: 'ts',
    head: (module) => `import { open } from './${module}-store';\n\n`,
    type: (name, methods) => `export class ${name} {\n${methods.join('\n')}}\n\n`,
    method: (name, { first, second, limit }) =>
      `  ${name}(${first}: string, ${second} = ${limit}): readonly string[] {\n    if (${first} === '') throw new RangeError('${first} is missing');\n    const entries = this.entries.filter((each) => each.includes(${first}));\n    return entries.slice(0, ${second});\n  }\n`,
    free: (name, { first, second, limit }) =>
      `export function ${name}(${first}: readonly number[], ${second}: number): number {\n  let total = 0;\n  for (const each of ${first}) total += Math.min(each, ${limit}) * ${second};\n  open(total);\n  return total;\n}\n\n`,
  },
  {
    extension: 'go',
    head: (module) => `package ${module.replace(/\W/g, '')}\n\nimport "errors"\n\n`,
    type: (name, methods) =>
      `type ${name} struct {\n\tentries []string\n\tcount   int\n}\n\n${methods.map((method) => method.replaceAll('RECEIVER', name)).join('\n')}`,
    method: (name, { first, second, limit }) =>
      `func (s *RECEIVER) ${upper(name)}(${first} string, ${second} int) ([]string, error) {\n\tif ${first} == "" {\n\t\treturn nil, errors.New("${first} is missing")\n\t}\n\tif ${second} > ${limit} {\n\t\t${second} = ${limit}\n\t}\n\treturn s.entries[:${second}], nil\n}\n`,
    free: (name, { first, second, limit }) =>
      `func ${upper(name)}(${first} []int, ${second} int) int {\n\ttotal := 0\n\tfor _, each := range ${first} {\n\t\tif each < ${limit} {\n\t\t\ttotal += each * ${second}\n\t\t}\n\t}\n\treturn total\n}\n\n`,
  },
  {
    extension: 'java',
    head: (module) =>
      `package org.example.${module.replace(/\W/g, '')};\n\nimport java.util.List;\n\n`,
    type: (name, methods) =>
      `class ${name} {\n    private List<String> entries;\n\n${methods.join('\n')}}\n\n`,
    method: (name, { first, second, limit }) =>
      `    public List<String> ${name}(String ${first}, int ${second}) {\n        if (${first} == null) {\n            throw new IllegalArgumentException("${first} is missing");\n        }\n        int end = Math.min(${second}, ${limit});\n        return entries.subList(0, end);\n    }\n`,
    free: (name, { first, second, limit }) =>
      `class ${upper(name)}Step {\n    static int ${name}(int[] ${first}, int ${second}) {\n        int total = 0;\n        for (int each : ${first}) {\n            total += Math.min(each, ${limit}) * ${second};\n        }\n        return total;\n    }\n}\n\n`,
  },
  {
    extension: 'rs',
    head: () => 'use std::collections::HashMap;\n\n',
    type: (name, methods) =>
      `pub struct ${name} {\n    entries: Vec<String>,\n    counts: HashMap<String, usize>,\n}\n\nimpl ${name} {\n${methods.join('\n')}}\n\n`,
    method: (name, { first, second, limit }) =>
      `    pub fn ${snake(name)}(&self, ${first}: &str, ${second}: usize) -> Result<Vec<String>, String> {\n        if ${first}.is_empty() {\n            return Err("${first} is missing".to_string());\n        }\n        let end = ${second}.min(${limit});\n        Ok(self.entries.iter().take(end).cloned().collect())\n    }\n`,
    free: (name, { first, second, limit }) =>
      `pub fn ${snake(name)}(${first}: &[u64], ${second}: u64) -> u64 {\n    let mut total = 0;\n    for each in ${first} {\n        total += (*each).min(${limit}) * ${second};\n    }\n    total\n}\n\n`,
  },
];

const VERBS = ['load', 'find', 'merge', 'apply', 'resolve', 'count', 'read', 'collect', 'select'];
const NOUNS = ['Entry', 'Order', 'Batch', 'Route', 'Price', 'Session', 'Record', 'Window', 'Token'];

/** Writes the files; the same number gives the same file. */
export function writeBatchFiles(root: string): void {
  for (let number = 0; number < FILES; number += 1) {
    const language = languages[number % languages.length];
    if (!language) continue;
    const file = path.join(root, `src/part${number % 20}/module${number}.${language.extension}`);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, fileText(number, language));
  }
}

/** From some 40 to some 250 lines. */
function fileText(number: number, language: Language): string {
  const draw = drawFrom(number + 1);
  const words = (): Words => ({
    first: `${pick(NOUNS, draw).toLowerCase()}s`,
    second: pick(['size', 'limit', 'depth', 'weight'], draw),
    limit: 10 + draw(90),
  });
  let text = language.head(`module${number}`);
  const types = 1 + draw(3);
  for (let type = 0; type < types; type += 1) {
    const methods = Array.from({ length: 2 + draw(6) }, (_, index) =>
      language.method(`${pick(VERBS, draw)}${pick(NOUNS, draw)}${index}`, words()),
    );
    text += language.type(`${pick(NOUNS, draw)}${pick(NOUNS, draw)}${type}`, methods);
  }
  const functions = 2 + draw(6);
  for (let index = 0; index < functions; index += 1) {
    text += language.free(`${pick(VERBS, draw)}${pick(NOUNS, draw)}${types}${index}`, words());
  }
  return text;
}

function drawFrom(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * limit);
  };
}

function pick(list: readonly string[], draw: (limit: number) => number): string {
  return list[draw(list.length)] ?? '';
}

function upper(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function snake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
