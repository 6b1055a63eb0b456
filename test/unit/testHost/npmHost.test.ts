import assert from 'node:assert/strict';
import { withoutOuterNpm } from '../../host/npmHost';

suite('Environment of an installation by npm', () => {
  test('an npm that started us keeps what is its own: project, version and Node', () => {
    const kept = withoutOuterNpm({
      PATH: '/bin',
      npm_config_cafile: '/ca.crt',
      npm_config_nodedir: '/usr',
      npm_config_user_agent: 'npm/11.0.0 node/v20.0.0 linux x64',
      npm_config_npm_version: '11.0.0',
      npm_config_local_prefix: '/project',
      npm_execpath: '/npm-cli.js',
      npm_node_execpath: '/usr/bin/node',
      npm_lifecycle_event: 'test',
      npm_package_name: 'delegate',
      npm_command: 'run-script',
    });
    assert.deepEqual(kept, {
      PATH: '/bin',
      npm_config_cafile: '/ca.crt',
      npm_config_nodedir: '/usr',
    });
  });
});
