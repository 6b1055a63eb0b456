import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { maskSecrets, maskTexts } from '../../../src/privacy/masking';
import { pem, random } from './fakeSecrets';
import { assertEndsWithin } from '../../support/cpuTime';

const NONCE = 'abcd2345';
const TOKEN = `ghp_${random('alphanumeric', 36)}`;
const OTHER_TOKEN = `glpat-${random('alphanumeric', 20)}`;

/** Pieces that make secrets, half secrets, placeholders and ordinary text meet. */
const piece = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom(
    TOKEN,
    OTHER_TOKEN,
    pem('PRIVATE KEY', 3),
    '-----BEGIN RSA PRIVATE KEY-----',
    '-----END RSA PRIVATE KEY-----',
    'password = "tr0ub4dor"',
    'PASSWORD=tr0ub4dor',
    'postgres://app:S3cr3tPass@db/shop',
    'MASKED_SECRET_',
    'MASKED_SECRET_abcd2345_01',
    'MASKED_SECRET_abcd2345',
    'abcd2345',
    '_0',
    '01',
    '"',
    "'",
    '\\',
    '\n',
    '\r\n',
    ' = ',
    '\ud800',
  ),
);
const anyText = fc.array(piece, { maxLength: 20 }).map((pieces) => pieces.join(''));

suite('maskSecrets', () => {
  test('restoring what was masked gives the text back, whatever it is', () => {
    fc.assert(
      fc.property(anyText, fc.constantFrom(NONCE, 'a', '0', 'MASKED', 'x2'), (text, nonce) => {
        const masked = maskSecrets(text, nonce);
        const restored = masked.restore(masked.text);
        assert.equal(restored.text, text);
        assert.deepEqual(restored.missing, []);
        assert.deepEqual(restored.unknown, []);
      }),
      { numRuns: 1500 },
    );
  });

  test('the number of lines never changes', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const lines = (each: string): number => each.split(/\r\n|\r|\n/).length;
        assert.equal(lines(maskSecrets(text, NONCE).text), lines(text));
      }),
      { numRuns: 1000 },
    );
  });

  test('a stream cut anywhere restores like the whole text', () => {
    const text = `a ${TOKEN} b ${OTHER_TOKEN}\npassword = "tr0ub4dor" MASKED_SECRET_ab MASKED_`;
    const masked = maskSecrets(text, NONCE);
    const cuts = fc.array(fc.nat(masked.text.length), { maxLength: 12 });
    fc.assert(
      fc.property(cuts, (positions) => {
        const stream = masked.restoringStream();
        let shown = '';
        let from = 0;
        for (const to of [...positions.sort((a, b) => a - b), masked.text.length]) {
          shown += stream.push(masked.text.slice(from, to));
          assert.ok(text.startsWith(shown), 'only restored text may be shown');
          from = to;
        }
        const end = stream.end();
        assert.equal(shown + end.text, text);
        assert.deepEqual(end.missing, []);
      }),
    );
  });

  test('a stream holds back no more than an unfinished placeholder', () => {
    const stream = maskSecrets(TOKEN, NONCE).restoringStream();
    assert.equal(stream.push('plain text'), 'plain text');
    assert.equal(stream.push(' MASKED_SEC'), ' ');
    assert.equal(stream.push('OND'), 'MASKED_SECOND');
  });

  test('the same secret gets the same placeholder, another one another', () => {
    const masked = maskSecrets(`a = "${TOKEN}"\nb = "${OTHER_TOKEN}"\nc = "${TOKEN}"`, NONCE);
    assert.equal(
      masked.text,
      'a = "MASKED_SECRET_abcd2345_01"\nb = "MASKED_SECRET_abcd2345_02"\nc = "MASKED_SECRET_abcd2345_01"',
    );
    assert.deepEqual(masked.secrets, { token: 2 });
    assert.equal(masked.secretCount, 2);
  });

  test('a secret is masked as well where nothing but its value gives it away', () => {
    const masked = maskSecrets('password = "tr0ub4dor9"\n// was tr0ub4dor9 before', NONCE);
    assert.ok(!masked.text.includes('tr0ub4dor9'));
    assert.equal(masked.secretCount, 1);
  });

  test('kinds are counted apart', () => {
    const text = `${pem('PRIVATE KEY')}\n${TOKEN}\nredis://:${random('alphanumeric', 20)}@cache/0`;
    assert.deepEqual(maskSecrets(text, NONCE).secrets, {
      'private-key': 1,
      token: 1,
      'connection-string': 1,
    });
  });

  test('an answer that lost or altered a placeholder is reported', () => {
    const masked = maskSecrets(`a = "${TOKEN}"\nb = "${OTHER_TOKEN}"`, NONCE);
    const restored = masked.restore(
      'a = "MASKED_SECRET_abcd2345_01"; maskedSecretAbcd2345; MASKED_SECRET_abcd2345_77',
    );
    assert.equal(restored.text, `a = "${TOKEN}"; maskedSecretAbcd2345; MASKED_SECRET_abcd2345_77`);
    assert.deepEqual(restored.missing, ['MASKED_SECRET_abcd2345_02']);
    assert.deepEqual(restored.unknown, ['maskedSecretAbcd2345', 'MASKED_SECRET_abcd2345_77']);
  });

  for (const written of [
    'masked_secret_abcd2345_01',
    'MaskedSecretAbcd234501',
    'MASKED-SECRET-ABCD2345-01',
    String.raw`MASKED\_SECRET\_abcd2345\_01`,
    String.raw`MASKED\\_SECRET\\_abcd2345\\_01`,
    'Masked Secret abcd2345 01',
  ]) {
    test(`a placeholder that a model writes as ${written} comes back, in pieces too`, () => {
      const masked = maskSecrets(TOKEN, NONCE);
      assert.equal(masked.restore(`<${written}>`).text, `<${TOKEN}>`);
      const stream = masked.restoringStream();
      const shown = `<${written}>`
        .split('')
        .map((piece) => stream.push(piece))
        .join('');
      assert.equal(shown + stream.end().text, `<${TOKEN}>`);
    });
  }

  test('the part of a token that a cut name still shows is masked as well', () => {
    const cut = `const token = "${TOKEN}"; // ${TOKEN.slice(0, 36)}…`;
    assert.ok(!maskSecrets(cut, NONCE).text.includes(TOKEN.slice(4, 16)));
  });

  test("text that speaks of masked secrets without the nonce is nobody's placeholder", () => {
    assert.deepEqual(maskSecrets(TOKEN, NONCE).restore('MASKED_SECRET_other_01').unknown, []);
  });

  test('a nonce that the text happens to contain is not used', () => {
    const masked = maskSecrets(`MASKED_SECRET_abcd2345_01 ${TOKEN}`, NONCE);
    assert.equal(masked.text, 'MASKED_SECRET_abcd2345_01 MASKED_SECRET_abcd2345x_01');
  });

  test('a hundred secrets and more keep placeholders of one width', () => {
    const lines = Array.from(
      { length: 120 },
      (_, index) => `k${index} = "ghp_${random('alphanumeric', 36, index)}"`,
    );
    const masked = maskSecrets(lines.join('\n'), NONCE);
    assert.equal(masked.secretCount, 120);
    assert.match(masked.text, /MASKED_SECRET_abcd2345_001"/);
    assert.equal(masked.restore(masked.text).text, lines.join('\n'));
  });

  test('a nonce with other characters than letters and digits is a mistake of the caller', () => {
    assert.throws(() => maskSecrets('', 'a.b'));
  });
});

suite('maskTexts', () => {
  test('what one text gives away is masked in the others', () => {
    const selection = 'password = "tr0ub4dor9"';
    const instruction = 'replace tr0ub4dor9 by a parameter';
    const masked = maskTexts([selection, instruction], NONCE);
    assert.deepEqual(masked.texts, [
      'password = "MASKED_SECRET_abcd2345_01"',
      'replace MASKED_SECRET_abcd2345_01 by a parameter',
    ]);
    assert.deepEqual(masked.placeholders, ['MASKED_SECRET_abcd2345_01']);
    assert.equal(masked.restore(masked.texts[1] ?? '').text, instruction);
  });

  test('a text that is a secret and nothing else is masked, however short', () => {
    const masked = maskTexts(['password = "hunter2"', 'hunter2', 'the hunter2 film'], NONCE);
    assert.deepEqual(masked.texts.slice(1), ['MASKED_SECRET_abcd2345_01', 'the hunter2 film']);
  });

  test('no text, no secrets', () => {
    assert.equal(maskTexts([], NONCE).secretCount, 0);
  });
});

suite('many secrets', () => {
  test('a megabyte of an environment file takes seconds, not their square', () => {
    const lines = Array.from(
      { length: 20_000 },
      (_, index) => `SERVICE_${index}_API_KEY=${random('alphanumeric', 24, index)}`,
    );
    assertEndsWithin(6_000, () => {
      assert.ok(maskSecrets(lines.join('\n'), NONCE).secretCount > 19_000);
    });
  });
});

suite('hostile text', () => {
  const seeds = [
    'a',
    'A',
    '"',
    'x:',
    'password ',
    'password:"',
    'token=',
    'key',
    'ey.ey.',
    'eyJ',
    's.',
    'curl -u ',
    'Authorization: ',
    '://',
    '-----BEGIN PRIVATE KEY-----\n',
    'variable "password" {',
    'kind: Secret\ndata:\n',
    'name: PASSWORD\n',
    '/',
    '\\',
    '0|',
  ];
  for (const seed of seeds) {
    test(`${JSON.stringify(seed)} over and over takes no time that grows with the square`, () => {
      const cpuMs = (length: number): number => {
        const text = seed.repeat(Math.ceil(length / seed.length));
        const before = process.cpuUsage();
        maskSecrets(text, NONCE);
        return process.cpuUsage(before).user / 1000;
      };
      cpuMs(5_000);
      // Generous; a pattern that backtracks takes minutes here.
      assert.ok(cpuMs(100_000) < 5_000);
    });
  }
});
