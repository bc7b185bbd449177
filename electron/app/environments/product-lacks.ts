/** What an environment does not trade of the things there are, and which one does: shares at home and abroad, bonds, futures and options. */
import type { Environment, Lack } from '#shared/domain/index.ts';

type Product = 'stock' | 'abroad' | 'bond' | 'derivative' | 'futureAbroad';

const NAMES: Readonly<Record<Product, string>> = {
  stock: '국내 주식',
  abroad: '해외 주식',
  bond: '장내채권',
  derivative: '선물옵션',
  futureAbroad: '해외선물',
};
/** Where each is traded. @source docs/adr/0013-products-with-accounts-of-their-own.md: which accounts a connection has follows from its product code */
const WHERE: Readonly<Record<Product, string>> = {
  stock: '국내 주식은 상품코드 01인 KIS 모의투자나 실전투자 연결에서 주문하세요.',
  abroad: '해외 주식은 상품코드 01인 KIS 모의투자나 실전투자 연결에서 주문하세요.',
  bond: '장내채권은 상품코드 01인 KIS 실전투자 연결에서 주문하세요.',
  derivative: '선물과 옵션은 상품코드 03인 KIS 모의투자나 실전투자 연결에서 주문하세요.',
  futureAbroad: '시세는 KIS 실전투자 연결에서, 잔고는 상품코드 08인 연결에서 보고, 주문은 증권사 프로그램에서 하세요.',
};
const OTHERS: readonly Product[] = ['abroad', 'bond', 'derivative', 'futureAbroad'];
/** What an account of a product code does not trade; another code is not judged. */
const NOT_IN_ACCOUNT: Readonly<Record<string, readonly Product[]>> = {
  '01': ['derivative', 'futureAbroad'],
  '03': ['stock', 'abroad', 'bond', 'futureAbroad'],
  '08': ['stock', 'abroad', 'bond', 'derivative', 'futureAbroad'],
  '22': OTHERS,
  '29': OTHERS,
};

/** `market`: neither prices nor orders; `trade`: prices, but no orders. */
function lack(scope: 'market' | 'trade', product: Product, why: string): Lack {
  return { what: `${scope}.${product}`, nameKo: NAMES[product], reasonKo: `${why} ${WHERE[product]}` };
}

/** @source resources/kis/catalogue.json: the night's orders, inquiries and channels have no paper TR id */
const NO_NIGHT: Lack = {
  what: 'session.night',
  nameKo: '선물옵션 야간장',
  reasonKo: '모의투자에는 야간장 시세와 주문이 없습니다. 야간 거래는 상품코드 03인 KIS 실전투자 연결에서 하세요.',
};

/** `productCode`: of the account of the connection; null where orders go to no account at the broker. */
export function productLacks(environment: Environment, productCode: string | null): readonly Lack[] {
  if (environment === 'simulation')
    return OTHERS.map((product) => lack('market', product, '연습 시장에는 국내 주식과 ETF만 있습니다.'));
  if (environment === 'live')
    return OTHERS.map((product) => lack('trade', product, '실시세+모의체결은 국내 주식과 ETF만 주문합니다.'));
  const lacks = (NOT_IN_ACCOUNT[productCode ?? ''] ?? []).map((product) =>
    lack('trade', product, `이 연결의 상품코드는 ${productCode ?? ''}입니다.`),
  );
  if (environment === 'real') return lacks;
  const bonds = lack('market', 'bond', '모의투자에는 장내채권 시세와 주문이 없습니다.');
  const futures = lack('market', 'futureAbroad', '모의투자에는 해외선물 시세와 잔고가 없습니다.');
  const others = lacks.filter(({ what }) => what !== 'trade.bond' && what !== 'trade.futureAbroad');
  return [...others, bonds, futures, ...(productCode === '03' ? [NO_NIGHT] : [])];
}
