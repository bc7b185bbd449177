/** Error codes about mandates: family, Korean sentence, next step. */
import { denied, input, refused, type CatalogEntry } from './catalog-entry.ts';

export const MANDATE_CATALOG = {
  MANDATE_TICK: denied('조건 가격이 호가 단위 {tick}에 맞지 않습니다.', '{below}이나 {above}로 바꾸세요.'),
  MANDATE_MET: denied('지금 가격 {last}에서 이미 조건이 맞습니다.', '바로 주문하거나 조건 가격을 바꾸세요.'),
  MANDATE_PRICE: input('지정가 조건 주문에 낼 가격이 없습니다.', '가격을 적거나 시장가로 바꾸세요.'),
  MANDATE_HELD: denied('지킬 수 있는 수량은 {held}주입니다.', '수량을 줄이거나 매수 주문과 함께 거세요.'),
  MANDATE_SIDES: input('함께 건 두 조건은 같은 종목, 같은 계좌, 같은 구분이어야 합니다.', '한 조건씩 따로 거세요.'),
  MANDATE_ENTRY: input('진입 주문과 보호 조건이 맞지 않습니다.', '같은 종목과 계좌에서 진입의 반대쪽으로 거세요.'),
  MANDATE_PAST: denied('{expires}까지인 조건은 이미 지났습니다.', '오늘이나 뒤의 거래일로 바꾸세요.'),
  MANDATES_FULL: denied('조건 주문은 {limit}건까지 걸 수 있습니다.', '쓰지 않는 조건을 취소하세요.'),
  MANDATE_UNKNOWN: input('없는 조건 주문입니다: {mandateId}', '목록을 새로 확인하세요.'),
  MANDATE_NOT_STANDING: refused('이미 끝난 조건 주문입니다.', '필요하면 새로 거세요.'),
  MANDATE_CANCELLED: refused('사용자가 취소했습니다.', '필요하면 새로 거세요.'),
  MANDATE_OTHER_LEG: refused('함께 건 다른 조건이 먼저 맞았습니다.', '그 주문의 체결을 확인하세요.'),
  MANDATE_EXPIRED: refused('{expires}까지인 조건이 끝났습니다.', '계속 지키려면 새로 거세요.'),
  MANDATE_REWOUND: refused('시장을 조건을 걸기 전으로 되감았습니다.', '되감은 시장에서 새로 거세요.'),
  MANDATE_ADJUSTED: refused(
    '{name} 조건 주문을 끝냈습니다. 기준가나 보유 수량이 권리락, 분할처럼 매매 아닌 까닭으로 바뀌었습니다.',
    '바뀐 가격과 수량을 보고 새로 거세요.',
  ),
  MANDATE_ENTRY_ENDED: refused('진입 주문이 체결 없이 끝났습니다.', '진입 주문의 까닭을 확인하세요.'),
  MANDATE_NOTHING_HELD: refused(
    '팔 수 있는 수량이 없어 보내지 않았습니다.',
    '다른 매도 주문에 묶여 있는지 확인하세요.',
  ),
  MANDATE_FIRED: refused('조건이 맞아 {name} 주문을 보냈습니다.', '체결을 확인하세요.'),
  MANDATE_REDUCED: refused(
    '{name} 조건 주문을 {quantity}주로 줄여 보냈습니다.',
    '나머지는 보유가 모자라거나 다른 주문에 묶여 있습니다.',
  ),
  MANDATE_FAILED: refused('{name} 조건 주문을 보내지 못했습니다. {why}', '직접 주문하거나 조건을 새로 거세요.'),
  MANDATE_WAITS: refused('{name} 조건이 맞았지만 아직 보낼 수 없습니다. {why}', '풀리면 조건을 다시 보고 보냅니다.'),
  MANDATE_UNGUARDED: refused('{name} {quantity}주가 지킴 없이 남았습니다.', '직접 팔거나 조건을 새로 거세요.'),
  MANDATES_RESUMED: refused(
    '조건 주문 {count}건을 다시 봅니다. 꺼져 있는 동안의 가격은 보지 못했습니다.',
    '지금 가격을 확인하세요.',
  ),
} as const satisfies Record<string, CatalogEntry>;
