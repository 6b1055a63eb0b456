import type { Fault } from '../faults/fault';
import { faults } from '../faults/faults';
import type { RecordedRequest } from '../requestLog';
import type { SimulatorState } from '../state';
import { isControlPath } from './control';
import type { HttpExchange } from './exchange';

const NO_FAULT: Fault = {};

/** The fault for a request, which is noted in its record. */
export function chooseFault(state: SimulatorState, record: RecordedRequest): Fault {
  const { method, path, headers, body } = record;
  const url = new URL(path, 'http://127.0.0.1');
  if (isControlPath(url)) return NO_FAULT;
  record.fault = state.faults.next({ method, path: url.pathname, headers, body });
  return record.fault === null ? NO_FAULT : faults[record.fault];
}

/** Plays faults that leave nothing of an answer. @returns whether the request is dealt with. */
export function intercept(state: SimulatorState, exchange: HttpExchange): boolean {
  const { response, record, fault } = exchange;
  const interception = fault.intercept?.(state.clock.now());
  switch (interception?.kind) {
    case undefined:
      return false;
    case 'answer': {
      const { status, headers, body } = interception.answer;
      record.status = status;
      response.writeHead(status, headers);
      response.end(body);
      return true;
    }
    case 'reset':
      response.socket?.resetAndDestroy();
      return true;
    case 'ignore':
      return true;
  }
}
