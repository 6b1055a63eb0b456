import assert from 'node:assert/strict';
import { finishOfWord } from '../../../../src/openrouter/protocols/finishWords';

suite('finishOfWord', () => {
  const words: readonly (readonly [ReturnType<typeof finishOfWord>, readonly string[]])[] = [
    ['stop', ['stop', 'STOP', ' Stop ', 'end_turn', 'endTurn', 'COMPLETE', 'FINISH_REASON_STOP']],
    [
      'length',
      [
        'length',
        'max_tokens',
        'MAX_TOKENS',
        'maxTokens',
        'max-tokens',
        'FINISH_REASON_MAX_TOKENS',
        'max_output_tokens',
        'model_length',
        'tokenLimitReached',
      ],
    ],
    ['content-filter', ['content_filter', 'contentFilter', 'content-filter', 'SAFETY', 'refusal']],
    ['tool-calls', ['tool_calls', 'tool_use', 'TOOL_CALLS']],
    ['error', ['error', 'ERROR']],
    [
      null,
      ['', 'paused', 'null', 'abort', 'network_error', 'nonstop', 'stop it', 'max_tool_calls'],
    ],
  ];
  for (const [meaning, spellings] of words) {
    for (const word of spellings) {
      test(`"${word}" means ${meaning}`, () => assert.equal(finishOfWord(word), meaning));
    }
  }
});
