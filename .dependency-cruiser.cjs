// Which folder of `src` may import which, and that no file imports itself by a detour: part of
// `npm run lint`. The rooms are explained in ARCHITECTURE.md; test/unit/importRooms.test.ts tries
// an import that is not allowed in each of them.
'use strict';

/** What knows nothing of a run; any room may import it. */
const ground = ['common', 'text'];

/** The rooms of the core and what each may import besides itself and the ground. */
const core = {
  common: [],
  text: ['common'],
  openrouter: [],
  syntax: [],
  catalog: [],
  privacy: [],
  network: ['openrouter'],
  account: ['openrouter'],
  tasks: ['openrouter'],
  delegation: ['openrouter', 'catalog', 'tasks', 'syntax', 'privacy'],
  recipes: ['openrouter', 'catalog', 'tasks', 'delegation'],
  accounting: ['catalog', 'delegation'],
  drafts: ['syntax', 'tasks'],
  commit: [],
  testFiles: [],
  simulator: ['syntax', 'openrouter'],
  compare: ['openrouter', 'catalog', 'tasks', 'delegation', 'drafts', 'syntax', 'batch'],
  modelCheck: ['openrouter', 'catalog', 'tasks', 'delegation'],
};

/**
 * Rooms inside of a room, each with those of its neighbours that it may import. Files that stand
 * directly in the outer room are its door and may import all of them.
 */
const inner = {
  openrouter: { http: [], protocols: ['stream'], stream: ['http', 'protocols'] },
  delegation: {
    run: [],
    plan: ['run'],
    price: ['run', 'plan'],
    request: ['run', 'plan', 'price'],
    answer: ['run', 'plan', 'request'],
    route: ['run', 'plan', 'price', 'request'],
  },
  accounting: {
    ledger: [],
    budget: ['ledger'],
    bills: ['ledger', 'budget'],
    report: ['ledger', 'budget'],
  },
  drafts: { proof: [], docstring: ['proof'] },
  editor: {
    settings: [],
    messages: ['settings'],
    selection: ['settings', 'messages'],
    output: ['settings', 'messages'],
    connection: ['settings', 'messages', 'selection', 'output'],
    recipes: ['settings', 'messages'],
    run: ['settings', 'messages', 'selection', 'output', 'connection', 'recipes'],
    drafts: ['settings', 'messages', 'selection', 'output', 'connection', 'recipes', 'run'],
    answers: ['settings', 'messages', 'selection', 'output', 'connection', 'run', 'drafts'],
    cost: ['settings', 'messages', 'connection', 'run'],
  },
  surfaces: { commands: [], chat: [], agent: [], scm: [], batch: [], compare: [] },
};

const below = (rooms) => `^src/(${rooms.join('|')})/`;

/** A room of the core imports only what its row names. */
function coreRule([room, allowed]) {
  return {
    name: room,
    severity: 'error',
    from: { path: below([room]) },
    to: { path: '^src/', pathNot: below([room, ...(room === 'common' ? [] : ground), ...allowed]) },
  };
}

/** An inner room imports only those neighbours that its row names. */
function innerRules([outer, rooms]) {
  return Object.entries(rooms).flatMap(([room, allowed]) => {
    const others = Object.keys(rooms).filter((other) => other !== room && !allowed.includes(other));
    if (others.length === 0) return [];
    return {
      name: `${outer}/${room}`,
      severity: 'error',
      from: { path: below([`${outer}/${room}`]) },
      to: { path: below(others.map((other) => `${outer}/${other}`)) },
    };
  });
}

module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      comment: 'Types count as well: two files that need each other are one idea, or lack a third.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'editor-api',
      comment: 'The core runs in plain Node; it reaches the editor through a port.',
      severity: 'error',
      from: { path: below(Object.keys(core)) },
      to: { path: '^vscode$' },
    },
    ...Object.entries(core).map(coreRule),
    {
      name: 'editor',
      severity: 'error',
      from: { path: below(['editor']) },
      to: { path: '^src/(surfaces/|engine|extension)' },
    },
    {
      name: 'surfaces',
      severity: 'error',
      from: { path: below(['surfaces']) },
      to: { path: '^src/(engine|extension)' },
    },
    ...Object.entries(inner).flatMap(innerRules),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.js', '.json'] },
  },
};
