import type { Reservation } from '../../accounting/budget/reservations';
import { DelegateError } from '../../common/delegateError';
import type { RunPorts } from '../../delegation/ports';
import type { RunEvent } from '../../delegation/run/run';
import type { BudgetGate } from './budgetGate';

/** What stands between a run and the money of the user. */
export interface RunGate extends Required<Pick<RunPorts, 'checkBudget' | 'noteRequest'>> {
  readonly observing: (observe: (event: RunEvent) => void) => (event: RunEvent) => void;
  /** Null while nothing was granted. */
  readonly reservation: () => Reservation | null;
}

/** Reserves a run's worst case right before sending, and keeps the ids of its bills. */
export function createRunGate(budget: Pick<BudgetGate, 'reserve'>, isDemo: boolean): RunGate {
  let reservation: Reservation | null = null;
  return {
    reservation: () => reservation,
    checkBudget: async ({ identity, didEnableDelegation, estimate }) => {
      const granted = await budget.reserve(
        { ...identity, didEnableDelegation, requests: 1, demo: isDemo },
        estimate?.ceilingNanoUsd ?? null,
      );
      if (granted instanceof DelegateError) return granted;
      reservation = granted;
      return null;
    },
    noteRequest: async (note) => reservation?.noteRequest(note),
    observing: (observe) => (event) => {
      if (event.type === 'request-sent' && event.generationId !== null) {
        void reservation?.noteGenerationId(event.generationId);
      }
      observe(event);
    },
  };
}
