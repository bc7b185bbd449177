/** The simulated market: its clock, and which one plays. */
import { MAX_SPEED } from '#shared/domain/index.ts';
import type { Action } from '../../client/actions.tsx';
import type { Workstation } from '../../client/workstation.ts';
import { useCore } from '../../store/core.ts';
import { usesKis } from '../../store/environment.ts';
import { opens, roomOf } from './make.ts';

const action = roomOf('market');

const inSimulation = (): boolean => !usesKis(useCore.getState().environment);
const hasMarket = (): boolean => useCore.getState().status !== null;

const JUMPS = [
  ['jump-open', 'action.jumpOpen', 'open'],
  ['jump-close-auction', 'action.jumpCloseAuction', 'closeAuction'],
  ['jump-close', 'action.jumpClose', 'close'],
  ['jump-after-market', 'action.jumpAfterMarket', 'afterMarket'],
  ['jump-day-end', 'action.jumpDayEnd', 'dayEnd'],
  ['jump-next-day', 'action.jumpNextDay', 'nextDay'],
] as const;

export function marketActions({ market }: Workstation): readonly Action[] {
  return [
    action('toggle-play', {
      label: 'action.togglePlay',
      icon: 'pause',
      keys: 'Ctrl+Space',
      enabled: hasMarket,
      run: () => market.togglePlay(),
    }),
    action('step', {
      label: 'play.step',
      icon: 'stepf',
      enabled: () => useCore.getState().status?.running === false,
      run: () => market.step(),
    }),
    action('speed-1', { label: 'action.speed1', icon: 'play', enabled: hasMarket, run: () => market.setSpeed(1) }),
    action('speed-max', {
      label: 'action.speedMax',
      icon: 'skip',
      enabled: hasMarket,
      run: () => market.setSpeed(MAX_SPEED),
    }),
    ...JUMPS.map(([id, label, to]) =>
      action(id, { label, icon: 'skip', enabled: hasMarket, run: () => market.jump(to) }),
    ),
    action(...opens('import', { label: 'import.title', icon: 'dl', enabled: inSimulation })),
    action(...opens('replay', { label: 'plan.openReplay', icon: 'candle', enabled: inSimulation })),
    action(...opens('synthetic', { label: 'plan.openSynthetic', icon: 'flask', enabled: inSimulation })),
    action(...opens('crash', { label: 'plan.openCrash', icon: 'warn', enabled: inSimulation })),
  ];
}
