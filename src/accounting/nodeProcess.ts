import { hostname } from 'node:os';
import { pid } from 'node:process';
import { processExists } from '../common/processes';
import type { ProcessIdentity } from './runFiles';

/** This process, as run files name it. */
export function nodeProcess(): ProcessIdentity {
  return { pid, host: hostname(), isAlive: processExists };
}
