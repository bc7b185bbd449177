/** Error codes about bonds, futures and options and the accounts they are traded from: family, Korean sentence, next step. */
import { denied, refused, type CatalogEntry } from './catalog-entry.ts';

export const PRODUCT_CATALOG = {
  GUARD_STOCK_ACCOUNT: denied('주식은 주식 계좌에서 주문합니다.', '주문창에서 주식 계좌를 고르세요.'),
  GUARD_BOND_ACCOUNT: denied(
    '장내채권은 채권 계좌에서 주문합니다.',
    '이 연결의 채권 계좌를 고르세요. 모의투자에는 채권 주문이 없습니다.',
  ),
  GUARD_DERIVATIVE_ACCOUNT: denied(
    '선물과 옵션은 선물옵션 계좌에서 주문합니다.',
    '계좌상품코드가 03인 연결을 등록하고 그 계좌를 고르세요.',
  ),
  GUARD_CREDIT_NONE: denied(
    '이 계좌에서는 신용 주문을 내지 않습니다.',
    '현금으로 주문하세요. 신용 주문은 상품코드 01인 KIS 실전투자 연결의 국내 주식에서만 냅니다.',
  ),
  GUARD_CREDIT_TERMS: denied(
    '신용 주문의 내용이 맞지 않습니다. 매수는 융자 신규, 매도는 갚을 대출일이 있는 융자 상환이어야 합니다.',
    '신용 구분과 대출일을 다시 고르세요.',
  ),
  GUARD_CREDIT_REPLACE: denied('신용 주문은 가격을 바꾸지 않습니다.', '주문을 취소하고 새로 내세요.'),
  GUARD_CREDIT_UNKNOWN: denied(
    '신용으로 살 수 있는 수량이나 대출 잔고를 증권사가 아직 알려 주지 않았습니다.',
    '잠시 뒤 다시 누르세요. 현금 주문은 그대로 낼 수 있습니다.',
  ),
  GUARD_CREDIT_POWER: denied(
    '신용으로 살 수 있는 수량은 {openable}주까지입니다.',
    '수량을 줄이세요. 신용이 안 되는 종목은 0주로 나옵니다.',
  ),
  GUARD_CREDIT_LOT: denied(
    '{date} 대출로 산 수량 가운데 지금 팔 수 있는 것은 {sellable}주입니다.',
    '수량을 줄이거나 다른 대출일을 고르세요.',
  ),
  GUARD_MARGIN_UNKNOWN: denied(
    '새로 여는 데 필요한 증거금을 증권사가 아직 알려 주지 않았습니다.',
    '잠시 뒤 다시 누르세요. 그동안 보유 계약의 청산 주문은 낼 수 있습니다.',
  ),
  GUARD_MARGIN_SHORT: denied(
    '증거금이 모자랍니다. 지금 새로 열 수 있는 수량은 {openable}계약, 청산할 수 있는 수량은 {closable}계약입니다.',
    '수량을 줄이거나 선물옵션 계좌의 예탁금을 늘리세요.',
  ),
  GUARD_NIGHT_NOW: denied(
    '지금은 야간장이고, 이 주문은 주간장 주문입니다. 주간 주문은 야간장으로 보내지 않습니다.',
    '야간 주문으로 내세요(명령줄은 --session night).',
  ),
  GUARD_NIGHT_OVER: denied(
    '이 주문은 야간장 주문인데, 지금 이 종목은 야간장이 아닙니다.',
    '야간장(거래일 18:00부터 다음 날 06:00)에 다시 내거나, 주간 주문으로 내세요.',
  ),
  GUARD_FUTURES_ABROAD: denied(
    '해외선물은 시세와 잔고만 보여 줍니다. 주문은 아직 보내지 않습니다.',
    '주문은 증권사 프로그램에서 하세요. 잔고에는 다음 조회 때 보입니다.',
  ),
  GUARD_POINT_TICK: denied('가격이 호가 단위 {tick}포인트에 맞지 않습니다.', '{below}이나 {above}포인트로 바꾸세요.'),
  GUARD_POINT_LIMIT_UP: denied('상한가 {limit}포인트를 넘었습니다.', '{limit}포인트까지 낼 수 있습니다.'),
  GUARD_POINT_LIMIT_DOWN: denied('하한가 {limit}포인트보다 낮습니다.', '{limit}포인트부터 낼 수 있습니다.'),
  CONTRACT_SETTLED: refused(
    '{name} {quantity}계약이 만기({date})로 최종결제되어 잔고에서 없어졌습니다.',
    '최종결제가격과 손익은 증권사가 API로 알려 주지 않습니다. 증권사의 거래내역에서 확인하세요.',
  ),
  BOND_REDEEMED: refused(
    '{name} 액면 {quantity}천원이 만기({date})로 상환되어 잔고에서 없어졌습니다.',
    '상환금과 이자는 증권사가 API로 알려 주지 않습니다. 증권사의 거래내역에서 확인하세요.',
  ),
  INSTRUMENT_NOT_HERE: denied(
    '{code} 종목은 {product}인데, 지금 환경에는 그 시장이 없습니다.',
    'KIS 연결로 전환한 뒤 주문하세요. 무엇을 어느 연결에서 거래하는지는 환경 메뉴에 있습니다.',
  ),
  GUARD_WORTH_UNKNOWN: denied(
    '이 상품은 거래승수(가격 1이 몇 원인지)가 확인되지 않아, 시세만 보여 주고 주문은 보내지 않습니다.',
    '증권사 앱에서 주문하세요. 금·통화·금리 선물이 그렇습니다.',
  ),
  GUARD_BOND_CASH: denied('주문 가능 금액이 {short}원 모자랍니다.', '수량을 {fit}천원으로 줄이세요.'),
  GUARD_BOND_SELLABLE: denied(
    '팔 수 있는 수량은 {sellable}천원입니다. {reserved}천원이 다른 주문에 묶여 있습니다.',
    '수량을 {sellable}천원 이하로 줄이세요.',
  ),
  GUARD_BOND_TYPE: denied('장내채권은 지정가 당일 주문만 낼 수 있습니다.', '유형을 지정가, 조건을 당일로 바꾸세요.'),
  KIS_BOND_LOTS: denied(
    '채권은 산 건별로 팝니다. 한 주문으로 팔 수 있는 수량은 {most}천원까지입니다.',
    '수량을 {most}천원 이하로 나누어 여러 번 주문하세요.',
  ),
  KIS_BOND_NONE: denied('증권사 잔고에 지금 팔 수 있는 이 채권이 없습니다.', '잔고와 미체결 매도 주문을 확인하세요.'),
  KIS_BOND_SLOW: denied(
    '증권사가 매수 내역을 늦게 알려 주어 매도 주문을 보내지 않았습니다.',
    '잠시 뒤 다시 주문하세요. 나간 주문은 없습니다.',
  ),
} as const satisfies Record<string, CatalogEntry>;
