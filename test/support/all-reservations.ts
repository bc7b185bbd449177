/** The reservation orders of shares at home, heard after the close, when they are taken: one, and its withdrawal. */
import type { Emulator } from '#core/emulator/index.ts';

const PLACE = 'domestic-stock.order-resv';
const CHANGE = 'domestic-stock.order-resv-rvsecncl';
export const RESERVATION_ORDERS: readonly string[] = [PLACE, CHANGE];

/** What each call answered; `send` makes it. */
export async function reservationOrders<Heard>(
  emulator: Emulator,
  send: (api: string, params: Readonly<Record<string, string>>) => Promise<Heard>,
): Promise<readonly Heard[]> {
  await emulator.simulator.jump('dayEnd');
  const price = String(emulator.simulator.issue('KRX:005930')?.basePrice ?? 0);
  const terms = { PDNO: '005930', ORD_QTY: '1', ORD_UNPR: price, ORD_DVSN_CD: '00', RSVN_ORD_END_DT: '' };
  const placed = await send(PLACE, terms);
  return [placed, await send(CHANGE, { ...terms, RSVN_ORD_SEQ: '1' })];
}
