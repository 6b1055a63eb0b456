/** The thread that `ProofThread` starts: a chunk of its own, with parser and grammars. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { buffersOf, packTree } from '../../syntax/packedTree';
import { rememberingSyntax } from '../../syntax/rememberingSyntax';
import { createSyntaxService } from '../../syntax/syntaxService';
import { PROOFS } from './proof';
import type { ThreadAnswer, ThreadRequest } from './proofThread';

/** Original, proposed text, and each of them without the rest of their document. */
const REMEMBERED = 4;

const { grammars } = workerData as { readonly grammars: string };
const syntax = rememberingSyntax(
  createSyntaxService({ loadWasm: (name) => readFile(path.join(grammars, name)) }),
  REMEMBERED,
);

async function answer(request: ThreadRequest): Promise<ThreadAnswer> {
  try {
    if (request.kind === 'parse') {
      const tree = await syntax.parse(request.languageId, request.text);
      return { kind: 'tree', tree: tree && packTree(tree) };
    }
    const prove = PROOFS[request.claim];
    return { kind: 'proof', result: await prove({ ...request.texts, syntax }) };
  } catch (error) {
    return { kind: 'failed', message: String(error) };
  }
}

parentPort?.on('message', (request: ThreadRequest) => {
  void answer(request).then((message) => {
    const buffers = message.kind === 'tree' && message.tree ? buffersOf(message.tree) : [];
    parentPort?.postMessage(message, buffers);
  });
});
