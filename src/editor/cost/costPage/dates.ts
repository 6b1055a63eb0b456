/** Dates as people read them; days and months come as names of the user's calendar. */

export function dayText(day: string, locale: string): string {
  return format(Date.parse(`${day}T00:00:00Z`), locale, {
    day: 'numeric',
    month: 'short',
    timeZone: 'UTC',
  });
}

export function monthText(month: string, locale: string): string {
  return format(Date.parse(`${month}-01T00:00:00Z`), locale, {
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  });
}

/** An instant in local time; `timeZone` is the system's when left out. */
export function instantText(atMs: number, locale: string, timeZone?: string): string {
  return format(atMs, locale, {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    ...(timeZone !== undefined && { timeZone }),
  });
}

function format(atMs: number, locale: string, options: Intl.DateTimeFormatOptions): string {
  try {
    return new Intl.DateTimeFormat(locale, options).format(atMs);
  } catch {
    // The editor's language is a name that Intl does not know, or the timestamp is invalid.
    return Number.isNaN(atMs) ? '?' : new Intl.DateTimeFormat('en', options).format(atMs);
  }
}
