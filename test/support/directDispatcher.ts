import { networkDispatcher } from '../../src/network/dispatcher';
import { undiciAgents } from '../../src/network/undiciAgents';

/** Connections as the extension makes them, without a proxy and with Node's own certificates. */
export const directDispatcher = networkDispatcher({
  undici: undiciAgents,
  proxy: { proxyUrl: null, authorization: null, reason: 'none' },
  trust: { secureContext: null },
  strictSsl: true,
});
