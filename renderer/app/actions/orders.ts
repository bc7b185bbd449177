/** Orders, the trading state and the account. None of these sends an order. */
import { isOpen } from '#shared/domain/index.ts';
import type { Action } from '../../client/actions.tsx';
import { answerMostUrgent } from '../../client/threat-order.ts';
import type { Workstation } from '../../client/workstation.ts';
import { useCore } from '../../store/core.ts';
import { useDesk } from '../../store/desk.ts';
import { writeOrder } from '../../store/draft.ts';
import { atBroker } from '../../store/environment.ts';
import { useThreats } from '../../store/threats.ts';
import { useView } from '../../store/view.ts';
import { opens, roomOf } from './make.ts';

const action = roomOf('orders');

const trading = (): string => useDesk.getState().tradingState?.state ?? 'none';

/** The account in view, or the first there is. */
function account(): string | null {
  const { accounts } = useDesk.getState();
  const chosen = useView.getState().accountId;
  if (chosen !== null && accounts.has(chosen)) return chosen;
  const [first] = accounts.keys();
  return first ?? null;
}

export function orderActions(workstation: Workstation): readonly Action[] {
  const put = (state: 'reducing' | 'active') => () =>
    void workstation.act((client) => client.trading.setTradingState({ state }));
  return [
    action('buy', { label: 'action.buy', icon: 'plus', keys: 'Ctrl+B', run: () => writeOrder({ side: 'buy' }) }),
    action('sell', { label: 'action.sell', icon: 'minus', keys: 'Ctrl+S', run: () => writeOrder({ side: 'sell' }) }),
    action('cancel-open', {
      label: 'orders.cancelAll',
      icon: 'x',
      keys: 'Ctrl+Delete',
      enabled: () => [...useDesk.getState().orders.values()].some((order) => isOpen(order.state)),
      run: () => workstation.cancelAll(account()),
    }),
    action('halt', {
      label: 'top.kill',
      icon: 'stop',
      keys: 'Ctrl+Shift+X',
      enabled: () => trading() !== 'halted',
      run: () => workstation.halt(),
    }),
    action('answer-threat', {
      label: 'threats.answer',
      icon: 'shield',
      keys: 'Ctrl+Shift+Enter',
      enabled: () => [...useThreats.getState().plays.values()].some((play) => play.state === 'proposed'),
      run: () => void answerMostUrgent(workstation),
    }),
    action(...opens('resume', { label: 'resume.title', icon: 'play', enabled: () => trading() === 'halted' })),
    action(
      ...opens('adopt', {
        label: 'adopt.title',
        icon: 'shield',
        enabled: () => trading() === 'halted' && ['paper', 'real'].includes(useCore.getState().environment),
      }),
    ),
    action('reduce', {
      label: 'action.reduce',
      icon: 'shield',
      enabled: () => trading() === 'active',
      run: put('reducing'),
    }),
    action('activate', {
      label: 'action.activate',
      icon: 'check',
      enabled: () => trading() === 'reducing',
      run: put('active'),
    }),
    action(
      ...opens('new-account', {
        label: 'account.newMore',
        icon: 'user',
        enabled: () => !atBroker(useCore.getState().environment),
      }),
    ),
  ];
}
