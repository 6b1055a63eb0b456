/** One life of an extension host. */
export interface Session {
  /** Drawn when the session starts, so that it is not taken for a later one with the same `pid`. */
  readonly id: string;
  readonly pid: number;
  readonly startedAtMs: number;
}

/** What must be known of the machine to say whether another session is still alive. */
export interface SessionFacts {
  readonly own: Session;
  readonly nowMs: number;
  /** When the machine started. */
  readonly bootedAtMs: number;
  /** Whether a process with this id runs, whichever program it is. */
  pidExists(pid: number): boolean;
}

/** A running draft is saved far more often than this; one that is not has lost its session. */
const LEASE_MS = 60 * 60 * 1000;
/** Wall clocks are corrected now and then; a session that began this close to the start counts. */
const BOOT_TOLERANCE_MS = 60 * 1000;

/**
 * Whether the session that saved a running draft at `savedAtMs` can still finish it.
 *
 * Process ids are used again. So a session is dead when its process is gone, but also when it began
 * before the machine did, when its process id is now ours, or when it has been silent for an hour.
 */
export function isSessionAlive(session: Session, savedAtMs: number, facts: SessionFacts): boolean {
  if (session.id === facts.own.id) return true;
  if (session.pid === facts.own.pid) return false;
  if (session.startedAtMs < facts.bootedAtMs - BOOT_TOLERANCE_MS) return false;
  if (facts.nowMs - savedAtMs > LEASE_MS) return false;
  return facts.pidExists(session.pid);
}
