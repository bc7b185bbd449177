/** Who may import whom: the floors of docs/architecture.md as rules. */

/** Ranks of the core's folders; a folder imports lower ranks only. */
const RANKS = [
  ['platform', 'storage', 'catalogue', 'vault', 'audit', 'metrics'],
  ['simulator', 'market', 'masters', 'jobs'],
  ['broker', 'emulator'],
  ['trading'],
  ['alerts', 'strategies', 'threats', 'recommendation'],
  ['scenarios'],
  ['app'],
];

/** Floors of shared, lowest first; a floor imports what stands before it. */
const SHARED_FLOORS = [
  ['num', 'time', 'rng', 'errors', 'hangul'],
  ['domain'],
  ['market', 'exchange', 'strategy', 'threats', 'scenario', 'sheets', 'rpc'],
  ['contract'],
];
/** Rooms of the lowest floor: each with those it may use. Exchange rules stand on the market's tables. */
/** @type {Readonly<Record<string, readonly string[]>>} */
const SHARED_NEIGHBOURS = {
  time: ['num', 'errors'],
  num: ['errors'],
  rng: ['errors'],
  exchange: ['market'],
  strategy: ['market'],
  threats: ['market', 'strategy'],
  scenario: ['market', 'exchange', 'threats'],
};

const oneOf = (/** @type {readonly string[]} */ names) => `(${names.join('|')})`;

function rankRules() {
  return RANKS.flatMap((rank, height) =>
    rank.map((folder) => {
      const allowed = [folder, ...RANKS.slice(0, height).flat()];
      return {
        name: `rank-${folder}`,
        comment: `electron/${folder} imports lower ranks only; same rank meets in app/compose.ts.`,
        severity: 'error',
        from: { path: `^electron/${folder}/` },
        to: { path: '^electron/', pathNot: `^electron/${oneOf(allowed)}/` },
      };
    }),
  );
}

function sharedRules() {
  return SHARED_FLOORS.flatMap((floor, height) =>
    floor.map((room) => {
      const allowed = [room, ...SHARED_FLOORS.slice(0, height).flat(), ...(SHARED_NEIGHBOURS[room] ?? [])];
      return {
        name: `shared-${room}`,
        comment: `shared/${room} imports lower floors only.`,
        severity: 'error',
        from: { path: `^shared/${room}/` },
        to: { path: '^shared/', pathNot: [`^shared/${oneOf(allowed)}/`, '^shared/(ports|std\\.d)\\.ts$'] },
      };
    }),
  );
}

/** A folder of the core or of shared is entered through an index.ts; entries and starts excepted, which have none. */
const DOORS = [
  {
    name: 'through-the-door-core',
    comment: 'Another folder of electron is entered through its index.ts.',
    severity: 'error',
    from: { path: '^electron/([^/]+)/' },
    to: { path: '^electron/[^/]+/', pathNot: ['^electron/$1/', '/index\\.ts$'] },
  },
  {
    name: 'through-the-door-host',
    comment: 'Another host is entered through its index.ts.',
    severity: 'error',
    from: { path: '^electron/hosts/([^/]+)/' },
    to: { path: '^electron/hosts/[^/]+/', pathNot: ['^electron/hosts/$1/', '/index\\.ts$'] },
  },
  {
    name: 'through-the-door-shared',
    comment: 'Another room of shared is entered through its index.ts.',
    severity: 'error',
    from: { path: '^shared/([^/]+)/' },
    to: {
      path: '^shared/[^/]+/',
      pathNot: ['^shared/$1/', '/index\\.ts$', '^shared/rpc/define\\.ts$', '^shared/exchange/types\\.ts$'],
    },
  },
  {
    name: 'through-the-door-from-outside',
    comment: 'Shared is entered through the index.ts of a room.',
    severity: 'error',
    from: { path: '^(electron|renderer)/' },
    to: { path: '^shared/[^/]+/', pathNot: '/index\\.ts$' },
  },
];

const ROOMS = [
  {
    name: 'hosts-see',
    comment:
      'A host sees app and platform, the catalogue, which is data, and shared; never a service, never another host.',
    severity: 'error',
    from: { path: '^electron/hosts/([^/]+)/' },
    to: { path: '^electron/', pathNot: ['^electron/hosts/$1/', '^electron/(app|platform|catalogue)/index\\.ts$'] },
  },
  {
    name: 'electron-in-its-room',
    comment: '`electron` is named only in hosts/desktop, main.ts and preload.ts.',
    severity: 'error',
    from: {
      path: '^(electron|shared|renderer)/',
      pathNot: ['^electron/hosts/desktop/', '^electron/(main|preload)\\.ts$'],
    },
    to: { path: '(^electron$|node_modules/electron/)' },
  },
  {
    name: 'sqlite-in-its-room',
    comment: 'SQLite is opened in storage/database.ts only.',
    severity: 'error',
    from: { pathNot: '^electron/storage/database\\.ts$' },
    to: { path: 'node_modules/(@types/)?better-sqlite3/' },
  },
  {
    name: 'keychain-in-its-room',
    comment: 'The keychain is opened in vault/keychain.ts only.',
    severity: 'error',
    from: { pathNot: '^electron/vault/keychain\\.ts$' },
    to: { path: 'node_modules/(keytar|@napi-rs/keyring)/' },
  },
  {
    name: 'emulator-and-kis-apart',
    comment: 'The exchange that speaks KIS shares no code with the adapter that is tested against it.',
    severity: 'error',
    from: { path: '^electron/(emulator|broker/kis)/' },
    to: { path: '^electron/(emulator|broker/kis)/', pathNot: '^electron/$1/' },
  },
];

const OUTER = [
  {
    name: 'shared-is-pure',
    comment: 'Shared imports shared, zod, yaml and resources: no Node, no core, no screen.',
    severity: 'error',
    from: { path: '^shared/' },
    to: { pathNot: ['^shared/', '^resources/', 'node_modules/(zod|yaml)/'] },
  },
  {
    name: 'renderer-sees-shared',
    comment: 'The screen imports shared, never the core or Node.',
    severity: 'error',
    from: { path: '^renderer/' },
    to: {
      path: ['^(electron|test|build|resources)/', 'node_modules/(electron|ws|undici|pino|better-sqlite3|csv-parse)/'],
    },
  },
  {
    name: 'renderer-no-node',
    comment: 'The screen runs in a sandbox without Node.',
    severity: 'error',
    from: { path: '^renderer/' },
    to: { dependencyTypes: ['core'] },
  },
  {
    name: 'panels-apart',
    comment: 'A panel never imports another panel.',
    severity: 'error',
    from: { path: '^renderer/panels/([^/]+)/' },
    to: { path: '^renderer/panels/', pathNot: '^renderer/panels/$1/' },
  },
  {
    name: 'core-not-screen',
    comment: 'The core knows nothing of the screen, and nothing that ships knows the tests.',
    severity: 'error',
    from: { path: '^(electron|shared)/' },
    to: { path: '^(renderer|test|build)/' },
  },
  {
    name: 'no-cycles',
    comment: 'Two modules that need each other are one, or meet above.',
    severity: 'error',
    from: {},
    to: { circular: true },
  },
  {
    name: 'known-packages',
    comment: 'What ships imports dependencies only, and nothing that is not installed.',
    severity: 'error',
    from: { path: '^(electron|shared|renderer)/' },
    to: {
      dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown', 'unknown', 'undetermined'],
      // Only its types: the program brings it along.
      pathNot: ['node_modules/electron/', 'node_modules/@types/', '^(react|ag-grid|lightweight-charts)'],
    },
  },
  {
    name: 'resolves',
    comment: 'Every import leads somewhere.',
    severity: 'error',
    from: {},
    to: { couldNotResolve: true },
  },
];

export default {
  forbidden: [...rankRules(), ...sharedRules(), ...DOORS, ...ROOMS, ...OUTER],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json', '.d.ts'],
    },
  },
};
