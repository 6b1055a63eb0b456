import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type PanelSection, SectionQueue } from '../../../../src/editor/output/sectionQueue';

const NOTE = '- waited\n';

class FakePanel {
  text = '';

  beginSection(head: string): void {
    this.text += head;
  }

  append(text: string): void {
    this.text += text;
  }
}

/** Which run does its next step; each begins, appends so many pieces, and ends. */
const plays = fc.record({
  pieceCounts: fc.array(fc.nat({ max: 6 }), { minLength: 1, maxLength: 6 }),
  turns: fc.array(fc.nat({ max: 5 }), { maxLength: 80 }),
});

suite('SectionQueue', () => {
  test('however runs interleave, each section is whole, and in the order of their beginnings', () => {
    fc.assert(
      fc.property(plays, ({ pieceCounts, turns }) => {
        const panel = new FakePanel();
        const queue = new SectionQueue(panel);
        const runs = pieceCounts.map((count, run) => new Run(queue, run, count));
        const begun: Run[] = [];
        const step = (run: Run): void => {
          if (run.isEnded) return;
          if (!run.isBegun) {
            run.waits = begun.some((other) => !other.isEnded);
            begun.push(run);
          }
          run.step();
          // What the first of the runs under way has written is there to be read.
          const first = begun.find((other) => !other.isEnded);
          if (first) assert.ok(panel.text.endsWith(first.written), panel.text);
        };
        for (const turn of turns) step(runs[turn % runs.length]!);
        for (const run of runs) while (!run.isEnded) step(run);
        assert.equal(panel.text, begun.map(({ written }) => written).join(''));
      }),
    );
  });

  test('a run that waited streams on from its turn', () => {
    const panel = new FakePanel();
    const queue = new SectionQueue(panel);
    const first = queue.open('## one\n', NOTE);
    const second = queue.open('## two\n', NOTE);
    second.append('worker');
    first.append('plan');
    assert.equal(panel.text, '## one\nplan');
    first.end();
    second.append(' writes');
    assert.equal(panel.text, '## one\nplan## two\n- waited\nworker writes');
  });
});

class Run {
  readonly #queue: SectionQueue;
  readonly #name: string;
  #left: number;
  #section: PanelSection | null = null;
  isEnded = false;
  waits = false;
  #pieces = '';

  constructor(queue: SectionQueue, run: number, pieces: number) {
    this.#queue = queue;
    this.#name = String(run);
    this.#left = pieces;
  }

  get isBegun(): boolean {
    return this.#section !== null;
  }

  /** Its section as it is to be. */
  get written(): string {
    return `## ${this.#name}\n${this.waits ? NOTE : ''}${this.#pieces}`;
  }

  step(): void {
    if (!this.#section) {
      this.#section = this.#queue.open(`## ${this.#name}\n`, NOTE);
    } else if (this.#left > 0) {
      this.#left -= 1;
      const piece = `${this.#name}.${String(this.#left)} `;
      this.#pieces += piece;
      this.#section.append(piece);
    } else {
      this.#section.end();
      this.isEnded = true;
    }
  }
}
