/** Code with a declaration of each kind, one-line bodies, strings over lines and documentation. */
export const SOURCES: Readonly<Record<string, string>> = {
  typescript:
    'import a from "a";\n\n/** Old. */\nexport class A<T> {\n\tx = `\n${a}\n`;\n\t@dec()\n\tget y(): T { return 1; }\n}\n' +
    'const f = async (a) => {\n  return a\n}\ninterface I {\n  m(): void;\n}\n// last',
  typescriptreact: 'const A = () => (\n  <p>\n    text {1}\n    <b/>\n  </p>\n);\n',
  javascript:
    '#!/usr/bin/env node\nfunction f(a) {\n  if (a) return\n  a\n}\nmodule.exports = { f,\n  g() {} };\n',
  python:
    '# coding: utf-8\nimport a\n\n@dec\nclass A(B):\n    """Old."""\n    x = 1\n    def f(self): return 1\n' +
    '    async def g(self,\n                y):\n        # c\n        return """\n  t\n"""\n\nx = a \\\n    + 1\n',
  java: 'package a;\n\npublic class A {\n    /** Old. */\n    @Override\n    public int f(int a) {\n        return a;\n    }\n    enum E { X, Y }\n}\n',
  c: '#include <a.h>\n#define M(x) \\\n  x\n\n// Old.\nstatic int f(int a)\n{\n  return a; /* c */\n}\nstruct S {\n  int x;\n};\n',
  cpp: 'namespace n {\ntemplate <typename T>\nclass A {\n public:\n  T f() const { return {}; }\n};\n}  // namespace\n',
  csharp:
    'namespace N {\n    [Attr]\n    public class A {\n        public int P { get; set; }\n#if X\n        void F() { }\n#endif\n    }\n}\n',
  rust: 'use a;\n\n/// Old.\n#[derive(Debug)]\npub struct S {\n    x: i32,\n}\nimpl S {\n    fn f(&self) -> i32 {\n        self.x\n    }\n}\n',
  go: 'package a\n\n//go:embed x\nvar x string\n\n// F old.\nfunc F(a int) (int, error) {\n\treturn a, nil\n}\n\ntype T struct {\n\tx int\n}\n',
  php: '<?php\nnamespace A;\n\nclass B {\n    /** Old. */\n    public function f($a) {\n        return <<<X\n  t\nX;\n    }\n}\n',
  ruby: '# frozen_string_literal: true\nmodule A\n  class B\n    # Old.\n    def f(a)\n      <<~X\n        t\n      X\n    end\n  end\nend\n',
  shellscript:
    '#!/bin/bash\nset -e\n\nf() {\n  cat <<EOF\n$1\nEOF\n  echo a \\\n    b\n}\nf "a\nb"\n',
};
