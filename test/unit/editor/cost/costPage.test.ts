import assert from 'node:assert/strict';
import type {
  CostReport,
  CounterTotals,
  ReportTotals,
} from '../../../../src/accounting/report/report';
import { NO_TOTALS, type Totals } from '../../../../src/accounting/ledger/totals';
import { plainEnglish } from '../../../../src/common/translate';
import { axisTop, chartBars } from '../../../../src/editor/cost/costPage/chart';
import { costDocument } from '../../../../src/editor/cost/costPage/document';
import {
  amountHtml,
  escapeHtml,
  savedHtml,
  totalHtml,
} from '../../../../src/editor/cost/costPage/html';
import { readMessage } from '../../../../src/editor/cost/costPage/messages';
import { daysOfRange, readRange } from '../../../../src/editor/cost/costPage/ranges';
import { renderSections } from '../../../../src/editor/cost/costPage/sections';
import { entryOf } from '../../accounting/support/ledgerFixtures';

const context = { l10n: plainEnglish, locale: 'en', timeZone: 'UTC', isDemo: false };
const NASTY = `<img src=x onerror="alert('1')">&amp;`;

function totals(fields: Partial<Totals> = {}): ReportTotals {
  const all = { ...NO_TOTALS, ...fields };
  return { ...all, savedNanoUsd: all.directNanoUsd - all.comparedCostNanoUsd };
}

function counter(fields: Partial<Totals> = {}, sinceMs: number | null = null): CounterTotals {
  return { ...totals(fields), sinceMs };
}

function report(fields: Partial<CostReport> = {}): CostReport {
  return {
    session: counter(),
    today: counter(),
    month: counter(),
    days: [],
    byTask: [],
    byProject: [],
    byRouting: [],
    byModel: [],
    range: totals(),
    budgets: [],
    perRunBudgetNanoUsd: 0,
    lastRuns: [],
    unreadableLines: 0,
    waitingEntries: 0,
    ...fields,
  };
}

const render = (fields: Partial<CostReport>) => renderSections(report(fields), context);
/** What is read, without markup. */
const read = (html: string): string =>
  html
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

suite('amounts of the cost page', () => {
  test('carry the exact nano-dollars along', () => {
    assert.equal(
      amountHtml(1_234_567_891),
      '<data value="1.234567891" title="$1.234567891">$1.23</data>',
    );
    assert.equal(
      amountHtml(1),
      '<data value="0.000000001" title="$0.000000001">$0.000000001</data>',
    );
  });

  test('runs of unknown cost are counted beside it, for eyes and ears', () => {
    const html = totalHtml({ costNanoUsd: 12_300_000, unknownRuns: 2 }, plainEnglish);
    assert.equal(read(html), '$0.0123 +2? and 2 of unknown cost');
    assert.ok(!totalHtml({ costNanoUsd: 0, unknownRuns: 0 }, plainEnglish).includes('?'));
  });

  test('savings are marked as estimates, and none is no zero', () => {
    const saved = totals({ directNanoUsd: 100_000_000, comparedCostNanoUsd: 22_000_000 });
    assert.equal(read(savedHtml(saved, plainEnglish)), '~ $0.0780 (78 %)');
    const lost = totals({ directNanoUsd: 10_000_000, comparedCostNanoUsd: 15_000_000 });
    assert.equal(read(savedHtml(lost, plainEnglish)), '~ -$0.0050 (-50 %)');
    assert.equal(read(savedHtml(totals(), plainEnglish)), '– none');
  });
});

suite('sections of the cost page', () => {
  test('texts from outside are never markup', () => {
    assert.equal(escapeHtml(`<a b="c" d='e'>&`), '&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;');
    const sections = render({
      byTask: [{ route: NASTY, totals: totals({ runs: 1 }) }],
      byModel: [{ orchestratorModel: NASTY, workerModel: NASTY, totals: totals({ runs: 1 }) }],
      lastRuns: [
        entryOf({ route: NASTY, orchestrator_model: NASTY, worker_model: NASTY }),
        entryOf({ routing: 'direct', orchestrator_model: NASTY, at: NASTY }),
      ],
    });
    const all = Object.values(sections).join('');
    assert.ok(all.includes('&lt;img'));
    assert.ok(!all.includes('<img'));
    assert.ok(!/onerror="|onerror='/.test(all));
  });

  test('nothing is styled or scripted inline, which the policy would refuse', () => {
    const sections = render({
      today: counter({ runs: 1, costNanoUsd: 5 }, 1),
      days: [{ day: '2026-03-14', totals: totals({ runs: 2, costNanoUsd: 5, unknownRuns: 1 }) }],
      budgets: [{ period: 'day', limitNanoUsd: 10, spentNanoUsd: 5, unknownRuns: 1 }],
      lastRuns: [entryOf()],
    });
    assert.ok(
      !/\sstyle=|\son\w+=|<script|<style|javascript:/i.test(Object.values(sections).join('')),
    );
  });

  test('a counter tells since when, and offers to show everything again', () => {
    const { counters } = render({
      today: counter({ runs: 1, costNanoUsd: 6_100_000 }, Date.parse('2026-03-14T14:05:00Z')),
      month: counter({ runs: 2000, costNanoUsd: 3_000_000_000, unknownRuns: 1 }),
    });
    assert.match(read(counters), /Today Show everything \$0\.0061 since Mar 14, 14:05 1 run/);
    assert.match(read(counters), /This month Reset \$3\.00 \+1\? .* 2,000 runs/);
    assert.match(counters, /id="counter-today" data-action="show-all" data-subject="today"/);
    assert.match(counters, /id="counter-month" data-action="reset" data-subject="month"/);
  });

  test('a loss says so in words', () => {
    const loss = { runs: 1, directNanoUsd: 10_000_000, comparedCostNanoUsd: 15_000_000 };
    assert.match(
      read(render({ range: totals(loss) }).summary),
      /~\$0\.0050 more than asking directly/,
    );
  });

  test('budgets tell what is left, what is reached, and what is off', () => {
    const { budgets } = render({
      perRunBudgetNanoUsd: 250_000_000,
      budgets: [
        { period: 'day', limitNanoUsd: 1_000_000_000, spentNanoUsd: 400_000_000, unknownRuns: 1 },
        { period: 'month', limitNanoUsd: 0, spentNanoUsd: 5, unknownRuns: 0 },
      ],
    });
    const text = read(budgets);
    assert.match(text, /Each run · \$0\.2500 Set…/);
    assert.match(
      text,
      /Today · \$1\.00 Set… \$0\.6000 left, \$0\.4000 spent · 1 of unknown cost not counted/,
    );
    assert.match(text, /This month · off Set…$/);
    assert.match(budgets, /class="fill" width="40\.00%"/);
    assert.match(
      budgets,
      /role="meter" aria-label="Budget spent: Today" aria-valuemin="0" aria-valuemax="100" aria-valuenow="40"/,
    );
    const reached = render({
      budgets: [{ period: 'day', limitNanoUsd: 10, spentNanoUsd: 20, unknownRuns: 0 }],
    }).budgets;
    assert.match(read(reached), /Reached: \$0\.000000020 spent/);
    assert.match(reached, /class="bar over"/);
  });

  test('last runs: unknown cost is no number, and demo runs are marked', () => {
    const { runs } = render({
      lastRuns: [
        entryOf({
          cost_nano_usd: null,
          status: 'cancelled',
          prompt_tokens: null,
          completion_tokens: null,
        }),
        entryOf({ demo: true, route: 'recipe', cost_nano_usd: 7_000_000 }),
      ],
    });
    const text = read(runs);
    assert.match(text, /Summarize .* cancelled – none 14\.2 s unknown/);
    assert.match(text, /Recipe demo .* done 1,840 \/ 420 14\.2 s \$0\.0070/);
    assert.match(runs, /class="made-up"/);
  });

  test('every table has a caption, column heads and row heads', () => {
    const { tasks, models, runs, chart } = render({
      byTask: [{ route: 'summarize', totals: totals({ runs: 1 }) }],
      byModel: [{ orchestratorModel: 'a/b', workerModel: 'c/d', totals: totals({ runs: 1 }) }],
      lastRuns: [entryOf()],
      days: [{ day: '2026-03-14', totals: totals({ runs: 1 }) }],
    });
    for (const html of [tasks, models, runs, chart]) {
      assert.match(html, /<caption class="hidden">[^<]+<\/caption>/);
      assert.match(html, /<th scope="col"/);
      assert.match(html, /<tbody><tr><th scope="row">/);
    }
  });

  test('demo, unwritten and unreadable entries are told', () => {
    const notices = (demo: boolean, fields: Partial<CostReport>): string =>
      read(renderSections(report(fields), { ...context, isDemo: demo }).notices);
    assert.equal(notices(false, {}), '');
    assert.match(notices(true, {}), /offline demo is on/);
    assert.match(notices(false, { waitingEntries: 2 }), /has not taken 2 runs/);
    assert.match(notices(false, { unreadableLines: 3 }), /3 lines .* cannot be read/);
  });
});

suite('chart of the cost page', () => {
  const day = (name: string, costNanoUsd: number) => ({
    day: name,
    totals: totals({ runs: 1, costNanoUsd }),
  });

  test('a year is summed by month without losing a nano-dollar', () => {
    const days = Array.from({ length: 365 }, (_, index) =>
      day(new Date(Date.UTC(2026, 0, 1 + index)).toISOString().slice(0, 10), index + 1),
    );
    const bars = chartBars(days);
    assert.equal(bars.length, 12);
    assert.equal(bars[1]?.key, '2026-02');
    assert.equal(
      bars.reduce((sum, { totals: { costNanoUsd } }) => sum + costNanoUsd, 0),
      (365 * 366) / 2,
    );
    assert.equal(chartBars(days.slice(0, 92)).length, 92);
  });

  for (const [highest, top] of [
    [0, 10_000_000],
    [1, 2],
    [9, 10],
    [11, 20],
    [350_000_000, 400_000_000],
    [1_000_000_000, 1_000_000_000],
    [1_000_000_001, 2_000_000_000],
  ] as const) {
    test(`the axis for ${highest} ends at ${top}`, () => assert.equal(axisTop(highest), top));
  }

  test('its summary and its table say what it shows', () => {
    const { chart } = render({
      days: [day('2026-03-13', 10_000_000), day('2026-03-14', 40_000_000)],
    });
    assert.match(chart, /aria-label="Chart of spend: the most was \$0\.0400, Mar 14\."/);
    assert.match(read(chart), /Mar 14 \$0\.0400 1 – none Mar 13 \$0\.0100 1/);
    assert.match(render({ days: [] }).chart, /nothing was spent/);
  });
});

suite('frame of the cost page', () => {
  test('may load its own style and script and nothing else', () => {
    const html = costDocument({
      l10n: plainEnglish,
      language: 'en',
      range: 'month',
      scriptUri: 'https://host/page.js',
      styleUri: 'https://host/page.css',
      cspSource: 'https://host',
      nonce: 'abc',
    });
    const policy = /Content-Security-Policy" content="([^"]*)"/
      .exec(html)?.[1]
      ?.replaceAll('&#39;', "'");
    assert.equal(
      policy,
      "default-src 'none'; style-src https://host; script-src 'nonce-abc'; base-uri 'none'; form-action 'none'",
    );
    assert.match(html, /<option value="month" selected>This month<\/option>/);
    assert.equal(html.match(/<script/g)?.length, 1);
  });

  test('understands only what its page can send', () => {
    assert.deepEqual(readMessage({ type: 'ready' }), { type: 'ready' });
    assert.deepEqual(readMessage({ type: 'range', subject: 'x' }), {
      type: 'range',
      range: 'days-30',
    });
    assert.deepEqual(readMessage({ type: 'reset', subject: 'today' }), {
      type: 'reset',
      period: 'today',
    });
    assert.deepEqual(readMessage({ type: 'set-budget', subject: 'day' }), {
      type: 'set-budget',
      budget: 'day',
    });
    for (const wrong of [
      null,
      'reset',
      {},
      { type: 'reset' },
      { type: 'set-budget', subject: 'x' },
      { type: 'run' },
    ]) {
      assert.equal(readMessage(wrong), null);
    }
  });

  test('ranges end today', () => {
    const month = { firstDay: 100, lastDay: 130 };
    assert.deepEqual(daysOfRange('week', 120, month), { firstDay: 114, lastDay: 120 });
    assert.deepEqual(daysOfRange('month', 120, month), { firstDay: 100, lastDay: 120 });
    assert.equal(readRange(undefined), 'days-30');
  });

  test('spend by project stands there only where runs have one', () => {
    assert.doesNotMatch(read(render({}).tasks), /project/i);
    const { tasks } = render({
      byProject: [
        { project: NASTY, totals: totals({ runs: 2, costNanoUsd: 30_000_000 }) },
        { project: '', totals: totals({ runs: 1, costNanoUsd: 10_000_000 }) },
      ],
      range: totals({ runs: 3, costNanoUsd: 40_000_000 }),
    });
    assert.match(read(tasks), /Spend by project/);
    assert.match(read(tasks), /no project/);
    assert.doesNotMatch(tasks, /<img/);
  });
});
