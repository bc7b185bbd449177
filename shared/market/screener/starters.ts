/** Screens that ship with the program; their names are the screen's words. */
import type { ScreenFilter } from '../../domain/index.ts';

const EOK = 100_000_000;
const NONE = { markets: [], conditions: [], expression: '', sort: null } as const;

export const STARTER_SCREENS = {
  strong: {
    ...NONE,
    markets: [],
    conditions: [
      { field: 'cap', comparison: '>=', value: 5_000 * EOK },
      { field: 'change', comparison: '>=', value: 2 },
      { field: 'position', comparison: '>=', value: 60 },
    ],
    sort: { field: 'value', descending: true },
  },
  surge: {
    ...NONE,
    markets: [],
    conditions: [],
    expression: 'change > 3 and volume > 2 * avgVolume20',
    sort: { field: 'volumeRatio', descending: true },
  },
  high52: {
    ...NONE,
    markets: [],
    conditions: [{ field: 'fromHigh52', comparison: '>=', value: -3 }],
    sort: { field: 'fromHigh52', descending: true },
  },
  gap: {
    ...NONE,
    markets: [],
    conditions: [],
    expression: 'gap > 2 and last >= open and not halted',
    sort: { field: 'gap', descending: true },
  },
  fallen: {
    ...NONE,
    markets: [],
    conditions: [
      { field: 'change', comparison: '<=', value: -3 },
      { field: 'position', comparison: '>=', value: 50 },
    ],
    sort: { field: 'position', descending: true },
  },
} as const satisfies Readonly<Record<string, unknown>>;
export type StarterScreen = keyof typeof STARTER_SCREENS;

/** A shipped screen as a filter that may be changed. */
export function starterFilter(name: StarterScreen): ScreenFilter {
  const { markets, conditions, expression, sort } = STARTER_SCREENS[name];
  return { markets: [...markets], conditions: conditions.map((each) => ({ ...each })), expression, sort: { ...sort } };
}
