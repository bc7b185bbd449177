/** An order's kind and way in words, the same in every list. */
import type { Order } from '#shared/domain/index.ts';
import type { Translate } from '../text/index.ts';

/** "IOC 최유리지정가", "애프터마켓 지정가", "야간 지정가", "신용 지정가". */
export function kindText(t: Translate, order: Pick<Order, 'type' | 'timeInForce' | 'session' | 'credit'>): string {
  return order.credit ? `${t('credit.mark')} ${cashKind(t, order)}` : cashKind(t, order);
}

function cashKind(t: Translate, order: Pick<Order, 'type' | 'timeInForce' | 'session'>): string {
  const type = t(`type.${order.type}`);
  const named = order.session === 'regular' ? type : t(`type.${order.session}`, { type });
  return order.timeInForce === 'day' ? named : `${t(`tif.${order.timeInForce}`)} ${named}`;
}

/** "KRX", "SOR", or "SOR NXT" once it is known where the rest of a SOR order waits. */
export function routeText(t: Translate, order: Pick<Order, 'route' | 'venue'>): string {
  const route = t(`route.${order.route}`);
  return order.route === 'SOR' && order.venue !== null ? `${route} ${t(`venue.${order.venue}`)}` : route;
}
