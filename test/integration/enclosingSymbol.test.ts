import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { asArray, asRecord } from '../../src/common/json';
import { openText, useSimulator } from './support/stage';

interface Case {
  readonly extension: string;
  readonly text: string;
}

/** Each has a function `wanted` with the line `inside`, and code before and after it. */
const CASES: Readonly<Record<string, Case>> = {
  go: {
    extension: 'go',
    text: 'package a\n\nvar before = 1\n\n// wanted adds.\nfunc wanted(a int) int {\n\tinside := a + 1\n\treturn inside\n}\n\nfunc after() {}\n',
  },
  rust: {
    extension: 'rs',
    text: 'const BEFORE: u8 = 1;\n\nimpl Names {\n    /// Adds.\n    #[inline]\n    fn wanted(&self) -> u8 {\n        let inside = 1;\n        inside\n    }\n\n    fn after(&self) {}\n}\n',
  },
  java: {
    extension: 'java',
    text: 'class Names {\n    int before = 1;\n\n    @Override\n    int wanted(int a) {\n        int inside = a;\n        return inside;\n    }\n\n    void after() {}\n}\n',
  },
  c: {
    extension: 'c',
    text: 'static int before = 1;\n\nint wanted(int a)\n{\n    int inside = a;\n    return inside;\n}\n\nvoid after(void) {}\n',
  },
  cpp: {
    extension: 'cpp',
    text: 'namespace names {\nint before = 1;\n\ntemplate <typename T>\nT wanted(T a) {\n  T inside = a;\n  return inside;\n}\n\nvoid after() {}\n}\n',
  },
  csharp: {
    extension: 'cs',
    text: 'namespace Names\n{\n    class Store\n    {\n        int before = 1;\n\n        int wanted(int a)\n        {\n            var inside = a;\n            return inside;\n        }\n\n        void after() {}\n    }\n}\n',
  },
  python: {
    extension: 'py',
    text: 'before = 1\n\n\nclass Store:\n    @property\n    def wanted(self):\n        inside = 1\n        return inside\n\n    def after(self):\n        pass\n',
  },
  ruby: {
    extension: 'rb',
    text: 'before = 1\n\nclass Store\n  def wanted(a)\n    inside = a\n    inside\n  end\n\n  def after; end\nend\n',
  },
  php: {
    extension: 'php',
    text: '<?php\n$before = 1;\n\nfunction wanted($a)\n{\n    $inside = $a;\n    return $inside;\n}\n\nfunction after() {}\n',
  },
  shellscript: {
    extension: 'sh',
    text: 'before=1\n\nwanted() {\n  local inside=1\n  echo "$inside"\n}\n\nafter() {\n  true\n}\n',
  },
};

/** VS Code by itself knows no symbols of these languages. */
suite('the symbol around the cursor, by grammar', () => {
  const simulator = useSimulator();

  suiteTeardown(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  async function summarizeAt(given: Case, word: string): Promise<Record<string, unknown>> {
    const editor = await openText(given.text, given);
    const position = editor.document.positionAt(given.text.indexOf(word));
    editor.selection = new vscode.Selection(position, position);
    simulator().reset();
    await vscode.commands.executeCommand('delegate.summarizeSelection');
    const [request] = simulator().requests.filter(({ path }) => path.endsWith('/responses'));
    return asRecord(request?.body) ?? assert.fail('nothing was sent');
  }

  for (const [languageId, given] of Object.entries(CASES)) {
    test(`${languageId}: the function is taken without a selection, and named to the orchestrator`, async () => {
      const body = await summarizeAt(given, 'inside');
      const [tool] = asArray(body['tools']);
      const pinned = String(asRecord(asRecord(tool)?.['parameters'])?.['instructions']);
      assert.match(pinned, new RegExp(`Language: ${languageId}`));
      assert.match(pinned, /wanted[^]*inside/);
      assert.doesNotMatch(pinned, /before|after/i);
      assert.match(JSON.stringify(body['input']), /lines: wanted 1-\d+/);
    });
  }

  test('a selection of a whole class has its methods in the outline', async () => {
    const { java } = CASES;
    assert.ok(java);
    const body = await summarizeAt(java, 'Names');
    assert.match(JSON.stringify(body['input']), /lines: Names 1-11, wanted 4-8, after 10/);
  });
});
