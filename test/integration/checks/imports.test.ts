/** Each import rule is shown an import it has to refuse, in a small house of the same shape. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cruise, type ICruiseOptions, type ICruiseResult } from 'dependency-cruiser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import config from '../../../build/checks/dependency-cruiser.config.mjs';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** Files of the small house: path, then what it imports. */
const HOUSE: Readonly<Record<string, readonly string[]>> = {
  'shared/num/index.ts': [],
  'shared/num/krw.ts': ['../domain/index.ts'],
  'shared/num/deep.ts': [],
  'shared/time/index.ts': ['node:fs'],
  'shared/domain/index.ts': ['../num/index.ts', 'zod'],
  'shared/domain/order.ts': ['../num/deep.ts'],
  'shared/rpc/index.ts': ['../exchange/index.ts'],
  'shared/exchange/index.ts': [],
  'shared/contract/index.ts': ['../../electron/app/index.ts'],
  'electron/platform/index.ts': ['../storage/index.ts'],
  'electron/platform/sql.ts': ['better-sqlite3'],
  'electron/storage/index.ts': ['./database.ts'],
  'electron/storage/database.ts': ['better-sqlite3'],
  'electron/simulator/index.ts': ['../market/index.ts', '../storage/database.ts'],
  'electron/market/index.ts': ['../trading/index.ts'],
  'electron/broker/kis/index.ts': ['../../emulator/index.ts'],
  'electron/emulator/index.ts': [],
  'electron/trading/index.ts': ['../market/index.ts', 'electron'],
  'electron/trading/a.ts': ['./b.ts'],
  'electron/trading/b.ts': ['./a.ts'],
  'electron/app/index.ts': ['../trading/index.ts', '../../test/support/x.ts'],
  'electron/hosts/web/index.ts': ['../desktop/index.ts', '../../trading/index.ts', '../../app/index.ts'],
  'electron/hosts/desktop/index.ts': ['electron'],
  'electron/start/core.ts': ['../app/index.ts', '../hosts/web/index.ts'],
  'electron/app/dev.ts': ['vitest'],
  'electron/app/gone.ts': ['./not-there.ts'],
  'renderer/panels/chart/index.ts': [
    '../orders/index.ts',
    '../../../electron/app/index.ts',
    '../../../shared/num/index.ts',
  ],
  'renderer/panels/orders/index.ts': ['node:path'],
  'test/support/x.ts': [],
};

let house = '';
let broken: ReadonlySet<string> = new Set();

beforeAll(async () => {
  house = realpathSync(mkdtempSync(join(tmpdir(), 'maru-house-')));
  for (const [path, imports] of Object.entries(HOUSE)) {
    mkdirSync(dirname(join(house, path)), { recursive: true });
    const lines = imports.map(
      (target, place) => `import * as i${place} from '${target}';\nexport const x${place} = i${place};`,
    );
    writeFileSync(join(house, path), `${lines.join('\n')}\nexport const here = 1;\n`);
  }
  symlinkSync(join(ROOT, 'node_modules'), join(house, 'node_modules'));
  for (const file of ['package.json', 'tsconfig.json']) symlinkSync(join(ROOT, file), join(house, file));
  const options = {
    ...config.options,
    ruleSet: { forbidden: config.forbidden },
    validate: true,
    baseDir: house,
  } as unknown as ICruiseOptions;
  const { output } = await cruise(['shared', 'electron', 'renderer'], options, { symlinks: false });
  const { summary } = output as ICruiseResult;
  broken = new Set(
    summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to.replace(/^.*node_modules\//, '')}`),
  );
}, 60_000);

afterAll(() => {
  rmSync(house, { recursive: true, force: true });
});

function has(rule: string, from: string, to: string): boolean {
  return [...broken].some((line) => line.startsWith(`${rule}: ${from} → `) && line.includes(to));
}

describe('import rules', () => {
  const refused: readonly (readonly [string, string, string])[] = [
    ['shared-num', 'shared/num/krw.ts', 'shared/domain/index.ts'],
    ['shared-is-pure', 'shared/time/index.ts', 'fs'],
    ['shared-rpc', 'shared/rpc/index.ts', 'shared/exchange/index.ts'],
    ['shared-is-pure', 'shared/contract/index.ts', 'electron/app/index.ts'],
    ['through-the-door-shared', 'shared/domain/order.ts', 'shared/num/deep.ts'],
    ['rank-platform', 'electron/platform/index.ts', 'electron/storage/index.ts'],
    ['rank-simulator', 'electron/simulator/index.ts', 'electron/market/index.ts'],
    ['rank-market', 'electron/market/index.ts', 'electron/trading/index.ts'],
    ['through-the-door-core', 'electron/simulator/index.ts', 'electron/storage/database.ts'],
    ['sqlite-in-its-room', 'electron/platform/sql.ts', 'better-sqlite3'],
    ['electron-in-its-room', 'electron/trading/index.ts', 'electron'],
    ['emulator-and-kis-apart', 'electron/broker/kis/index.ts', 'electron/emulator/index.ts'],
    ['core-not-screen', 'electron/app/index.ts', 'test/support/x.ts'],
    ['hosts-see', 'electron/hosts/web/index.ts', 'electron/trading/index.ts'],
    ['hosts-see', 'electron/hosts/web/index.ts', 'electron/hosts/desktop/index.ts'],
    ['panels-apart', 'renderer/panels/chart/index.ts', 'renderer/panels/orders/index.ts'],
    ['renderer-sees-shared', 'renderer/panels/chart/index.ts', 'electron/app/index.ts'],
    ['renderer-no-node', 'renderer/panels/orders/index.ts', 'path'],
    ['known-packages', 'electron/app/dev.ts', 'vitest'],
    ['resolves', 'electron/app/gone.ts', './not-there.ts'],
  ];
  for (const [rule, from, to] of refused) {
    it(`${rule} refuses ${from} → ${to}`, () => {
      expect(has(rule, from, to), [...broken].join('\n')).toBe(true);
    });
  }

  it('no-cycles refuses two files that need each other', () => {
    expect(
      has('no-cycles', 'electron/trading/a.ts', 'electron/trading/b.ts') ||
        has('no-cycles', 'electron/trading/b.ts', 'electron/trading/a.ts'),
    ).toBe(true);
  });

  it('allows what the floors allow', () => {
    const quiet = [
      'shared/domain/index.ts',
      'electron/storage/index.ts',
      'electron/storage/database.ts',
      'electron/hosts/desktop/index.ts',
      'electron/start/core.ts',
    ];
    expect([...broken].filter((line) => quiet.some((path) => line.includes(`: ${path} → `)))).toEqual([]);
  });
});
