/** The text of a new recipe: runs as it is, and its comments name every other choice. */
export const RECIPE_TEMPLATE = `---
# What "Run task…" shows.
title: Explain for a new colleague
# text: an answer in the output panel. edit: a draft. json: a document.
result: text
# outline: the orchestrator sees the shape of the code only, which is cheaper. full: all of it.
context: outline
# Each field may lower your own setting; limits are never raised.
worker:
  # model: ~anthropic/claude-haiku-latest
  maxCompletionTokens: 1500
  # temperature: 0.2
  # reasoningEffort: none
  # reasoningMaxTokens: 0
  # instructions: Write plain English.
  # tools: [openrouter:web_search]
  # maxToolCalls: 3
# With "result: json", a JSON Schema as YAML:
# schema:
#   type: array
---

Explain what this code is for, how it is used, and what to be careful about.
`;

/** Why a name cannot be that of a recipe's file; null when it can. */
export function recipeNameProblem(name: string): 'empty' | 'not-a-name' | null {
  const trimmed = name.trim();
  if (trimmed === '') return 'empty';
  return /^[\p{L}\p{N}][\p{L}\p{N} _-]{0,60}$/u.test(trimmed) ? null : 'not-a-name';
}
