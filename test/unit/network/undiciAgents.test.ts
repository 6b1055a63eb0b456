import assert from 'node:assert/strict';
import * as undici from 'undici';
import { undiciAgents } from '../../../src/network/undiciAgents';

suite('classes of undici', () => {
  test('the files give the same classes as the package', () => {
    assert.equal(undiciAgents.Agent, undici.Agent);
    assert.equal(undiciAgents.ProxyAgent, undici.ProxyAgent);
  });
});
