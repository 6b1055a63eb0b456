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
/** No place on earth is further from UTC, with a reserve. */
const LARGEST_OFFSET_MS = 16 * HOUR_MS;

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
export function utcMonthsOf(days: DayRange): readonly string[] {
  const months: string[] = [];
  let atMs = days.firstDay * DAY_MS - LARGEST_OFFSET_MS;
  const endMs = (days.lastDay + 1) * DAY_MS + LARGEST_OFFSET_MS;
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
  let offset = zone(startMs);
  let tag = String(offset);
  for (let atMs = startMs; atMs < endMs; atMs += HOUR_MS / 2) {
    const next = zone(atMs);
    if (next === offset) continue;
    tag += `_${(atMs - startMs) / (HOUR_MS / 2)}_${next}`;
    offset = next;
  }
  return tag;
}
