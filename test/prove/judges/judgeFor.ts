import { createJavaJudge } from './java';
import type { Judge } from './judge';
import { createGoJudge, createPhpJudge, createRubyJudge, cssJudge, jsonJudge } from './packages';
import { createPythonJudge } from './python';
import { bashJudge, createCJudge, createCppJudge, createCsharpJudge, isInstalled } from './spawned';
import { createRustJudge } from './rust';
import { createTypescriptJudge } from './typescript';

type Maker = () => Judge | Promise<Judge>;

const onMachine =
  (command: string, make: Maker): (() => Judge | Promise<Judge> | null) =>
  () =>
    isInstalled(command) ? make() : null;

const MAKERS: Readonly<Record<string, () => Judge | Promise<Judge> | null>> = {
  typescript: () => createTypescriptJudge('typescript'),
  typescriptreact: () => createTypescriptJudge('typescriptreact'),
  javascript: () => createTypescriptJudge('javascript'),
  json: () => jsonJudge,
  python: onMachine('python3', createPythonJudge),
  go: createGoJudge,
  java: onMachine('javac', createJavaJudge),
  c: createCJudge,
  cpp: createCppJudge,
  rust: onMachine('rustc', createRustJudge),
  csharp: createCsharpJudge,
  php: createPhpJudge,
  ruby: createRubyJudge,
  shellscript: onMachine('bash', () => bashJudge),
  css: () => cssJudge,
};

/** The judge of a language, or null where there is none, on this machine or at all. */
export async function judgeFor(languageId: string): Promise<Judge | null> {
  return (await MAKERS[languageId]?.()) ?? null;
}
