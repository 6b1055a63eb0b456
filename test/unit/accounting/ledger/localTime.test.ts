import assert from 'node:assert/strict';
import {
  type ZoneOffset,
  dayName,
  localDay,
  monthAround,
  nextDayStartMs,
  utcMonth,
  utcMonthsOf,
  zoneTag,
} from '../../../../src/accounting/ledger/localTime';

/** Offsets of a named zone, from the platform's own time zone data. */
function zoneNamed(timeZone: string): ZoneOffset {
  const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  return (atMs) => {
    const name =
      format.formatToParts(atMs).find(({ type }) => type === 'timeZoneName')?.value ?? '';
    const match = /GMT(?:([+-])(\d\d):(\d\d))?/.exec(name);
    const minutes = Number(match?.[2] ?? 0) * 60 + Number(match?.[3] ?? 0);
    return match?.[1] === '-' ? -minutes : minutes;
  };
}

const berlin = zoneNamed('Europe/Berlin');
const losAngeles = zoneNamed('America/Los_Angeles');
const kolkata = zoneNamed('Asia/Kolkata');
const lordHowe = zoneNamed('Australia/Lord_Howe');
const havana = zoneNamed('America/Havana');
const kiritimati = zoneNamed('Pacific/Kiritimati');

function dayAt(at: string, zone: ZoneOffset): string {
  return dayName(localDay(Date.parse(at), zone));
}

suite('local days', () => {
  test('a day begins at local midnight', () => {
    assert.equal(dayAt('2026-01-14T22:59:59Z', berlin), '2026-01-14');
    assert.equal(dayAt('2026-01-14T23:00:00Z', berlin), '2026-01-15');
    assert.equal(dayAt('2026-01-15T07:59:59Z', losAngeles), '2026-01-14');
    assert.equal(dayAt('2026-01-15T08:00:00Z', losAngeles), '2026-01-15');
    assert.equal(dayAt('2026-01-14T18:29:59Z', kolkata), '2026-01-14');
    assert.equal(dayAt('2026-01-14T18:30:00Z', kolkata), '2026-01-15');
  });

  test('daylight saving moves the boundary by its hour', () => {
    // Europe changes on 29 March and 25 October 2026.
    assert.equal(dayAt('2026-03-28T22:59:59Z', berlin), '2026-03-28');
    assert.equal(dayAt('2026-03-28T23:00:00Z', berlin), '2026-03-29');
    assert.equal(dayAt('2026-03-29T21:59:59Z', berlin), '2026-03-29');
    assert.equal(dayAt('2026-03-29T22:00:00Z', berlin), '2026-03-30');
    assert.equal(dayAt('2026-10-25T22:59:59Z', berlin), '2026-10-25');
    assert.equal(dayAt('2026-10-25T23:00:00Z', berlin), '2026-10-26');
  });

  test('the next day starts where the calendar says, in every zone and through every change', () => {
    for (const zone of [berlin, losAngeles, kolkata, lordHowe, havana, kiritimati]) {
      let day = localDay(Date.parse('2026-01-01T12:00:00Z'), zone);
      for (let count = 0; count < 366; count += 1, day += 1) {
        const startMs = nextDayStartMs(day, zone);
        assert.equal(localDay(startMs - 1, zone), day);
        assert.equal(localDay(startMs, zone), day + 1);
      }
    }
  });

  test('a local month', () => {
    const day = localDay(Date.parse('2028-02-10T12:00:00Z'), berlin);
    const { firstDay, lastDay } = monthAround(day);
    assert.equal(dayName(firstDay), '2028-02-01');
    assert.equal(dayName(lastDay), '2028-02-29');
    const december = monthAround(localDay(Date.parse('2026-12-31T12:00:00Z'), berlin));
    assert.equal(dayName(december.firstDay), '2026-12-01');
    assert.equal(dayName(december.lastDay), '2026-12-31');
  });

  test('the files of a local month are all those in which its instants can be', () => {
    for (const zone of [berlin, losAngeles, kiritimati]) {
      const day = localDay(Date.parse('2026-12-15T12:00:00Z'), zone);
      const range = monthAround(day);
      const months = utcMonthsOf(range, zone);
      for (
        let atMs = Date.parse('2026-11-29T00:00:00Z');
        atMs < Date.parse('2027-01-03T00:00:00Z');
        atMs += 900_000
      ) {
        const local = localDay(atMs, zone);
        if (local < range.firstDay || local > range.lastDay) continue;
        assert.ok(months.includes(utcMonth(atMs)), new Date(atMs).toISOString());
      }
    }
  });

  test('only files that are needed: a month in UTC is one file', () => {
    const range = monthAround(localDay(Date.parse('2026-12-15T12:00:00Z'), () => 0));
    assert.deepEqual(
      utcMonthsOf(range, () => 0),
      ['2026-12'],
    );
    assert.deepEqual(
      utcMonthsOf(range, () => 60),
      ['2026-11', '2026-12'],
    );
    assert.deepEqual(
      utcMonthsOf(range, () => -60),
      ['2026-12', '2027-01'],
    );
  });

  test('a zone is told apart from others by its offsets and their changes', () => {
    assert.equal(zoneTag('2026-01', berlin), '60');
    assert.equal(zoneTag('2026-01', kolkata), '330');
    assert.equal(zoneTag('2026-01', losAngeles), '-480');
    assert.notEqual(zoneTag('2026-03', berlin), zoneTag('2026-03', zoneNamed('Africa/Lagos')));
    assert.match(zoneTag('2026-04', lordHowe), /^660_\d+_630$/);
    // Only what file systems take.
    for (const zone of [berlin, losAngeles, lordHowe]) {
      assert.match(zoneTag('2026-03', zone), /^[-_0-9]+$/);
    }
  });
});
