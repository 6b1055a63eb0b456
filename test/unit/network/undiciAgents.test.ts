import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import * as undici from 'undici';
import { undiciAgents } from '../../../src/network/undiciAgents';
import { startProxy } from './testServers';

const run = promisify(execFile);

/** Asks for a tunnel in a process that has loaded these files of undici and nothing else of it. */
const script = `
const { undiciAgents } = require(process.argv[1]);
const agent = new undiciAgents.ProxyAgent(process.argv[2]);
const done = (text) => { console.log(text); void agent.destroy(); };
agent.dispatch({ origin: 'https://api.test:1', path: '/', method: 'GET' }, {
  onRequestStart() {}, onResponseStart() {}, onResponseData() {}, onResponseEnd() {},
  onResponseError: (_, error) => done(error.message),
});`;

suite('classes of undici', () => {
  test('the files give the same classes as the package', () => {
    assert.equal(undiciAgents.Agent, undici.Agent);
    assert.equal(undiciAgents.ProxyAgent, undici.ProxyAgent);
  });

  test('without the rest of the package they open tunnels', async () => {
    const proxy = await startProxy({ authorization: 'Basic bm8=' });
    const file = require.resolve('../../../src/network/undiciAgents');
    const url = `http://127.0.0.1:${proxy.port}`;
    const { stdout } = await run(process.execPath, ['-e', script, file, url]);
    await proxy.close();
    assert.match(stdout, /Proxy response \(407\)/);
    assert.deepEqual(proxy.tunnels, [{ target: 'api.test:1', authorization: null }]);
  });
});
