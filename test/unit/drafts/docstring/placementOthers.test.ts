import { suiteOf } from './writing';

suiteOf('Docstrings in other languages with a grammar', [
  {
    name: 'items, fields, variants and what is none',
    languageId: 'rust',
    lines: `
+/// E.
 #[derive(Debug)]
 pub enum E {
+    /// A.
     #[cfg(a)]
     A,
 }
 struct S {
+    /// X.
     x: i32,
 }
+/// S.
 impl S {
     fn f(&self) -> i32 {
+        // Let.
         let y = 1;
         match y {
+            // Arm.
             1 => 2,
             _ => self.x,
         }
     }
 }
`,
    said: ['2 E.', '4 A.', '7 X.', '9 S.', '11 Let.', '13 Arm.'],
  },
  {
    name: 'a tail expression and an else',
    languageId: 'rust',
    lines: `
 fn f(a: i32) -> i32 {
     if a > 1 {
+        // Two.
         2
     } else {
+        // A.
         a
     }
 }
`,
    said: ['3 Two.', '4 Else.', '5 A.'],
    reasons: ['4 no-place'],
  },
  {
    name: 'members of a typedef',
    languageId: 'c',
    lines: `
+/** Point. */
 typedef struct {
+  /** Across. */
   int x;
+  /** Down. */
-  /** Old. */
   int y;
 } point;
 typedef enum { RED,
+  /** Green. */
   GREEN,
 } color;
+/** Called. */
 typedef int (*call)(point *p);
`,
    said: ['1 Point.', '2 Across.', '4 Down.', '7 Green.', '9 Called.'],
  },
  {
    name: 'the last line of a typedef is its own',
    languageId: 'c',
    lines: `
+/** Point. */
 typedef struct {
   int x;
 } point;
`,
    said: ['3 Point.'],
  },
  {
    name: 'documentation behind a member is kept',
    languageId: 'c',
    lines: `
 struct s {
   int a; ///< The a.
   int b; /**< The b. */
+  /** C. */
   int c;
 };
`,
    said: ['2 A.', '3 B.', '4 C.'],
    reasons: ['2 documented', '3 documented'],
  },
  {
    name: 'a result type of the same name',
    languageId: 'c',
    lines: `
 struct list { int n; };
+/** Makes. */
 struct list *
 list(int n)
 {
   return 0;
 }
`,
    said: ['3 Makes.'],
  },
  {
    name: 'licence, section, box and code that was commented out',
    languageId: 'c',
    lines: `
 /* Copyright (c) 2020 A. Author */
+/** F. */
 int f(void);

 /* ------------- helpers */
+/** G. */
 int g(void);

 /***********
  * helpers *
  ***********/
+/** H. */
 int h(void);

 // int i(void) { return 1; }
+/** J. */
 int j(void);

 // TODO: more.
+/** K. */
 int k(void);
`,
    said: ['2 F.', '5 G.', '10 H.', '13 J.', '16 K.'],
  },
  {
    name: 'an old comment in a box is documentation',
    languageId: 'c',
    lines: `
+/** New. */
-/***************
- * Adds two numbers.
- ***************/
 int add(int a);
`,
    said: ['4 New.'],
  },
  {
    name: 'templates, concepts, attributes, operators',
    languageId: 'cpp',
    lines: `
+/** N. */
 template <typename T>
 concept N = true;
 class A {
+  /** Gets. */
   [[nodiscard]]
   int get() const;
+  /** Adds. */
   int operator+(const A& o);
+  /** Sets. */
   template <N T>
   void set(T t);
 };
`,
    said: ['2 N.', '5 Gets.', '6 Adds.', '8 Sets.'],
  },
  {
    name: 'fields, directives, a licence',
    languageId: 'go',
    lines: `
 package a

 // Copyright 2020 The Authors. All rights reserved.
+// F does.
 func F() {}

+// G does.
 //go:noinline
 func G() {}

 type T struct {
+	// A is.
 	A int
+	// B is.
-	// B old.
 	B int
 }
`,
    said: ['4 F does.', '7 G does.', '10 A is.', '12 B is.'],
  },
  {
    name: 'what stands above C code',
    languageId: 'go',
    lines: `
 package a

 // #include <stdio.h>
 import "C"

 import (
 	"C"
+	// Prints.
 	"fmt"
 )
`,
    said: ['3 x', '4 x', '7 x', '8 Prints.'],
    reasons: ['3 no-place', '4 no-place', '7 no-place'],
  },
  {
    name: 'annotations with the name, enumerations',
    languageId: 'java',
    lines: `
+/** Runs. */
 @Table(name = "Run")
 class Run {
+  /** Does. */
   @Get("run")
   public void run() {}
   enum E {
+    /** A. */
     @Old
     A,
+    /** B. */
     B
   }
 }
`,
    said: ['2 Runs.', '4 Does.', '7 A.', '8 B.'],
  },
  {
    name: 'attributes, events, members; a plain comment in a body',
    languageId: 'csharp',
    lines: `
+/// <summary>
+/// A.
+/// </summary>
 [Serializable]
 class A
 {
+    /// <summary>
+    /// E.
+    /// </summary>
     [Json("E")]
     public event H E;
     void F()
     {
+        // Y.
         var y = 1;
     }
     enum Z
     {
+        /// <summary>
+        /// Q.
+        /// </summary>
         Q,
     }
 }
`,
    said: ['2 A.', '5 E.', '8 Y.', '12 Q.'],
  },
  {
    name: 'attributes, cases; annotations in documentation are kept',
    languageId: 'php',
    lines: String.raw`
 <?php
 /**
  * @ORM\Entity
  */
 class A {
+    /** Aa. */
     #[Route("/a")]
     public function a() {}
 }
 enum S {
+    /** Case. */
     case A;
 }
`,
    said: ['5 A.', '7 Aa.', '10 Case.'],
    reasons: ['5 documented'],
  },
  {
    name: 'signatures, directives, visibility',
    languageId: 'ruby',
    lines: `
 # frozen_string_literal: true
+# A.
 class A
+  # Runs.
   sig { returns(Integer) }
   def run
     1
   end
+  # F.
   # rubocop:disable Metrics
   def f
   end
+  # G.
   private def g; end
 end
`,
    said: ['2 A.', '4 Runs.', '8 F.', '10 G.', '11 End.'],
    reasons: ['11 no-place'],
  },
  {
    name: 'a section, a directive, an end',
    languageId: 'shellscript',
    lines: `
 #!/bin/bash
 # -----------
 # helpers
 # -----------
+# Logs.
 log() {
   echo hi
 }
+# Runs.
 # shellcheck disable=SC2086
 run() { :; }
 if true; then
   :
 fi
`,
    said: ['5 Logs.', '9 Runs.', '12 End.'],
    reasons: ['12 no-place'],
  },
  {
    name: 'above a selector or a value of several lines',
    languageId: 'css',
    lines: `
+/** A and B. */
 .a,
 .b {
+  /** How it moves. */
   transition: a 1s,
     b 2s;
 }
`,
    said: ['2 A and B.', '4 How it moves.'],
  },
  {
    name: 'friends, where their declarations begin',
    languageId: 'cpp',
    lines: `
 class A {
+  /** Writes it. */
   friend std::ostream& operator<<(std::ostream& to, const A& a);
 };
`,
    said: ['2 Writes it.'],
  },
  {
    name: 'documentation in pieces and in brackets',
    languageId: 'python',
    lines: `
 def f():
+    """New."""
-    ("Old "
-     "one.")
     return 1


 def g():
+    """New."""
-    "Old " "one."
     return 1
`,
    said: ['1 New.', '7 New.'],
  },
]);
