const NAMES: Readonly<Record<string, string>> = {
  typescript: 'TypeScript',
  typescriptreact: 'TypeScript',
  javascript: 'JavaScript',
  javascriptreact: 'JavaScript',
  json: 'JSON',
  jsonc: 'JSON',
  python: 'Python',
  go: 'Go',
  java: 'Java',
  c: 'C',
  cpp: 'C++',
  rust: 'Rust',
  csharp: 'C#',
  php: 'PHP',
  ruby: 'Ruby',
  shellscript: 'shell',
  css: 'CSS',
  html: 'HTML',
  yaml: 'YAML',
  markdown: 'Markdown',
  sql: 'SQL',
  plaintext: 'plain text',
};

/** A language's name for people. */
export function languageName(languageId: string): string {
  return NAMES[languageId] ?? languageId;
}
