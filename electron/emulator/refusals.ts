/** Everything the server refuses with: codes and Korean texts. The gateway answers HTTP 500, the servers behind it HTTP 200. */
import type { ErrorCode } from '#shared/errors/index.ts';

/** Gateway codes. @source protocol.md §4; texts without [X] there are ours in the broker's manner */
export const GATEWAY = {
  EGW00001: '일시적 오류가 발생했습니다.',
  EGW00002: '서버 에러가 발생했습니다.',
  EGW00101: '유효하지 않은 요청입니다.',
  EGW00102: 'AppKey는 필수입니다.',
  EGW00103: '유효하지 않은 AppKey입니다.',
  EGW00104: 'AppSecret은 필수입니다.',
  EGW00105: '유효하지 않은 AppSecret입니다.',
  EGW00115: 'grant_type은 필수입니다.',
  EGW00116: '유효하지 않은 grant_type입니다.',
  EGW00121: '유효하지 않은 token 입니다.',
  EGW00122: 'token을 찾을 수 없습니다.',
  EGW00123: '기간이 만료된 token 입니다.',
  EGW00131: '유효하지 않은 hashkey입니다.',
  EGW00132: '유효하지 않은 Content-Type입니다.',
  EGW00133: '접근토큰 발급 잠시 후 다시 시도하세요(1분당 1회)',
  EGW00201: '초당 거래건수를 초과하였습니다.',
  EGW00202: 'GW라우팅 중 오류가 발생했습니다.',
  EGW00205: '유효하지 않은 credentials_type입니다.(Bearer)',
  EGW00208: '유효하지 않은 custtype입니다.',
  EGW00213: '모의투자 TR 이 아닙니다.',
  EGW00215: '원장에서 허용 가능한 초당 거래건수를 초과하였습니다.',
  EGW00300: 'Gateway 라우팅 오류가 발생했습니다.',
  EGW00301: '거래 처리 시간이 초과되었습니다.',
  EGW00302: '거래 응답 시간이 초과되었습니다.',
} as const;
export type GatewayCode = keyof typeof GATEWAY;

/** Codes of the query server. @source protocol.md §4 */
export const QUERY = {
  OPSQ0002: '없는 서비스 코드 입니다.',
  OPSQ2000: 'ERROR : INPUT INVALID_CHECK_ACNO',
  OPSQ2001: 'ERROR : INPUT INVALID_CHECK_MRKT_DIV_CODE',
  OPSQ2002: 'ERROR : INPUT INVALID_CHECK_FIELD_LENGTH',
  OPSQ9995: 'BODY NOT FOUND',
  OPSQ9997: 'INVALID JSON FORMAT',
  OPSQ9999: 'TR_ID NOT FOUND',
} as const;
export type QueryCode = keyof typeof QUERY;

/** A call that fails: what the envelope says, and with which HTTP status. */
export class Refused extends Error {
  readonly code: string;
  readonly http: number;

  constructor(code: string, text: string, http = 200) {
    super(text);
    this.name = 'Refused';
    this.code = code;
    this.http = http;
  }
}

/** The gateway's refusal. */
export function gateway(code: GatewayCode): Refused {
  return new Refused(code, GATEWAY[code], code === 'EGW00133' ? 403 : 500);
}

/** The query server's refusal. */
export function query(code: QueryCode, detail = ''): Refused {
  return new Refused(code, detail === '' ? QUERY[code] : `${QUERY[code]} [${detail}]`);
}

/** A field that must be sent and was not. */
export function missing(field: string): Refused {
  return new Refused('OPSQ2001', `ERROR INPUT FIELD NOT FOUND [${field}]`);
}

interface OrderRefusal {
  readonly code: string;
  readonly text: string;
}

/**
 * Why the firm or the exchange takes no order. APBK0918, 0919, 0656 and 1234 are the broker's [X, protocol.md §4]; the
 * other numbers are unknown there and made up here in its manner, so a client must read the text.
 */
const ORDER: Partial<Record<ErrorCode, OrderRefusal>> = {
  EXCH_SESSION: { code: 'APBK0918', text: '장운영시간이 아닙니다.(주문불가)' },
  EXCH_CASH: { code: 'APBK0919', text: '예수금이 부족합니다. 주문가능금액을 확인하세요.' },
  EXCH_SELLABLE: { code: 'APBK1234', text: '보유수량이 부족합니다. 주문가능수량을 초과하였습니다.' },
  EXCH_UNKNOWN_ISSUE: { code: 'APBK0656', text: '해당종목정보가 없습니다.' },
  EXCH_UNKNOWN_ORDER: { code: 'APBK0344', text: '원주문번호가 존재하지 않거나 정정취소가능수량이 없습니다.' },
  EXCH_QUANTITY: { code: 'APBK0503', text: '주문수량을 확인하십시오.' },
  EXCH_QUANTITY_CAP: { code: 'APBK0504', text: '1회 주문가능수량을 초과하였습니다.' },
  EXCH_PRICE: { code: 'APBK0505', text: '시장가 주문은 주문단가를 입력할 수 없습니다.' },
  EXCH_TICK: { code: 'APBK0506', text: '호가단위 오류입니다. 주문단가를 확인하십시오.' },
  EXCH_LIMIT: { code: 'APBK0507', text: '주문단가가 상/하한가를 벗어났습니다.' },
  EXCH_SAME_PRICE: { code: 'APBK0508', text: '정정단가가 원주문단가와 같습니다.' },
  EXCH_HALTED: { code: 'APBK0509', text: '거래정지 종목입니다.' },
  EXCH_MARKET_HALTED: { code: 'APBK0510', text: '매매거래가 중단되어 취소주문만 가능합니다.(서킷브레이커)' },
  EXCH_TYPE: { code: 'APBK0511', text: '주문구분을 확인하십시오.' },
  EXCH_VENUE_TYPE: { code: 'APBK0512', text: '해당 거래소에서 허용하지 않는 주문구분입니다.' },
  EXCH_NOT_ON_NXT: { code: 'APBK0513', text: '넥스트레이드(NXT) 거래대상 종목이 아닙니다.' },
  EXCH_NO_ETP: { code: 'APBK0514', text: 'ETF/ETN은 해당 시장에서 주문할 수 없습니다.' },
  EXCH_TYPE_HOURS: { code: 'APBK0515', text: '해당 주문구분의 접수시간이 아닙니다.' },
  EXCH_CONDITIONAL_LIMIT: { code: 'APBK0516', text: '조건부지정가는 상한가 매수, 하한가 매도를 할 수 없습니다.' },
  EXCH_SINGLE_PRICE: { code: 'APBK0517', text: '단일가매매 종목은 해당 주문구분을 사용할 수 없습니다.' },
  EXCH_NO_QUOTE: { code: 'APBK0518', text: '호가가 없어 중간가 주문을 할 수 없습니다.' },
  EXCH_BEST_SAME_NOW: { code: 'APBK0519', text: '최우선지정가는 IOC/FOK 조건을 사용할 수 없습니다.' },
  EXCH_MARKET_BANNED: { code: 'APBK0520', text: '시장가 주문이 제한된 종목입니다.' },
  EXCH_STOP_PRICE: { code: 'APBK0521', text: '조건가격을 확인하십시오.' },
  EXCH_NO_REFERENCE: { code: 'APBK0522', text: '당일 체결이 없어 시간외종가 주문을 할 수 없습니다.' },
  EXCH_AMEND_TYPE: { code: 'APBK0523', text: '정정할 수 없는 주문구분입니다.' },
  EXCH_AMEND_QUANTITY: { code: 'APBK0524', text: '정정취소가능수량을 초과하였습니다.' },
  EXCH_SHORT_PRICE: { code: 'APBK0525', text: '공매도 주문단가를 확인하십시오.' },
  EXCH_OTHER_DAY: { code: 'APBK0526', text: '주문일자를 확인하십시오.' },
  EXCH_FULL: { code: 'APBK0527', text: '주문이 많아 처리할 수 없습니다. 잠시 후 다시 시도하십시오.' },
};

/** Paper answers a price outside the day's limits with a code of its own. @source protocol.md §4 [X] */
const PAPER_LIMIT: OrderRefusal = { code: '40270000', text: '모의투자 상/하한가 오류 입니다.' };
const OTHERWISE: OrderRefusal = { code: 'APBK1664', text: '주문을 처리할 수 없습니다.' };

/** The refusal of an order, for a reason of the exchange or the firm. */
export function orderRefused(reason: ErrorCode, env: 'paper' | 'real'): Refused {
  if (reason === 'BROKER_UNAVAILABLE') return gateway('EGW00002');
  const found = reason === 'EXCH_LIMIT' && env === 'paper' ? PAPER_LIMIT : (ORDER[reason] ?? OTHERWISE);
  return new Refused(found.code, found.text);
}
