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
  GUARD_WORTH_UNKNOWN: denied(
    '이 상품은 1포인트가 몇 원인지 확인되지 않았습니다.',
    '증권사 앱에서 주문하세요. 값을 모르는 상품의 주문은 보내지 않습니다.',
  ),
} as const satisfies Record<string, CatalogEntry>;
