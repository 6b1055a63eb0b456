import tseslint from 'typescript-eslint';

/** Only these may import `vscode`; what else may import what stands in .dependency-cruiser.cjs. */
const edge = ['src/extension.ts', 'src/engine.ts', 'src/editor/**', 'src/surfaces/**'];

const plainLanguage = [
  { selector: 'ExportDefaultDeclaration', message: 'Name your exports.' },
  { selector: 'TSEnumDeclaration', message: 'Use a union of string literals.' },
];

/** The editor's functions that show text, in which it finds links, icons and line ends. */
const showing =
  'show(Information|Warning|Error)Message|showQuickPick|createQuickPick|showInputBox|createInputBox|withProgress|setStatusBarMessage';

/** Other things of the editor that show text, each with the files that make it plain for them. */
const plainPlaces = {
  createStatusBarItem: [
    'src/editor/cost/statusBar.ts',
    'src/editor/drafts/draftMarks.ts',
    'src/surfaces/batch/batchProgress.ts',
  ],
  createSourceControl: ['src/surfaces/batch/batchScm.ts'],
  MarkdownString: [
    'src/editor/cost/statusBar.ts',
    'src/editor/recipes/recipeHelpers.ts',
    'src/surfaces/agent/agentTool.ts',
  ],
  Diagnostic: ['src/editor/recipes/recipeHelpers.ts'],
  CompletionItem: ['src/editor/recipes/recipeHelpers.ts'],
  Hover: ['src/editor/recipes/recipeHelpers.ts'],
  FileDecoration: ['src/editor/drafts/draftMarks.ts'],
  CodeAction: ['src/surfaces/commands/codeActions.ts'],
  createWebviewPanel: ['src/editor/cost/costPage.ts'],
};
const shownElsewhere =
  'TreeItem|CodeLens|InlayHint|createTreeView|registerTreeDataProvider|registerWebviewViewProvider|createCommentController|createTextEditorDecorationType|setDecorations|createLanguageStatusItem|createTerminal|createNotebookController';

const plainPlace = (names, files) => ({
  selector: `MemberExpression[property.name=/^(${names})$/], ObjectPattern > Property[key.name=/^(${names})$/]`,
  message: `It shows text, and words of others there must be made plain by \`shown\`: only in ${files.length > 0 ? files.join(', ') : 'a file that this rule names'}.`,
});

/** What a file may not use, by where each thing stands. */
const otherPlaces = (file) => [
  ...Object.entries(plainPlaces)
    .filter(([, files]) => !files.includes(file))
    .map(([name, files]) => plainPlace(name, files)),
  plainPlace(shownElsewhere, []),
];

/** Words of others go through `editor/messages/show.ts`, which makes them plain. */
const onlyThroughShow = [
  {
    selector: `MemberExpression[property.name=/^(${showing})$/], ObjectPattern > Property[key.name=/^(${showing})$/]`,
    message: 'Use editor/messages/show.ts, which makes words of others plain.',
  },
  {
    selector:
      "AssignmentExpression[left.property.name='isTrusted'], Property[key.name='isTrusted'], AssignmentExpression[left.property.name='supportHtml']",
    message: 'Markdown with words of others must not be trusted.',
  },
];

export default tseslint.config(
  { ignores: ['dist/**', 'out/**', '.vscode-test/**', 'test/fixtures/**', 'node_modules/**'] },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // An object literal that implements Disposable is as good as an instance of the class.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      'max-lines': ['error', { max: 350, skipComments: true, skipBlankLines: true }],
      'no-restricted-syntax': ['error', ...plainLanguage],
    },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      'max-lines': ['error', { max: 450, skipComments: true, skipBlankLines: true }],
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-floating-promises': 'error',
    },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/editor/messages/show.ts'],
    rules: {
      'no-restricted-syntax': ['error', ...plainLanguage, ...onlyThroughShow, ...otherPlaces('')],
    },
  },
  ...[...new Set(Object.values(plainPlaces).flat())].map((file) => ({
    files: [file],
    rules: {
      'no-restricted-syntax': [
        'error',
        ...plainLanguage,
        ...onlyThroughShow.filter(
          ({ selector }) =>
            file !== 'src/editor/cost/statusBar.ts' || !selector.includes('isTrusted'),
        ),
        ...otherPlaces(file),
      ],
    },
  })),
  {
    files: ['src/**/*.ts'],
    rules: {
      'max-lines-per-function': ['error', { max: 60, skipComments: true, skipBlankLines: true }],
      'max-params': ['error', { max: 3 }],
    },
  },
  {
    // Tables in the form of a function: the words for each case, and each part that is built.
    files: [
      'src/editor/connection/connectionProblem.ts',
      'src/editor/messages/errorMessages.ts',
      'src/editor/messages/outcomeErrorText.ts',
      'src/engine.ts',
    ],
    rules: { 'max-lines-per-function': 'off' },
  },
  {
    files: ['src/**/*.ts'],
    ignores: edge,
    rules: { 'no-console': 'error' },
  },
);
