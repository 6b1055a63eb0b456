import connect from 'undici/lib/api/api-connect.js';
import Agent from 'undici/lib/dispatcher/agent.js';
import Dispatcher from 'undici/lib/dispatcher/dispatcher.js';
import ProxyAgent from 'undici/lib/dispatcher/proxy-agent.js';
import type { UndiciModule } from './dispatcher';

/**
 * The two classes of undici that connections need. Taking their files rather than the whole package
 * leaves out fetch, WebSocket, caches and mocks: the bundle is a little over half as large and loads
 * in about half the time. `undiciAgents.test.ts` sees to it that an update of undici that moves the
 * files is noticed.
 */
export const undiciAgents: UndiciModule = { Agent, ProxyAgent };

// The package's index adds the methods of all dispatchers; tunnels through a proxy need this one.
Object.assign(Dispatcher.prototype, { connect });
