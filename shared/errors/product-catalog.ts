/** Error codes about bonds, futures and options and the accounts they are traded from: family, Korean sentence, next step. */
import { denied, type CatalogEntry } from './catalog-entry.ts';

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
  GUARD_MARGIN_UNKNOWN: denied(
    '새로 여는 데 필요한 증거금을 증권사가 아직 알려 주지 않았습니다.',
    '잠시 뒤 다시 누르세요. 그동안 보유 계약의 청산 주문은 낼 수 있습니다.',
  ),
  GUARD_MARGIN_SHORT: denied(
    '증거금이 모자랍니다. 지금 새로 열 수 있는 수량은 {openable}계약, 청산할 수 있는 수량은 {closable}계약입니다.',
    '수량을 줄이거나 선물옵션 계좌의 예탁금을 늘리세요.',
  ),
  GUARD_WORTH_UNKNOWN: denied(
    '이 상품은 1포인트가 몇 원인지 확인되지 않았습니다.',
    '증권사 앱에서 주문하세요. 값을 모르는 상품의 주문은 보내지 않습니다.',
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
