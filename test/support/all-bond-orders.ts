/** The order APIs of bonds, each heard once: a purchase that fills, its sale, one that waits, and its withdrawal. */
import type { Emulator } from '#core/emulator/index.ts';

const BOND = 'KR6000009A04';

export const BOND_ORDERS: readonly string[] = [
  'domestic-bond.buy',
  'domestic-bond.sell',
  'domestic-bond.order-rvsecncl',
];

/** What each call answered; `send` makes it. */
export async function bondOrders<Heard>(
  emulator: Emulator,
  send: (api: string, params: Readonly<Record<string, string>>) => Promise<Heard>,
): Promise<readonly Heard[]> {
  const terms = (price: string) => ({ PDNO: BOND, ORD_QTY2: '10', BOND_ORD_UNPR: price });
  const bought = await send('domestic-bond.buy', terms('10400'));
  const [lot] = emulator.bonds.lots;
  const from = { BUY_DT: lot?.date.replaceAll('-', '') ?? '', BUY_SEQ: String(lot?.no ?? '') };
  const sold = await send('domestic-bond.sell', { ...terms('10000'), ...from });
  await send('domestic-bond.buy', terms('9000'));
  const no = emulator.bonds.openOrders()[0]?.no ?? '';
  const change = { ORGN_ODNO: no, RVSE_CNCL_DVSN_CD: '02', QTY_ALL_ORD_YN: 'Y' };
  return [bought, sold, await send('domestic-bond.order-rvsecncl', { ...terms('0'), ...change })];
}
