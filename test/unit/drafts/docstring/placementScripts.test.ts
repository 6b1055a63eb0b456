import { suiteOf } from './writing';

suiteOf('Docstrings in TypeScript, JavaScript and Python', [
  {
    name: 'decorators and accessors that contain the name',
    languageId: 'typescript',
    lines: `
 class A {
+  /** Total. */
   @Input(total)
   total: number;
+  /** Sets. */
   @Memo("size") set size(v: number) {}
+  /** Gets. */
   get size() { return total; }
 }
`,
    said: ['3 Total.', '4 Sets.', '5 Gets.'],
  },
  {
    name: 'each overload has its own',
    languageId: 'typescript',
    lines: `
 class A {
+  /** One. */
   foo(a: string): void;
+  /** Two. */
   foo(a: number): void;
+  /** All. */
   foo(a: any) {}
 }
`,
    said: ['2 One.', '3 Two.', '4 All.'],
  },
  {
    name: 'a line of a signature',
    languageId: 'typescript',
    lines: `
+/** F. */
 export const f = async (
   a: string,
   { b = 1 }: { b?: number },
 ) => {
   return a;
 };
`,
    said: ['2 F.'],
  },
  {
    name: 'members that are documented',
    languageId: 'typescript',
    lines: `
 export interface A {
+  /** New. */
-  /** Old. */
   name: string;
+  /** Size. */
   size: number;
 }
 enum E {
+  /** New A. */
-  /** Old. */
   A = 1,
 }
 const o = {
+  /** New b. */
-  /** Old. */
   b: 1,
 };
`,
    said: ['3 New.', '4 Size.', '8 New A.', '12 New b.'],
  },
  {
    name: 'a property of one result type of the same name',
    languageId: 'typescript',
    lines: `
 interface Total { total: Total }
+/** Makes. */
 function make(
 ): Total { return x; }
`,
    said: ['3 Makes.'],
  },
  {
    name: 'a comment line stands for what is below it',
    languageId: 'typescript',
    lines: `
+/** New. */
-/**
- * Old.
- */
 export function f() {}
`,
    said: ['1 New.'],
  },
  {
    name: 'a licence and a file comment are kept',
    languageId: 'typescript',
    lines: `
 /**
  * @license MIT
  */
+/** F. */
 export function f() {}

 /** @fileoverview All. */
+/** G. */
 function g() {}

 /** @typedef {number} N */
+/** H. */
 function h() {}
`,
    said: ['4 F.', '7 G.', '10 H.'],
  },
  {
    name: 'directives stay at their line',
    languageId: 'typescript',
    lines: `
+/** Starts. */
 // eslint-disable-next-line no-undef
 describe("a", () => {});
 const a = {
+  /** B. */
   // @ts-expect-error old
   b: (x) => x,
+  /** C. */
   // prettier-ignore
   c: 1,
 };
+/** Ifs. */
 /* istanbul ignore next */
 if (x) y();
`,
    said: ['2 Starts.', '5 B.', '7 C.', '10 Ifs.'],
  },
  {
    name: 'documentation that a tool reads is kept',
    languageId: 'typescript',
    lines: `
 /** @internal */
 export function f() {}
`,
    said: ['2 F.'],
    reasons: ['2 documented'],
  },
  {
    name: 'types in documentation are kept',
    languageId: 'javascript',
    lines: `
 /** @type {import("x").Y} */
 const x = {};
`,
    said: ['2 The x.'],
    reasons: ['2 documented'],
  },
  {
    name: 'the end of a block',
    languageId: 'javascript',
    lines: `
 if (a) {
   b();
 } else {
   c();
 }
`,
    said: ['3 Else.', '5 End.'],
    reasons: ['3 no-place', '5 no-place'],
  },
  {
    name: 'a setter and a deleter',
    languageId: 'python',
    lines: `
 class A:
     @property
     def size(self):
         """The size."""
         return 1

     @size.setter
     def size(self, size):
+        """Sets."""
         self.x = size

     @size.deleter
     def size(self):
+        """Deletes."""
         del self.x
`,
    said: ['8 Sets.', '12 Deletes.'],
  },
  {
    name: 'before a comment that follows the signature',
    languageId: 'python',
    lines: `
 def f(a):  # type: ignore
+    """F."""
     # note

     return a
`,
    said: ['1 F.'],
  },
  {
    name: 'lines of a signature',
    languageId: 'python',
    lines: `
 def f(
     a={
         "k": [1,
               2],
     },
     *,
     b=(n := 1),
 ) -> int:
+    """F."""
     return a
`,
    said: ['7 F.'],
  },
  {
    name: 'a class and its first variable at one place',
    languageId: 'python',
    lines: `
 class A:
+    """The A."""
+    # The x.
     x = 1
`,
    said: ['1 The A.', '2 The x.'],
  },
  {
    name: 'overloads without a body of their own',
    languageId: 'python',
    lines: `
 @overload
 def f(a: int) -> int: ...
`,
    said: ['2 Int.'],
    reasons: ['2 one-line-body'],
  },
  {
    name: "a notebook's magic",
    languageId: 'python',
    lines: `
 %%time
 def f():
+    # Returns.
     return 1
`,
    said: ['1 Timed.', '3 Returns.'],
    reasons: ['1 no-place'],
  },
  {
    name: 'JSON has no comments',
    languageId: 'json',
    lines: `
 {
   "a": 1
 }
`,
    said: ['2 A.'],
    reasons: ['2 no-comment-syntax'],
    comments: { lineComment: '//' },
  },
]);
