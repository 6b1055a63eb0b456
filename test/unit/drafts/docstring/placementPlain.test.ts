import { suiteOf } from './writing';

suiteOf('Docstrings in languages without a grammar', [
  {
    name: 'annotations, also over lines; long strings; documentation',
    languageId: 'kotlin',
    lines: `
 class A {
+  /** Runs. */
   @Test
   @DisplayName(
     "x"
   )
   fun run() {
     val s = """
       a
     """
   }
+  /** G. */
-  /** Old. */
   fun g() {}
 }
`,
    said: ['6 Runs.', '8 In text.', '12 G.'],
    reasons: ['8 inside-text'],
  },
  {
    name: 'an annotation on the line of another class is no annotation of this',
    languageId: 'scala',
    lines: `
 @deprecated("a", "b") class A
+/** B. */
 case class B(a: Int)
`,
    said: ['2 B.'],
  },
  {
    name: 'attributes and lint comments',
    languageId: 'swift',
    lines: `
+/// New.
-/// Old.
 @objc
 func f() {}

+/// G.
 // swiftlint:disable:next x
 @available(iOS 13, *)
 @discardableResult
 func g() -> Int { 1 }
`,
    said: ['3 New.', '8 G.'],
  },
  {
    name: 'annotation and directive',
    languageId: 'groovy',
    lines: `
 class A {
+  /** Says. */
   // noinspection X
   @Override
   String toString() { "" }
 }
`,
    said: ['4 Says.'],
  },
  {
    name: 'annotation and ignore',
    languageId: 'dart',
    lines: `
+/// Runs.
 @override
 // ignore: x
 void run() {}
`,
    said: ['3 Runs.'],
  },
  {
    name: 'specifications',
    languageId: 'elixir',
    lines: `
+# G.
 @spec g() :: :ok
 def g, do: :ok

+# Inside.
 @doc """
 Old.
 """
 def h, do: :ok
`,
    said: ['2 G.', '5 Inside.'],
  },
  {
    name: 'attributes, XML',
    languageId: 'fsharp',
    lines: `
+/// <summary>
+/// A &lt;b&gt;.
+/// </summary>
 [<Literal>]
 let a = 1
`,
    said: ['2 A <b>.'],
  },
  {
    name: 'attributes and here-strings',
    languageId: 'powershell',
    lines: `
+# A.
 [CmdletBinding()]
 function Get-A {
   $x = @"
   a
 "@
 }
`,
    said: ['2 A.', '4 In text.'],
    reasons: ['4 inside-text'],
  },
  {
    name: 'scalars',
    languageId: 'yaml',
    lines: `
+# A.
 a: |
   text
   more
 b:
+  # C.
   - c
+  # D.
   - d: >-
       folded
   - "multi
     line"
 e: plain
   goes on
 f: {a: 1,
+  # B.
   b: 2}
`,
    said: [
      '1 A.',
      '2 In text.',
      '5 C.',
      '6 D.',
      '7 In text.',
      '9 In text.',
      '11 In text.',
      '13 B.',
    ],
    reasons: ['2 inside-text', '7 inside-text', '9 inside-text', '11 inside-text'],
  },
  {
    name: "a parser's first lines",
    languageId: 'dockerfile',
    lines: String.raw`
 # syntax=docker/dockerfile:1
+# Base.
 FROM a
+# Runs.
 RUN a && \
   b
 RUN <<EOF
 x
 EOF
`,
    said: ['1 Base.', '3 Runs.', '4 Goes on.', '6 In text.'],
    reasons: ['4 inside-text', '6 inside-text'],
  },
  {
    name: 'continued lines and definitions',
    languageId: 'makefile',
    lines: String.raw`
+# All.
 all: a
 	echo hi \
 	  there
 define X
 a
 endef
+# B.\ .
 b:
`,
    said: ['1 All.', '3 Goes on.', '5 In text.', '7 B.\\'],
    reasons: ['3 inside-text', '5 inside-text'],
  },
  {
    name: 'strings over lines',
    languageId: 'sql',
    lines: `
+-- All of it.
 create table t (
+  -- A.
   a int,
   b text default 'a
  b'
 );
`,
    said: ['1 -- All of it.', '2 A.', '4 In text.'],
    reasons: ['4 inside-text'],
  },
  {
    name: 'long strings and comments',
    languageId: 'lua',
    lines: `
 --[[ a
 b ]]

 local s = [[
  x
 ]]
+-- F.
+-- @param a number
---- Old.
 function f() end
`,
    said: ['2 In a comment.', '5 In text.', '8 --- F.\n--- @param a number'],
    reasons: ['2 inside-text', '5 inside-text'],
  },
  {
    name: 'documentation of its own, heredocs, what follows the end',
    languageId: 'perl',
    lines: `
 use strict;

 =pod

 text

 =cut

+# F.
 sub f { 1 }
 my $x = <<"EOT";
 a
 EOT
 __END__
 x
`,
    said: ['5 In text.', '9 F.', '11 In text.', '14 In text.'],
    reasons: ['5 inside-text', '11 inside-text', '14 inside-text'],
  },
  {
    name: 'comments that nest and read strings',
    languageId: 'ocaml',
    lines: `
+(** After ( * or a '' sign. *)
 let f x = x
+(**
+   New.
+   Two.
+ *)
-(** Old. *)
 let g = 1
`,
    said: ['1 After (* or a " sign.', '3 (** New.\n    Two. *)'],
  },
  {
    name: 'heredocs',
    languageId: 'terraform',
    lines: `
+# R.
 resource "a" "b" {
   x = <<EOT
   y
 EOT
 }
`,
    said: ['1 R.', '3 In text.'],
    reasons: ['3 inside-text'],
  },
  {
    name: 'long strings',
    languageId: 'toml',
    lines: `
+# A.
 [a]
 b = """
 x
 """
`,
    said: ['1 A.', '3 In text.'],
    reasons: ['3 inside-text'],
  },
]);
