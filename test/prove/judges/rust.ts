import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Judge } from './judge';
import { LineProcess } from './lineProcess';

const EDITION = '--edition=2021';

/** A macro may read text with the compiler's own lexer, for as long as it likes. */
const READER = `
extern crate proc_macro;
use proc_macro::{Delimiter, Spacing, TokenStream, TokenTree};
use std::io::{BufRead, Write};

fn list(stream: TokenStream, out: &mut Vec<String>) {
    let mut trees = stream.into_iter();
    while let Some(tree) = trees.next() {
        if tree.span().source_text().is_some_and(|text| text.starts_with("//") || text.starts_with("/*")) {
            // Documentation comes as an attribute of three or four tokens.
            let mark = if trees.next().is_some_and(|second| matches!(second, TokenTree::Punct(_))) { trees.next(); "//!" } else { "///" };
            if out.last().is_none_or(|last| last != mark) { out.push(mark.into()); }
            continue;
        }
        match tree {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Brace => ("{", "}"),
                    _ => ("[", "]"),
                };
                out.push(open.into());
                list(group.stream(), out);
                out.push(close.into());
            }
            TokenTree::Punct(sign) => out.push(format!("{}{}", sign, if sign.spacing() == Spacing::Joint { "+" } else { "" })),
            other => out.push(other.to_string()),
        }
    }
}

#[proc_macro]
pub fn serve(_: TokenStream) -> TokenStream {
    for line in std::io::stdin().lock().lines() {
        let line = line.unwrap();
        let bytes = (0..line.len() / 2).map(|at| u8::from_str_radix(&line[2 * at..2 * at + 2], 16).unwrap());
        let text = String::from_utf8(bytes.collect()).unwrap();
        let mut out = vec![];
        match std::panic::catch_unwind(|| text.parse::<TokenStream>()) {
            Ok(Ok(stream)) => list(stream, &mut out),
            _ => out.push("null".into()),
        }
        println!("{:?}", out.join(" "));
        std::io::stdout().flush().unwrap();
    }
    TokenStream::new()
}
`;

/** The compiler's own print of its tree, an option of its nightly builds; once for equal tokens. */
export function createRustJudge(): Judge {
  const folder = mkdtempSync(path.join(tmpdir(), 'delegate-prove-'));
  const lexer = startLexer(folder);
  const known = new Map<string, string | null>();
  return {
    name: 'rustc -Zunpretty',
    async read(text) {
      const tokens = await lexer.ask(Buffer.from(text).toString('hex'));
      if (tokens === null) throw new Error('rustc has ended.');
      const before = known.get(tokens);
      if (before !== undefined) return before;
      const reading = tokens === '"null"' ? null : printed(text, folder);
      known.set(tokens, reading);
      return reading;
    },
    close: () => {
      lexer.close();
    },
  };
}

function startLexer(folder: string): LineProcess {
  const library = path.join(folder, 'libreader.so');
  writeFileSync(path.join(folder, 'reader.rs'), READER);
  writeFileSync(path.join(folder, 'serve.rs'), 'reader::serve!{}');
  const type = ['--crate-type=proc-macro', '-o', library];
  spawnSync('rustc', [EDITION, ...type, path.join(folder, 'reader.rs')], { stdio: 'ignore' });
  return new LineProcess('rustc', [
    ...[EDITION, '--crate-type=lib', '--emit=metadata', '--extern', `reader=${library}`],
    ...['--out-dir', folder, path.join(folder, 'serve.rs')],
  ]);
}

function printed(text: string, folder: string): string | null {
  const file = path.join(folder, 'a.rs');
  writeFileSync(file, text);
  const done = spawnSync('rustc', [EDITION, '-Zunpretty=normal', '--crate-type=lib', file], {
    encoding: 'utf8',
    env: { ...process.env, RUSTC_BOOTSTRAP: '1' },
  });
  return done.status === 0 ? withoutComments(done.stdout) : null;
}

const LITERAL_OR_SPACE =
  /r(#*)"[^]*?"\1|"(?:[^"\\]|\\[^])*"|'(?:[^'\\\n]|\\[^'\n]+|\\')'|(?:\/\/[^\n]*|\/\*[^]*?\*\/|\s)+/g;

/**
 * The print breaks lines by what comments stand around, and lists that are broken end in a comma;
 * white space in literals is kept.
 */
function withoutComments(text: string): string {
  const said = text.replace(LITERAL_OR_SPACE, (part, _, at: number) => {
    if (!/^[\s/]/.test(part)) return part;
    const around = `${text[at - 1] ?? ''}${text[at + part.length] ?? ''}`;
    return /^\w\w$/.test(around) ? ' ' : '';
  });
  return said.replaceAll(',}', '}');
}
