/** P5 and P7: the trading state. The gate shuts before these return; the record and the cancels follow. */
import type { Play, PlayGround } from './play.ts';

const failed =
  ({ logger }: PlayGround, what: string) =>
  (error: unknown): void =>
    logger.error('a play could not record', { what, error: String(error) });

function openOrders({ desk }: PlayGround): number {
  return desk
    .accounts()
    .reduce((sum, { accountId }) => sum + desk.orders({ accountId, open: true, limit: 5_000 }).length, 0);
}

export const REDUCE_ONLY: Play = {
  id: 'P5',
  run({ threat }, ground) {
    const { desk } = ground;
    if (desk.tradingState.state !== 'active') {
      const already = desk.tradingState.state === 'halted' ? '매매가 중지되어 있어' : '이미 청산만 가능해';
      const en = `trading is ${desk.tradingState.state} already`;
      return { state: 'done', did: { ko: `${already} 그대로 두었습니다.`, en: `Left as it is: ${en}.` } };
    }
    desk.setTradingState('reducing', threat.latest.sentenceKo, 'play').catch(failed(ground, 'P5'));
    return {
      state: 'running',
      did: { ko: '새 매수를 막았습니다. 매도는 됩니다.', en: 'Purchases are refused; sales pass.' },
    };
  },
  release(_cause, ground) {
    if (ground.desk.tradingState.state === 'reducing')
      ground.desk.setTradingState('active', '', 'user').catch(failed(ground, 'P5'));
  },
};

export const HALT: Play = {
  id: 'P7',
  run({ threat }, ground) {
    const { desk } = ground;
    if (desk.tradingState.state === 'halted')
      return {
        state: 'running',
        did: { ko: '이미 매매가 중지되어 있습니다.', en: 'Trading was halted already.' },
      };
    desk.setTradingState('halted', threat.latest.sentenceKo, 'play').catch(failed(ground, 'P7'));
    // Counted behind the shut gate: a long list of orders must not hold it open.
    const count = openOrders(ground);
    return {
      state: 'running',
      did: {
        ko: `매매를 중지하고 열린 주문 ${count}건의 취소를 시작했습니다. 증권사에 열린 주문이 없을 때까지 계속합니다.`,
        en: `Trading is halted; ${count} open order(s) are being cancelled until the broker shows none.`,
      },
    };
  },
};
