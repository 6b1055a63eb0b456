import assert from 'node:assert/strict';
import { plainEnglish } from '../../../../src/common/translate';
import { OpenRouterError } from '../../../../src/openrouter/errors';
import { affordableTokens, describeError } from '../../../../src/editor/messages/errorMessages';

function credits(affordable: number | null): OpenRouterError {
  return new OpenRouterError('insufficient-credits', 'The API answered with status 402', {
    status: 402,
    affordableTokens: affordable,
  });
}

suite('messages about credit', () => {
  test('an account that can pay for some tokens is offered a run with that limit', () => {
    const { message, actions } = describeError(credits(12_003), plainEnglish);
    assert.match(message, /can only pay for 12,003 tokens/);
    assert.equal(actions[0], 'run-capped');
    assert.equal(affordableTokens(credits(12_003)), 12_003);
  });

  test('too few to be of use are no offer', () => {
    for (const tokens of [null, 0, 255]) {
      const { message, actions } = describeError(credits(tokens), plainEnglish);
      assert.match(message, /no credit left/);
      assert.ok(!actions.includes('run-capped'));
    }
  });
});

suite('messages about answers that cannot be read', () => {
  const at = (generationId: string | null): string =>
    describeError(
      new OpenRouterError('unexpected-answer', 'x', { reason: 'invalid-json', generationId }),
      plainEnglish,
    ).message;

  test('of the API itself are told apart from pages of somebody else', () => {
    assert.match(at('gen-1'), /^A part of the answer cannot be read/);
    assert.match(at(null), /did not come from the OpenRouter API/);
  });
});
