/** What a documentation text is made of; sentences without the name's comment characters. */
export interface DocumentedItem {
  readonly name: string;
  /** Without a full stop. */
  readonly summary: string;
  readonly parameters: readonly { readonly name: string; readonly text: string }[];
  /** Null when there is no result. */
  readonly returns: string | null;
  readonly errors: readonly string[];
}

export type DocStyle = (item: DocumentedItem) => string;

/** Sentences first, then tags after a blank line. */
function tagged(words: { readonly returns: string; readonly throws: string }): DocStyle {
  return ({ summary, parameters, returns, errors }) => {
    const tags = [
      ...parameters.map(({ name, text }) => `@param ${name} ${text}`),
      ...(returns === null ? [] : [`@${words.returns} ${returns}`]),
      ...errors.map((error) => `@${words.throws} ${error} When it cannot be done.`),
    ];
    return [`${summary}.`, ...(tags.length > 0 ? ['', ...tags] : [])].join('\n');
  };
}

/** Sections with indented entries, as readers of Python know them. */
const sections: DocStyle = ({ summary, parameters, returns, errors }) => {
  const parts = [`${summary}.`];
  if (parameters.length > 0) {
    parts.push(`Args:\n${parameters.map(({ name, text }) => `    ${name}: ${text}`).join('\n')}`);
  }
  if (returns !== null) parts.push(`Returns:\n    ${returns}`);
  if (errors.length > 0) {
    parts.push(
      `Raises:\n${errors.map((error) => `    ${error}: When it cannot be done.`).join('\n')}`,
    );
  }
  return parts.join('\n\n');
};

/** A sentence that begins with the name, as Go's tools expect. */
const named: DocStyle = ({ name, summary }) => {
  if (summary.startsWith(`${name} `)) return `${summary}.`;
  const lower = summary.charAt(0).toLowerCase() + summary.slice(1);
  const isThing = /^(?:the|what)\b/i.test(summary);
  return `${name} ${isThing ? `is ${lower}` : lower}.`;
};

const markdown: DocStyle = ({ summary, errors }) =>
  errors.length === 0
    ? `${summary}.`
    : `${summary}.\n\n# Errors\n\nReturns ${errors.join(' or ')} when it cannot be done.`;

const xml: DocStyle = ({ summary, parameters, returns, errors }) =>
  [
    `<summary>${summary}.</summary>`,
    ...parameters.map(({ name, text }) => `<param name="${name}">${text}</param>`),
    ...(returns === null ? [] : [`<returns>${returns}</returns>`]),
    ...errors.map((error) => `<exception cref="${error}">When it cannot be done.</exception>`),
  ].join('\n');

const plain: DocStyle = ({ summary }) => `${summary}.`;

const STYLES: Readonly<Record<string, DocStyle>> = {
  typescript: tagged({ returns: 'returns', throws: 'throws' }),
  typescriptreact: tagged({ returns: 'returns', throws: 'throws' }),
  javascript: tagged({ returns: 'returns', throws: 'throws' }),
  javascriptreact: tagged({ returns: 'returns', throws: 'throws' }),
  java: tagged({ returns: 'return', throws: 'throws' }),
  c: tagged({ returns: 'return', throws: 'throws' }),
  cpp: tagged({ returns: 'return', throws: 'throws' }),
  php: tagged({ returns: 'return', throws: 'throws' }),
  ruby: tagged({ returns: 'return', throws: 'raise' }),
  python: sections,
  go: named,
  rust: markdown,
  csharp: xml,
};

/** How documentation is written in a language, comment characters aside. */
export function docStyleOf(languageId: string): DocStyle {
  return STYLES[languageId] ?? plain;
}
