import type { Judge } from './judge';
import { LineProcess } from './lineProcess';

const READER = `
import ast, inspect, json, sys, warnings
warnings.simplefilter("ignore")
sys.setrecursionlimit(10000)
OWNERS = (ast.Module, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)

def settle(tree, drops):
    for node in ast.walk(tree):
        if not isinstance(node, OWNERS) or not node.body: continue
        first = node.body[0]
        if not (isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str)): continue
        if drops: del node.body[0]
        else: first.value.value = "\\n".join(line.rstrip() for line in inspect.cleandoc(first.value.value).split("\\n")).rstrip()

for line in sys.stdin:
    text, drops = json.loads(line)
    try:
        tree = ast.parse(text)
        settle(tree, drops)
        print(json.dumps(ast.dump(tree)), flush=True)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        print("null", flush=True)
`;

/** CPython's own parser. Indentation inside of documentation strings does not count, nor do
 * blanks at the ends of their lines or empty lines at their end. */
export function createPythonJudge(): Judge {
  const python = new LineProcess('python3', ['-c', READER]);
  return {
    name: 'CPython ast',
    async read(text, ignoresDocumentation) {
      const answer = await python.ask(JSON.stringify([text, ignoresDocumentation]));
      if (answer === null) throw new Error('python3 has ended.');
      return JSON.parse(answer) as string | null;
    },
    close: () => {
      python.close();
    },
  };
}
