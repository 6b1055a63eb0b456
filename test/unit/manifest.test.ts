import assert from 'node:assert/strict';
import { builtInTasks } from '../../src/tasks/catalog';
import {
  AGENT_TOOL,
  CHAT_PARTICIPANT,
  CHECKED_LANGUAGES,
  COMMANDS,
  CONTEXT_KEYS,
  PART_LANGUAGE_PREFIX,
  type SettingKey,
} from '../../src/manifest';
import { manifestSettings } from '../support/manifestSettings';
import { readJson, readText, sourceFiles } from '../support/projectFiles';

interface MenuItem {
  readonly command?: string;
  readonly submenu?: string;
  readonly when?: string;
}

interface ChatFile {
  readonly path: string;
  readonly when: string;
}

/** Arguments of the tool for agents that its texts name. */
const TOOL_FIELDS = ['file', 'text', 'language', 'instruction', 'startLine', 'endLine'];

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly enablement?: string }[];
    readonly menus: Readonly<Record<string, readonly MenuItem[]>>;
    readonly submenus: readonly { readonly id: string }[];
    readonly keybindings?: readonly unknown[];
    readonly chatParticipants: readonly {
      readonly id: string;
      readonly name: string;
      readonly when: string;
      readonly commands: readonly { readonly name: string }[];
    }[];
    readonly chatAgents: readonly ChatFile[];
    readonly chatSkills: readonly ChatFile[];
    readonly chatPromptFiles: readonly ChatFile[];
    readonly languageModelTools: readonly { readonly name: string; readonly when: string }[];
    readonly languages: readonly {
      readonly id: string;
      readonly extensions: readonly string[];
      readonly configuration: string;
    }[];
    readonly grammars: readonly {
      readonly language: string;
      readonly scopeName: string;
      readonly path: string;
    }[];
    readonly walkthroughs: readonly {
      readonly steps: readonly {
        readonly description: string;
        readonly media: { readonly svg: string };
        readonly completionEvents: readonly string[];
      }[];
    }[];
  };
  readonly capabilities: {
    readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] };
  };
}

/** Stops compiling when a setting is added to or removed from the types alone. */
const SETTINGS: Readonly<Record<SettingKey, unknown>> = {
  orchestratorModel: '~anthropic/claude-opus-latest',
  workerModel: '~anthropic/claude-haiku-latest',
  protocol: 'responses',
  answer: 'spliced',
  routing: 'auto',
  'api.baseUrl': 'https://openrouter.ai/api/v1',
  'worker.maxCompletionTokens': 4096,
  'worker.temperature': 0.2,
  'orchestrator.reasoningEffort': 'default',
  'worker.reasoningEffort': 'none',
  'worker.reasoningMaxTokens': 0,
  'worker.instructions': '',
  'worker.tools': [],
  'worker.maxToolCalls': 5,
  'worker.baseUrl': '',
  tasks: {},
  'advisor.model': '',
  'advisor.name': '',
  'advisor.instructions': '',
  'fusion.enabled': false,
  'responseCache.enabled': false,
  'responseCache.ttlSeconds': 300,
  provider: { data_collection: 'deny' },
  'budget.perRun': 0.25,
  'budget.daily': 0,
  'budget.monthly': 0,
  'budget.action': 'block',
  'batch.perBatchBudget': 3,
  'batch.parallel': 4,
  'batch.auditShare': 0.05,
  project: '',
  'statusBar.period': 'today',
  'stream.connectTimeoutSeconds': 30,
  'stream.silenceTimeoutSeconds': 60,
  'stream.progressTimeoutSeconds': 600,
  'privacy.maskSecrets': true,
  'privacy.ignoreFiles': ['.delegateignore'],
  'ui.confirmLargeSelectionTokens': 20000,
  'agentTool.enabled': true,
  'chatParticipant.enabled': true,
};

const manifest = readJson('package.json') as Manifest;
const nls = readJson('package.nls.json') as Readonly<Record<string, string>>;
const { contributes } = manifest;
const settings = manifestSettings();

function walkthroughEvents(): readonly string[] {
  return contributes.walkthroughs.flatMap(({ steps }) =>
    steps.flatMap(({ completionEvents }) => completionEvents),
  );
}

suite('manifest', () => {
  test('contributes exactly the commands that code names', () => {
    assert.deepEqual(
      contributes.commands.map(({ command }) => command),
      [...COMMANDS],
    );
  });

  test('contributes exactly the settings that code reads, with the defaults of the contract', () => {
    const defaults = Object.fromEntries(
      Object.entries(settings).map(([key, { default: value }]) => [
        key.replace(/^delegate\./, ''),
        value,
      ]),
    );
    assert.deepEqual(defaults, SETTINGS);
  });

  test('contributes the tool for agents, which its setting hides', () => {
    assert.deepEqual(
      contributes.languageModelTools.map(({ name, when }) => [name, when]),
      [[AGENT_TOOL, 'config.delegate.agentTool.enabled']],
    );
  });

  test('contributes an agent, a skill and a prompt for agents, hidden by the same setting', () => {
    const { chatAgents, chatSkills, chatPromptFiles } = contributes;
    for (const { path, when } of [...chatAgents, ...chatSkills, ...chatPromptFiles]) {
      assert.equal(when, 'config.delegate.agentTool.enabled');
      const text = readText(path.replace('./', ''));
      const [, head = ''] = /^---\n([^]*?)\n---\n/.exec(text) ?? [];
      assert.match(head, /^name: \S/m, path);
      assert.match(head, /^description: \S/m, path);
      // They name what there is: the tool, and its tasks.
      assert.ok(text.includes(AGENT_TOOL), path);
      for (const [, id = ''] of text.matchAll(/`([a-z]+(?:[A-Z][a-z]+)*)`/g)) {
        assert.ok([...Object.keys(builtInTasks), ...TOOL_FIELDS].includes(id), `${path}: ${id}`);
      }
    }
    // The editor takes a skill only under the name of its folder.
    const [skill] = chatSkills;
    assert.match(skill?.path ?? '', /\/routine-code-work\/SKILL\.md$/);
    assert.match(
      readText('media/chat/skills/routine-code-work/SKILL.md'),
      /^name: routine-code-work$/m,
    );
  });

  test('contributes the chat participant, which its setting hides, with a command for each task', () => {
    const [participant, ...others] = contributes.chatParticipants;
    assert.deepEqual(others, []);
    assert.equal(participant?.id, CHAT_PARTICIPANT);
    assert.equal(participant.name, 'delegate');
    assert.equal(participant.when, 'config.delegate.chatParticipant.enabled');
    assert.deepEqual(
      participant.commands.map(({ name }) => name),
      [...Object.keys(builtInTasks), 'recipe'],
    );
  });

  test('every text is in package.nls.json, and every text there is used', () => {
    const used = new Set(
      [...readText('package.json').matchAll(/"%([^%"]+)%"/g)].map(([, key]) => key),
    );
    assert.deepEqual([...used].sort(), Object.keys(nls).sort());
  });

  test('each language that the editor checks has a second one for parts of files, with its colours', () => {
    const ids = CHECKED_LANGUAGES.map((id) => `${PART_LANGUAGE_PREFIX}${id}`);
    assert.deepEqual(
      contributes.languages.map(({ id }) => id),
      ids,
    );
    for (const { extensions, configuration, id } of contributes.languages) {
      assert.ok(
        extensions.every((each) => each.endsWith(' part')),
        id,
      );
      assert.ok(readJson(configuration), id);
    }
    assert.deepEqual(
      contributes.grammars.map(({ language }) => language),
      ids,
    );
    for (const { scopeName, path } of contributes.grammars) {
      assert.deepEqual(readJson(path), {
        scopeName,
        patterns: [{ include: scopeName.replace('.delegate-part', '') }],
      });
    }
  });

  test('every setting has a scope, and every choice an explanation', () => {
    for (const [key, setting] of Object.entries(settings)) {
      assert.ok(setting.scope, key);
      assert.equal(setting.enumDescriptions?.length, setting.enum?.length, key);
    }
  });

  test('what decides where a key goes or what may be spent is out of a workspace’s reach', () => {
    for (const [key, { scope }] of Object.entries(settings)) {
      if (!/^delegate\.(api|batch|budget)\./.test(key)) continue;
      assert.equal(scope, 'application', key);
    }
  });

  test('an untrusted workspace cannot set anything that goes into a request', () => {
    const open = Object.entries(settings)
      .filter(([, { scope }]) => scope === 'resource')
      .map(([key]) => key);
    assert.deepEqual(
      [...manifest.capabilities.untrustedWorkspaces.restrictedConfigurations].sort(),
      open.sort(),
    );
  });

  test('menus name known commands and submenus only', () => {
    const submenus = contributes.submenus.map(({ id }) => id);
    for (const [menu, items] of Object.entries(contributes.menus)) {
      for (const { command, submenu } of items) {
        if (command) assert.ok((COMMANDS as readonly string[]).includes(command), command);
        else assert.ok(submenu && submenus.includes(submenu), menu);
      }
    }
  });

  test('conditions use our context keys only as code sets them', () => {
    const conditions = [
      ...contributes.commands.map(({ enablement }) => enablement ?? ''),
      ...Object.values(contributes.menus).flatMap((items) => items.map(({ when }) => when ?? '')),
      ...walkthroughEvents().filter((event) => event.startsWith('onContext:')),
    ];
    const named = new Set(
      conditions.flatMap((condition) => condition.match(/delegate\.\w+/g) ?? []),
    );
    assert.deepEqual([...named].sort(), [...CONTEXT_KEYS].sort());
    const sources = sourceFiles().map(readText).join('\n');
    for (const key of CONTEXT_KEYS) {
      assert.match(sources, new RegExp(`setContextKey\\(\\s*'${key}'`), key);
    }
  });

  test('the walkthrough names known commands only, and pictures whose colours are the theme’s', () => {
    const steps = contributes.walkthroughs.flatMap((walkthrough) => walkthrough.steps);
    const texts = steps.map(({ description }) => nls[description.replaceAll('%', '')] ?? '');
    const named = [...texts, ...walkthroughEvents()].flatMap((text) =>
      [...text.matchAll(/ommand:(?:toSide:)?([\w.]+)/g)].map(([, command]) => command ?? ''),
    );
    assert.ok(named.length >= steps.length);
    for (const command of named) assert.ok((COMMANDS as readonly string[]).includes(command));
    for (const { media } of steps) {
      const colours = [...readText(media.svg).matchAll(/(?:fill|stroke)="([^"]+)"/g)];
      for (const [, colour] of colours) assert.match(colour ?? '', /^(?:none|var\(--vscode-)/);
    }
  });

  test('takes no keybinding', () => {
    assert.equal(contributes.keybindings, undefined);
  });
});
