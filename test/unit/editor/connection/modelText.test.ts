import assert from 'node:assert/strict';
import { plainEnglish } from '../../../../src/common/translate';
import { modelDetail } from '../../../../src/editor/connection/modelText';
import { model, pricing } from '../../delegation/kit';

suite('a model in a picker', () => {
  test('tells prices as they are, context, tools and the target of an alias', () => {
    const alias = model('~a/b-latest', {
      pricing: pricing(4, 0.075),
      contextLength: 200_000,
      supportedParameters: ['tools'],
      aliasTarget: 'a/b-4.5',
    });
    assert.equal(
      modelDetail(alias, plainEnglish),
      '$4.00 in / $0.075 out per million · context 200,000 · tools · now a/b-4.5',
    );
  });

  test('tells what is unknown and what is missing', () => {
    const odd = model('a/b', {
      pricing: { ...pricing(0, 0), promptNanoPerMillion: null },
      contextLength: null,
      supportedParameters: [],
      aliasTarget: null,
    });
    assert.equal(modelDetail(odd, plainEnglish), '? in / $0.00 out per million · no tools');
  });
});
