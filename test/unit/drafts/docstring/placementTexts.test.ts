import { suiteOf } from './writing';

/** No comment is written into a text over several lines, and what follows the text is documented. */
suiteOf('Docstrings beside texts of languages without a grammar', [
  {
    name: 'a quoted text',
    languageId: 'perl',
    lines: `
 my $s = q{
 sub i {}
 };
+# Outer.
 sub j {}
`,
    said: ['2 Inner.', '4 Outer.'],
    reasons: ['2 inside-text'],
  },
  {
    name: 'a quoted text with brackets of its kind',
    languageId: 'perl',
    lines: `
 my $s = qq(
 sub i { (x) }
   (y)
 );
+# Outer.
 sub j {}
`,
    said: ['3 Inner.', '5 Outer.'],
    reasons: ['3 inside-text'],
  },
  {
    name: 'a pattern',
    languageId: 'perl',
    lines: `
 if ($a =~ m/
   sub
 /x) { }
+# Outer.
 sub j {}
`,
    said: ['2 Inner.', '4 Outer.'],
    reasons: ['2 inside-text'],
  },
  {
    name: 'a string',
    languageId: 'perl',
    lines: `
 my $s = "
 sub i {}
 # no comment
 ";
+# Outer.
 sub j {}
`,
    said: ['2 Inner.', '5 Outer.'],
    reasons: ['2 inside-text'],
  },
  {
    name: 'a list of words',
    languageId: 'perl',
    lines: `
 my @s = qw(
   a
   b
 );
+# Outer.
 sub j {}
`,
    said: ['2 Inner.', '5 Outer.'],
    reasons: ['2 inside-text'],
  },
  {
    name: 'names that are no quotes',
    languageId: 'perl',
    lines: `
 my $n = $#{$a}; my $q = $h{q}; my %y = (s => 1, y => 2);
+# J.
 sub j {}
+# K.
 sub k { return "it's $#x" }
+# L.
 sub l { s/'//g; tr/"/'/; m{a}; }
+# M.
 sub m {}
`,
    said: ['2 J.', '3 K.', '4 L.', '5 M.'],
  },
  {
    name: 'documentation with signs of a heredoc, and patterns with quotation marks',
    languageId: 'perl',
    lines: `
 =head1 A

 C<< open_it >>

 =cut

+# J.
 sub j { return split /'/, shift }
+# K.
 sub k { $x =~ m,(.*)",; 1 << shift; }
+# L.
 sub l { print <<'.', 1 / 2 }
 sub m {}
 .
+# N.
 sub n {}
`,
    said: ['7 J.', '8 K.', '9 L.', '10 M.', '12 N.'],
    reasons: ['10 inside-text'],
  },
  {
    name: 'long brackets of any level',
    languageId: 'lua',
    lines: `
 local t = [==[
 local x = 1
 ]==]
+-- Outer.
 local function j() end
`,
    said: ['2 Inner.', '4 Outer.'],
    reasons: ['2 inside-text'],
  },
  {
    name: 'a comment in long brackets',
    languageId: 'lua',
    lines: `
 --[==[
 local x = 1
 ]]
 local y
 ]==]
+-- Outer.
 local function j() end
`,
    said: ['4 Inner.', '6 Outer.'],
    reasons: ['4 inside-text'],
  },
  {
    name: 'a quotation',
    languageId: 'haskell',
    lines: `
 q = [sql|
   select 1
 |]
 
+-- Outer.
 j :: Int
 j = 1
`,
    said: ['2 Inner.', '5 Outer.'],
    reasons: ['2 inside-text'],
  },
  {
    name: 'lists that are no quotations',
    languageId: 'haskell',
    lines: `
 xs = [x|x <- ys]
 
+-- J.
 j :: Int
 j = 1
 zs = [a|a<-b, c]
+-- K.
 k = 1
`,
    said: ['3 J.', '6 K.'],
  },
  {
    name: 'a quoted text with a name',
    languageId: 'ocaml',
    lines: `
 let q = {sql|
   let x = 1
 |sql}
+(** Outer. *)
 let j = 1
`,
    said: ['2 Inner.', '4 Outer.'],
    reasons: ['2 inside-text'],
  },
  {
    name: 'a quotation mark as a character',
    languageId: 'ocaml',
    lines: `
 let q = '"'
+(** J. *)
 let j = 1
 let s = "a"
+(** K. *)
 let k = 2
`,
    said: ['2 J.', '4 K.'],
  },
  {
    name: 'a quotation mark as a character',
    languageId: 'elixir',
    lines: `
 def q(?"), do: 1
+# J.
 def j, do: 1
 def s, do: "a"
+# K.
 def k, do: 1
`,
    said: ['2 J.', '4 K.'],
  },
  {
    name: 'a sigil that an attribute has',
    languageId: 'elixir',
    lines: `
 @x ~s(
   def y
 )
+# Outer.
 def j, do: 1
`,
    said: ['2 Inner.', '4 Outer.'],
    reasons: ['2 inside-text'],
  },
  {
    name: 'a quotation mark as a character',
    languageId: 'clojure',
    lines: `
 (def q \\")
+;; J.
 (def j 1)
 (def s "a")
+;; K.
 (def k 1)
`,
    said: ['2 J.', '4 K.'],
  },
  {
    name: 'a quotation mark as a character',
    languageId: 'julia',
    lines: `
 q = '"'
+# J.
 j() = 1
 s = "a"
+# K.
 k() = 1
 m = a'
`,
    said: ['2 J.', '4 K.'],
  },
  {
    name: 'a quotation mark as a character, and a backslash that escapes nothing',
    languageId: 'fsharp',
    lines: `
 let q = '"'
+/// <summary>
+/// J.
+/// </summary>
 let j = 1
 let s = "a"
+/// <summary>
+/// K.
+/// </summary>
 let k = 2
 let p = @"C:\\"
+/// <summary>
+/// R.
+/// </summary>
 let r = 1
`,
    said: ['2 J.', '4 K.', '6 R.'],
  },
  {
    name: 'quotation marks behind a backtick',
    languageId: 'powershell',
    lines: `
 $q = "a\`"b"
+# J.
 function J {}
 $s = "a"
+# K.
 function K {}
 $p = "C:\\"
+# L.
 function L {}
`,
    said: ['2 J.', '4 K.', '6 L.'],
  },
  {
    name: 'a raw string',
    languageId: 'r',
    lines: `
 q <- r"(
 f <- function() "x
 )"
+#' Outer.
 j <- function() 1
`,
    said: ['2 Inner.', '4 Outer.'],
    reasons: ['2 inside-text'],
  },
  {
    name: 'a raw string',
    languageId: 'swift',
    lines: `
 let q = #"""
 func x() {}
 """#
+/// Outer.
 func j() {}
`,
    said: ['2 Inner.', '4 Outer.'],
    reasons: ['2 inside-text'],
  },
  {
    name: 'a text between dollars and slashes',
    languageId: 'groovy',
    lines: `
 def q = $/
 def x() {}
 /$
+/** Outer. */
 def j() {}
`,
    said: ['2 Inner.', '4 Outer.'],
    reasons: ['2 inside-text'],
  },
  {
    name: 'a string',
    languageId: 'vb',
    lines: `
 Dim q = "a
 Sub X()
 b"
+''' <summary>
+''' Outer.
+''' </summary>
 Sub J()
 End Sub
`,
    said: ['2 Inner.', '4 Outer.'],
    reasons: ['2 inside-text'],
  },
  {
    name: 'a string of a language that is not known',
    languageId: 'erlang',
    lines: `
 f() ->
   "a
 g() -> 1.
 ".
+% Outer.
 j() -> 1.
`,
    said: ['3 Inner.', '5 Outer.'],
    reasons: ['3 inside-text'],
    comments: { lineComment: '%' },
  },
  {
    name: 'a string of a language that is not known',
    languageId: 'fish',
    lines: `
 set x "
 function a
 "
+# Outer.
 function j
 end
`,
    said: ['2 Inner.', '4 Outer.'],
    reasons: ['2 inside-text'],
    comments: { lineComment: '#' },
  },
  {
    name: 'long brackets of any level',
    languageId: 'cmake',
    lines: `
 set(x [==[
 set(a b)
 ]==])
+# Outer.
 set(j 1)
`,
    said: ['2 Inner.', '4 Outer.'],
    reasons: ['2 inside-text'],
  },
]);
