import assert from 'node:assert/strict';
import fc from 'fast-check';
import type * as showModule from '../../../../src/editor/messages/show';
import { withFakeEditor } from '../../../support/fakeEditor';
import { assertPlain, hostile, worst } from './hostileWords';

type Show = typeof showModule;

const { loaded, told } = withFakeEditor('editor/messages/show');
const show = loaded as Show;

const item = (text: string): { label: string; description: string; detail: string } => ({
  ...{ label: text, description: text, detail: text },
  ...{ buttons: [{ iconPath: { id: 'x' }, tooltip: text }] },
});

/** Each way to the user, with the same words in every place that takes any. */
const ways: { readonly [name in keyof Show]: (text: string) => unknown } = {
  showInformation: (text) => show.showInformation(text, { modal: true, detail: text }, text),
  showWarning: (text) => show.showWarning(text, { modal: true, detail: text }, text),
  showErrorWords: (text) => show.showErrorWords(text, text, text),
  shownItem: (text) => told.push(...textsOf(show.shownItem(item(text)))),
  pickOne: (text) => show.pickOne([item(text)], { title: text, placeHolder: text }),
  pickMany: (text) => show.pickMany([item(text)], { title: text, placeHolder: text }),
  askText: (text) =>
    show.askText({
      ...{ title: text, prompt: text, placeHolder: text },
      validateInput: () => text,
    }),
  createPicker: (text) => {
    const { setItems, setPlaceholder } = show.createPicker(text);
    setItems([item(text)]);
    setPlaceholder(text);
  },
  createTextBox: (text) => {
    show.createTextBox({ title: text, prompt: text }).setProblem(text);
  },
  showProgress: (text) =>
    show.showProgress(text, (report) => {
      report(text);
      return Promise.resolve();
    }),
  showForMoment: (text) => show.showForMoment(text, 1),
};

function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : [];
}

async function toldBy(way: (text: string) => unknown, text: string): Promise<readonly string[]> {
  told.length = 0;
  await way(text);
  return told.flatMap((each) => each.split('\n'));
}

suite('every way to the user', () => {
  test('is in the table of this test', () => {
    assert.deepEqual(Object.keys(ways).sort(), Object.keys(show).sort());
  });

  for (const [name, way] of Object.entries(ways)) {
    test(`${name} shows no link, icon, line end or unseen character`, async () => {
      await fc.assert(
        fc.asyncProperty(hostile, async (text) => {
          for (const line of await toldBy(way, `a${text}`)) assertPlain(line);
        }),
        { numRuns: 200 },
      );
      for (const text of worst) {
        const lines = await toldBy(way, text);
        assert.ok(lines.length > 0);
        for (const line of lines) assertPlain(line);
      }
    });
  }

  test('gives back the button as it was asked for', async () => {
    assert.equal(await show.showWarning('Sure?', '[Yes](command:x)'), '[Yes](command:x)');
  });
});
