/** Korean names that fill the sentences of the catalogue. */

/** Names that fill the sentences. */
export const NAME_KO = {
  closed: '장 마감',
  preOpen: '장 시작 전',
  openAuction: '시가 단일가',
  continuous: '정규장',
  closeAuction: '종가 단일가',
  postClose: '장후 시간외 종가',
  halted: '매매거래정지',
  viAuction: '변동성완화장치 단일가',
  afterMarket: '애프터마켓',
  reopenAuction: '재개 단일가',
  periodicAuction: '30분 단일가',
  offHours: '시간외 단일가',
  preMarket: '프리마켓',
  break: '휴장 시간',
  afterAuction: '애프터마켓 시작 단일가',
  night: '야간장',
  opening: '장이 열린 뒤',
  itsHours: '그 유형을 받는 시간',
  resumed: '거래가 재개된',
  viEnd: '발동이 끝날 때',
  limit: '지정가',
  market: '시장가',
  conditionalLimit: '조건부지정가',
  bestOpposite: '최유리지정가',
  bestSame: '최우선지정가',
  mid: '중간가',
  stopLimit: '스톱지정가',
  preClose: '장전 시간외 종가',
  day: '당일',
  ioc: 'IOC',
  fok: 'FOK',
  gtp: '프리마켓까지',
  buy: '매수',
  sell: '매도',
} as const;

/** What is not a share at home, as a sentence names it. */
export const PRODUCT_KO = { abroad: '해외 주식', bond: '장내채권', derivative: '선물옵션' } as const;

/** What a person types to leave the halted state. */
export const RESUME_PHRASE = '매매 재개';

/** What a person types to take the broker's holdings over. */
export const ADOPT_PHRASE = '증권사 잔고로 맞춤';

/** What a person types to send an order that a play holds back. */
export const OVERRIDE_PHRASE = '그래도 주문';

/** "삼성전자 매수 10주": how a sentence names an order. */
export function orderNameKo(order: {
  readonly name: string;
  readonly side: 'buy' | 'sell';
  readonly quantity: number;
}): string {
  return `${order.name} ${NAME_KO[order.side]} ${order.quantity}주`;
}
