/**
 * Calendar days and months as the user lives them. Days are numbers that count from 1970-01-01 in
 * local time, so that they compare and add; months of files are `YYYY-MM` in UTC.
 */

/** Minutes by which local time is ahead of UTC at an instant; daylight saving changes it. */
export type ZoneOffset = (atMs: number) => number;

export const systemZoneOffset: ZoneOffset = (atMs) => -new Date(atMs).getTimezoneOffset();

export interface DayRange {
  readonly firstDay: number;
  /** Inclusive. */
  readonly lastDay: number;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

export function localDay(atMs: number, zone: ZoneOffset): number {
  return Math.floor((atMs + zone(atMs) * MINUTE_MS) / DAY_MS);
}

/** The day as `YYYY-MM-DD`. */
export function dayName(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** The local calendar month that `day` is in. */
export function monthAround(day: number): DayRange {
  const date = new Date(day * DAY_MS);
  const firstDay = Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1) / DAY_MS;
  const lastDay = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0) / DAY_MS;
  return { firstDay, lastDay };
}

/** First instant of the day after `day`; some zones have no midnight when clocks change. */
export function nextDayStartMs(day: number, zone: ZoneOffset): number {
  const guessMs = (day + 1) * DAY_MS;
  let atMs = guessMs - zone(guessMs) * MINUTE_MS - 4 * HOUR_MS;
  while (localDay(atMs, zone) <= day) atMs += 15 * MINUTE_MS;
  return atMs;
}

/** Month of the file that an entry of this instant is in: its month in UTC, as in its `at`. */
export function utcMonth(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 7);
}

/** Months of files in which entries of these local days can be, oldest first. */
export function utcMonthsOf(days: DayRange, zone: ZoneOffset): readonly string[] {
  const months: string[] = [];
  let atMs = nextDayStartMs(days.firstDay - 1, zone);
  const endMs = nextDayStartMs(days.lastDay, zone);
  while (atMs < endMs) {
    months.push(utcMonth(atMs));
    const date = new Date(atMs);
    atMs = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1);
  }
  return months;
}

/**
 * A short name for how `zone` behaves within a month of UTC. Sums per local day that were made
 * under another name are not valid here: the user travelled, or another window has another zone.
 */
export function zoneTag(month: string, zone: ZoneOffset): string {
  const startMs = Date.parse(`${month}-01T00:00:00Z`);
  const start = new Date(startMs);
  const endMs = Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + 1, 1);
  let tag = String(zone(startMs));
  for (let dayMs = startMs; dayMs < endMs; dayMs += DAY_MS) {
    const changeMs = offsetChange(dayMs, Math.min(dayMs + DAY_MS, endMs), zone);
    if (changeMs !== null) tag += `_${(changeMs - startMs) / MINUTE_MS}_${zone(changeMs)}`;
  }
  return tag;
}

/** The minute within a day from which the offset is another one; clocks change once a day at most. */
function offsetChange(startMs: number, endMs: number, zone: ZoneOffset): number | null {
  const offset = zone(startMs);
  if (zone(endMs) === offset) return null;
  let before = startMs;
  let after = endMs;
  while (after - before > MINUTE_MS) {
    const middle = before + Math.floor((after - before) / 2 / MINUTE_MS) * MINUTE_MS;
    if (zone(middle) === offset) before = middle;
    else after = middle;
  }
  return after;
}
