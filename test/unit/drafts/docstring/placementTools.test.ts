import { suiteOf } from './writing';

/** A comment that speaks of the line below it, and that line, which is said something about. */
function directive(languageId: string, name: string, lines: string, said: string) {
  return { name, languageId, lines, said: [said] };
}

suiteOf('Docstrings beside what tools read', [
  directive('typescript', 'codeql', '\n+/** F. */\n // codeql[js/a]\n function f() {}\n', '2 F.'),
  directive(
    'typescript',
    'any tool',
    '\n+/** F. */\n // a-disable-next-line\n const f = 1;\n',
    '2 F.',
  ),
  directive('java', 'spotless', '\n+/** X. */\n // spotless:off\n class X {}\n', '2 X.'),
  directive('java', 'prettier', '\n+/** X. */\n // prettier-ignore\n class X {}\n', '2 X.'),
  directive('python', 'pyre', '\n+# X.\n # pyre-fixme[7]: a\n x = 1\n', '2 X.'),
  directive('ruby', 'brakeman', '\n+# F.\n # brakeman:ignore\n def f; end\n', '2 F.'),
  directive(
    'scss',
    'stylelint',
    '\n+/** A. */\n // stylelint-disable-next-line a\n .a { b: c }\n',
    '2 A.',
  ),
  directive(
    'go',
    'nolint',
    '\n package a\n \n+// f does.\n // nolint\n func f() {}\n',
    '4 f does.',
  ),
  directive(
    'go',
    'nosec',
    '\n package a\n \n+// f does.\n // #nosec G101\n func f() {}\n',
    '4 f does.',
  ),
  directive('lua', 'types', '\n+-- F.\n ---@param a number\n local function f(a) end\n', '2 F.'),
  {
    name: 'a comment with types is a part of the signature',
    languageId: 'python',
    lines: `
 def f(a):
     # type: (int) -> int
+    """F."""
     return a
 def g(
     a,  # type: int
 ):
     # type: (...) -> int
+    """G."""
     return a
 def h(a):
+    """H."""
     # type: ignore
     return a
`,
    said: ['1 F.', '4 G.', '9 H.'],
  },
  {
    name: 'magic comments are the first of a file',
    languageId: 'ruby',
    lines: `
 # typed: strict
 # frozen_string_literal: true
+# A.
 class A; end
`,
    said: ['1 A.'],
  },
  {
    name: 'the character set stands first, and a brace goes on with its head',
    languageId: 'css',
    lines: `
 @charset "utf-8";
+/** C. */
 a,
 b
 {
   c: d;
 }
`,
    said: ['1 C.', '4 Brace.'],
    reasons: ['4 no-place'],
  },
  {
    name: 'a string above a definition documents it',
    languageId: 'julia',
    lines: `
+# F.
 "Old."
 f(x) = x
`,
    said: ['2 F.'],
  },
  {
    name: 'texts of languages that are known by their signs',
    languageId: 'nix',
    lines: `
 {
   a = ''
     b
   '';
+  # C.
   c = 1;
 }
`,
    said: ['3 B.', '5 C.'],
    reasons: ['3 inside-text'],
  },
  {
    name: 'strings over lines in a language that nothing is known of',
    languageId: 'unheard-of',
    lines: `
 a = """
   b
   """
`,
    said: ['2 B.'],
    reasons: ['2 inside-text'],
    comments: { lineComment: '#' },
  },
  {
    name: 'a command that goes on',
    languageId: 'bat',
    lines: `
 set a=1 ^
   b
`,
    said: ['2 B.'],
    reasons: ['2 inside-text'],
  },
  {
    name: 'text in markup by indentation',
    languageId: 'pug',
    lines: `
 div
   p.
     text
+  //- B.
   b
`,
    said: ['3 T.', '4 B.'],
    reasons: ['3 inside-text'],
  },
  {
    name: 'numbers that are all off by the same',
    languageId: 'python',
    lines: `
 def add(a, b):
+    """Adds."""
     return a + b
 
 def sub(a, b):
+    """Subtracts."""
     return a - b
`,
    said: ['2 Adds.', '5 Subtracts.'],
  },
]);
