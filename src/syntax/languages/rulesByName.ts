import type { RulesName } from '../grammars';
import type { LanguageRules } from '../languageRules';
import { bashRules } from './bash';
import { cRules } from './c';
import { csharpRules } from './csharp';
import { cssRules } from './css';
import { goRules } from './go';
import { javaRules } from './java';
import { javascriptRules, jsonRules } from './javascript';
import { phpRules } from './php';
import { pythonRules } from './python';
import { rubyRules } from './ruby';
import { rustRules } from './rust';

export const RULES: Readonly<Record<RulesName, LanguageRules>> = {
  javascript: javascriptRules,
  json: jsonRules,
  python: pythonRules,
  go: goRules,
  java: javaRules,
  c: cRules,
  rust: rustRules,
  csharp: csharpRules,
  php: phpRules,
  ruby: rubyRules,
  bash: bashRules,
  css: cssRules,
};
