import { suiteOf } from './writing';

const comments = { blockComment: ['<!--', '-->'] } as const;

suiteOf('Docstrings in markup', [
  {
    name: 'scripts and styles in their own language',
    languageId: 'html',
    lines: String.raw`
 <!DOCTYPE html>
+<!-- Page. -->
 <div
   class="a">
 </div>
 <script>
+/** A <\/script> b. */
 function a() {}
 </script>
 <script type="application/json">
 { "a": 1 }
 </script>
 <style>
+/** Style. */
 .a { color: red }
 </style>
 <pre>
   x
 </pre>
`,
    said: [
      '1 Page.',
      '2 A --> b.',
      '3 In a tag.',
      '4 End.',
      '6 A </script> b.',
      '9 Data.',
      '12 Style.',
      '15 Text.',
    ],
    reasons: [
      '2 duplicate',
      '3 inside-text',
      '4 no-place',
      '9 no-comment-syntax',
      '15 inside-text',
    ],
    comments,
  },
  {
    name: 'a line that a script begins on',
    languageId: 'html',
    lines: `
+<!-- B. -->
 <script>function b() {
 }
+/** C. */
 function c() {}
 </script>
`,
    said: ['1 B.', '3 C.'],
    comments,
  },
  {
    name: 'script, template and style',
    languageId: 'vue',
    lines: `
 <script lang="ts" generic="T extends A<B>">
 export default {
+  /** Data. */
   // eslint-disable-next-line vue/x
   data() {
     return {};
   },
 };
 </script>
 <template>
+  <!-- P. -->
   <p v-if="a > 1">{{
     x
   }}</p>
 </template>
 <style lang="scss">
+/** A. */
 $a: 1;
 </style>
`,
    said: ['4 Data.', '10 P.', '11 In braces.', '15 A.'],
    reasons: ['11 inside-text'],
    comments,
  },
  {
    name: 'script and markup',
    languageId: 'svelte',
    lines: `
 {#if a}
+  <!-- P. -->
   <p>b</p>
 {/if}
 <script>
+  /** New. */
-  /** Old. */
   export let a = 1;
 </script>
`,
    said: ['2 P.', '6 New.'],
    comments,
  },
  {
    name: 'tags, character data, ends',
    languageId: 'xml',
    lines: `
 <?xml version="1.0"?>
+<!-- All. -->
 <a>
+  <!-- B. -->
   <b c="1"
      d="2">
     <![CDATA[
  x
 ]]>
   </b>
 </a>
`,
    said: ['1 All.', '3 B.', '4 D.', '6 X.', '8 End.'],
    reasons: ['4 inside-text', '6 inside-text', '8 no-place'],
    comments,
  },
  {
    name: 'fences',
    languageId: 'markdown',
    lines: `
+<!-- A. -->
 # a
 ~~~js
 x
 ~~~
`,
    said: ['1 A.', '3 X.'],
    reasons: ['3 inside-text'],
    comments,
  },
]);
