import assert from 'node:assert/strict';
import { PanelMemory } from '../../../../src/editor/output/panelMemory';

/** Adds sections of a thousand characters, numbered from 0. @returns what was to be kept, in order. */
function addSections(memory: PanelMemory, count: number, length = 1000): (string | null)[] {
  return Array.from({ length: count }, (_, number) => {
    const kept = memory.beginSection();
    memory.add(`\n## ${number}\n`.padEnd(length, '.'));
    return kept;
  });
}

suite('PanelMemory', () => {
  test('a panel that is not long is left alone', () => {
    const kept = addSections(new PanelMemory(), 200);
    assert.ok(kept.every((text) => text === null));
  });

  test('a long one keeps its latest sections, whole, and may grow again', () => {
    const memory = new PanelMemory();
    const kept = addSections(memory, 202).at(-1) ?? assert.fail('it was not shortened');
    assert.equal(kept.length, 50_000);
    assert.ok(kept.startsWith('\n## 151\n'));
    assert.ok(kept.includes('\n## 200\n'));
    const next = addSections(memory, 151);
    assert.ok(next.slice(0, -1).every((text) => text === null));
    assert.equal(next.at(-1)?.length, 50_000);
  });

  test('a section that is itself too long is kept until the next one has come', () => {
    const memory = new PanelMemory();
    addSections(memory, 2);
    memory.beginSection();
    memory.add('long'.padEnd(400_000, '.'));
    assert.equal(memory.beginSection()?.length, 400_000);
    memory.add('short');
    assert.equal(memory.beginSection(), 'short');
  });

  test('headings inside of a section are no sections', () => {
    const memory = new PanelMemory();
    memory.beginSection();
    memory.add('first'.padEnd(150_000, '.'));
    memory.beginSection();
    memory.add('second\n## of its own\n'.padEnd(60_000, '.'));
    assert.match(memory.beginSection() ?? '', /^second/);
  });
});
