import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Judge } from './judge';
import { LineProcess } from './lineProcess';

const READER = `
import com.sun.source.util.JavacTask;
import java.io.*;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.*;
import javax.tools.*;

public class Reader {
  static class Text extends SimpleJavaFileObject {
    final String text;
    Text(String text) { super(URI.create("string:///A.java"), Kind.SOURCE); this.text = text; }
    @Override public CharSequence getCharContent(boolean ignored) { return text; }
  }
  public static void main(String[] args) throws IOException {
    var compiler = ToolProvider.getSystemJavaCompiler();
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      var text = new String(Base64.getDecoder().decode(line), StandardCharsets.UTF_8);
      var problems = new DiagnosticCollector<JavaFileObject>();
      var task = (JavacTask) compiler.getTask(null, null, problems, List.of(), null, List.of(new Text(text)));
      var read = new StringBuilder();
      for (var unit : task.parse()) read.append(unit);
      var failed = problems.getDiagnostics().stream().anyMatch(p -> p.getKind() == Diagnostic.Kind.ERROR);
      System.out.println(failed ? "null" : Base64.getEncoder().encodeToString(read.toString().getBytes(StandardCharsets.UTF_8)));
    }
  }
}
`;

/** The compiler's own print of its tree. */
export function createJavaJudge(): Judge {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'delegate-prove-')), 'Reader.java');
  writeFileSync(file, READER);
  const java = new LineProcess('java', [file]);
  return {
    name: 'javac tree',
    async read(text) {
      const answer = await java.ask(Buffer.from(text).toString('base64'));
      if (answer === null) throw new Error('java has ended.');
      // Documentation is printed with the tree.
      const tree = Buffer.from(answer, 'base64').toString();
      return answer === 'null'
        ? null
        : tree
            .replace(/^\s*\/\*\*[^]*?\*\//gm, '')
            .replace(/\s+/g, ' ')
            .trim();
    },
    close: () => {
      java.close();
    },
  };
}
