import type * as ClangFormat from '@wasm-fmt/clang-format';
import type * as Gofmt from '@wasm-fmt/gofmt';
import type * as Ruff from '@wasm-fmt/ruff_fmt';
import type * as Prettier from 'prettier';
import type { LayoutStyle } from './layoutStyle';

/** Formats a text that stands at the left margin; rejects when it cannot read it. */
export type Formatter = (text: string, style: LayoutStyle) => Promise<string>;

const LINE_WIDTH = 100;

/**
 * Loads a formatter that is a development dependency. The name reaches `import` as a value, so that
 * no bundler takes the package in; in the packaged extension the promise rejects.
 */
async function load<T>(packageName: string): Promise<T> {
  const module = (await import(packageName)) as T & { readonly default?: T };
  return module.default ?? module;
}

function prettier(parser: string): Formatter {
  return async (text, style) => {
    const { format } = await load<typeof Prettier>('prettier');
    return format(text, {
      parser,
      printWidth: LINE_WIDTH,
      useTabs: style.usesTabs,
      tabWidth: style.indentWidth,
      singleQuote: style.singleQuotes,
      semi: style.semicolons,
      trailingComma: style.trailingCommas ? 'all' : 'none',
      quoteProps: 'preserve',
      embeddedLanguageFormatting: 'off',
    });
  };
}

const ruff: Formatter = async (text, style) => {
  const { format } = await load<typeof Ruff>('@wasm-fmt/ruff_fmt');
  return format(text, 'selection.py', {
    indent_style: style.usesTabs ? 'tab' : 'space',
    indent_width: style.indentWidth,
    line_width: LINE_WIDTH,
    quote_style: 'preserve',
  });
};

const gofmt: Formatter = async (text) => {
  const { format } = await load<typeof Gofmt>('@wasm-fmt/gofmt');
  return format(text);
};

function clangFormat(fileName: string, base: string): Formatter {
  return async (text, style) => {
    const { format } = await load<typeof ClangFormat>('@wasm-fmt/clang-format');
    const options = [
      `BasedOnStyle: ${base}`,
      `IndentWidth: ${style.indentWidth}`,
      `TabWidth: ${style.indentWidth}`,
      `UseTab: ${style.usesTabs ? 'ForIndentation' : 'Never'}`,
      `ColumnLimit: ${LINE_WIDTH}`,
      'AllowShortFunctionsOnASingleLine: Empty',
      // Layout alone: nothing may be added, sorted or rewritten.
      'SortIncludes: Never',
      'SortUsingDeclarations: Never',
      'SortJavaStaticImport: Before',
      'FixNamespaceComments: false',
      'ReflowComments: Never',
    ];
    return format(text, fileName, `{${options.join(', ')}}`);
  };
}

const FORMATTERS: Readonly<Record<string, Formatter>> = {
  typescript: prettier('typescript'),
  typescriptreact: prettier('typescript'),
  javascript: prettier('babel'),
  javascriptreact: prettier('babel'),
  json: prettier('json'),
  jsonc: prettier('jsonc'),
  css: prettier('css'),
  scss: prettier('scss'),
  less: prettier('less'),
  html: prettier('html'),
  vue: prettier('vue'),
  markdown: prettier('markdown'),
  yaml: prettier('yaml'),
  graphql: prettier('graphql'),
  python: ruff,
  go: gofmt,
  c: clangFormat('selection.c', 'LLVM'),
  cpp: clangFormat('selection.cpp', 'LLVM'),
  java: clangFormat('Selection.java', 'Google'),
  csharp: clangFormat('Selection.cs', 'Microsoft'),
};

/** The formatter of a language, or null for none. */
export function formatterFor(languageId: string): Formatter | null {
  return FORMATTERS[languageId] ?? null;
}
