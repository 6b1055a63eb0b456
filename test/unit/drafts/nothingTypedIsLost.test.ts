import assert from 'node:assert/strict';
import fc from 'fast-check';
import { proposedText } from '../../../src/drafts/draft';
import { FakeEditor } from './fakeEditor';

const FILE = 'above();\n\nfunction part() {\n  first();\n  second();\n  third();\n}\n\nbelow();\n';
const PART = FILE.slice(FILE.indexOf('function'), FILE.indexOf('\n\nbelow') + 1);
const ANSWER = PART.replace('first', '// a comment\n  first').replace('third', 'fourth');

type Step =
  | { readonly kind: 'type'; readonly where: 'right' | 'file'; readonly at: number }
  | { readonly kind: 'undo'; readonly where: 'right' | 'file' }
  | { readonly kind: 'reject'; readonly at: number }
  | { readonly kind: 'resolve' | 'apply' | 'discard' | 'open' | 'close' | 'save' | 'wait' };

/** How many random sequences are played; more by hand. */
const SEQUENCES = Number(process.env['DELEGATE_SEQUENCES'] ?? 500);

/** What the user does, and how many messages get through in each direction after it. */
interface Move {
  readonly step: Step;
  readonly toHost: number;
  readonly toEditor: number;
}

const where = fc.constantFrom<'right' | 'file'>('right', 'file');
const at = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const typing = fc.record({ kind: fc.constant('type' as const), where, at });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: typing },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('undo' as const), where }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('reject' as const), at }) },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        'resolve' as const,
        'apply' as const,
        'apply' as const,
        'discard' as const,
        'open' as const,
        'close' as const,
        'save' as const,
        'wait' as const,
      ),
    }),
  },
);
// A busy host gets nothing for a while, then all at once.
const passing = fc.constantFrom(0, 0, 0, 1, 1, 2, 3, 20);
const moves: fc.Arbitrary<readonly Move[]> = fc.array(
  fc.record({ step, toHost: passing, toEditor: passing }),
  { minLength: 5, maxLength: 40 },
);

/** Plays what a user does, with a character of its own for each key. */
class User {
  readonly editor = new FakeEditor(FILE);
  /** Characters that were typed and not taken away by the user. */
  readonly kept = new Set<string>();
  #next = 0xe000;

  async begin(): Promise<void> {
    const { id } = this.start();
    await this.editor.desk.dispatch(id, { type: 'proposed', text: ANSWER, proof: null });
    this.editor.open();
    await this.editor.drain();
  }

  start(): FakeEditor {
    const start = FILE.indexOf(PART);
    this.editor.start({ start, end: start + PART.length });
    return this.editor;
  }

  do(step: Step): void {
    const { editor } = this;
    switch (step.kind) {
      case 'type': {
        const character = String.fromCharCode((this.#next += 1));
        if (editor.type(step.where, step.at, character)) this.kept.add(character);
        return;
      }
      case 'undo':
        this.#takeAway(step.where, () => editor.undo(step.where));
        return;
      case 'reject':
        this.#takeAway('right', () => editor.rewriteRight((text) => reject(text, step.at)));
        return;
      case 'resolve':
        this.#takeAway('right', () => editor.rewriteRight(takeBoth));
        return;
      case 'discard':
        for (const place of editor.places.slice(1)) this.#forgive(place);
        editor.discard();
        return;
      case 'wait':
        editor.clock.advance(600);
        return;
      default:
        editor[step.kind]();
    }
  }

  #takeAway(from: 'right' | 'file', act: () => void): void {
    const text = (): string =>
      (from === 'file' ? this.editor.fileText : this.editor.rightText) ?? '';
    const before = text();
    act();
    this.#forgive(
      Array.from(before)
        .filter((character) => !text().includes(character))
        .join(''),
    );
  }

  #forgive(text: string): void {
    for (const character of text) this.kept.delete(character);
  }
}

function reject(text: string, at: number): string {
  const lines = text.split('\n');
  lines[Math.floor(at * lines.length)] = PART.split('\n')[0]!;
  return lines.join('\n');
}

/** Keeps what stands on either side of our conflict markers. */
function takeBoth(text: string): string {
  if (!text.includes('n0nce')) return text;
  return text
    .split('\n')
    .filter((line) => !/^(?:<{7}|\|{7}|>{7}) .*n0nce|^={7}$/.test(line))
    .join('\n');
}

async function play(played: readonly Move[]): Promise<User> {
  const user = new User();
  await user.begin();
  for (const { step: next, toHost, toEditor } of played) {
    user.do(next);
    await user.editor.deliver('host', toHost);
    await user.editor.deliver('editor', toEditor);
  }
  await user.editor.drain();
  return user;
}

function assertNothingIsLost({ editor, kept }: User): void {
  assert.equal(editor.failure, null);
  assert.deepEqual(
    editor.ends.filter((end) => end === 'unknown'),
    [],
    'never "not found"',
  );
  const draft = editor.desk.find(editor.id);
  if (draft && editor.rightText !== null) {
    assert.equal(proposedText(draft), editor.rightText, 'what is seen is what would be applied');
  }
  const all = editor.places.join('\n');
  const lost = [...kept].filter((character) => !all.includes(character));
  assert.deepEqual(lost, [], `${JSON.stringify(editor.places)} ${editor.ends.join()}`);
  for (const character of kept) {
    assert.ok(editor.fileText.split(character).length <= 2, 'nothing is applied twice');
  }
}

suite('What a user types into a draft', () => {
  test('is never lost, whenever the extension host hears of it', async function () {
    this.timeout(Math.max(120_000, SEQUENCES * 100));
    await fc.assert(
      fc.asyncProperty(moves, async (played) => assertNothingIsLost(await play(played))),
      { numRuns: SEQUENCES },
    );
  });

  test('is all in the file when it came before the host read it, also after the click', async () => {
    const user = new User();
    await user.begin();
    for (let count = 0; count < 14; count += 1) {
      user.do({ kind: 'type', where: 'right', at: 0.5 });
      if (count === 6) user.do({ kind: 'apply' });
    }
    await user.editor.drain();
    assert.deepEqual(
      [...user.kept].filter((key) => !user.editor.fileText.includes(key)),
      [],
    );
    assert.equal(user.editor.rightText, null, 'the diff is closed');
    assert.deepEqual(user.editor.desk.drafts, []);
  });

  test('elsewhere in the file at the same moment does not keep Apply from its work', async () => {
    const user = new User();
    await user.begin();
    let count = 0;
    user.editor.beforeEdit = () => {
      if ((count += 1) <= 3) user.do({ kind: 'type', where: 'file', at: 0 });
    };
    user.do({ kind: 'apply' });
    await user.editor.drain();
    assert.deepEqual(user.editor.ends, ['applied']);
    assertNothingIsLost(user);
  });

  test('brings the draft back when it comes while the diff closes', async () => {
    const user = new User();
    await user.begin();
    user.do({ kind: 'apply' });
    // Until the file has changed.
    while (user.editor.fileText === FILE) {
      await user.editor.deliver('host');
      await user.editor.deliver('editor');
    }
    user.do({ kind: 'type', where: 'right', at: 0.5 });
    const [typed = ''] = user.kept;
    await user.editor.drain();
    assert.ok(user.editor.rightText?.includes(typed), 'the diff stays open');
    assert.equal(user.editor.fileText.includes(typed), false);
    user.do({ kind: 'apply' });
    await user.editor.drain();
    assert.ok(user.editor.fileText.includes(typed));
    assert.deepEqual(user.editor.desk.drafts, []);
  });

  test('is not taken back by a save that was begun before it', async () => {
    const user = new User();
    await user.begin();
    user.do({ kind: 'type', where: 'right', at: 0.5 });
    user.do({ kind: 'save' });
    await user.editor.deliver('host', 2);
    user.do({ kind: 'type', where: 'right', at: 0.5 });
    await user.editor.deliver('editor');
    await user.editor.deliver('host', 2);
    const { rightText, desk, id } = user.editor;
    assert.equal(proposedText(desk.find(id)!), rightText);
  });

  test('is told from a part of the answer that the editor reads too late', async () => {
    const user = new User();
    const { editor } = user;
    const { desk, id } = user.start();
    await desk.dispatch(id, { type: 'partial-text', text: 'func' });
    editor.open();
    await editor.drain();
    await desk.dispatch(id, { type: 'partial-text', text: 'function part() {' });
    // The editor reads this, and has not told of it when the whole answer comes.
    await editor.deliver('editor');
    await editor.deliver('host');
    await editor.deliver('editor');
    await desk.dispatch(id, { type: 'proposed', text: ANSWER, proof: null });
    await editor.drain();
    assert.equal(proposedText(desk.find(id)!), ANSWER);
    assert.equal(editor.rightText, ANSWER);
  });
});
