/** The thread that `MaskingThread` starts: a chunk of its own, with all detectors. */
import { parentPort } from 'node:worker_threads';
import { replaceSecrets } from './masking';
import type { MaskingRequest } from './maskingThread';

parentPort?.on('message', ({ texts, nonce }: MaskingRequest) => {
  parentPort?.postMessage(replaceSecrets(texts, nonce));
});
