/** Orders on credit at the guard: which account takes them, what they must say, what the broker lends and has lent. */
import type { CreditFacts, LoanLot, OrderCredit } from '#shared/domain/index.ts';
import type { ErrorCode } from '#shared/errors/index.ts';
import type { Case } from './guard-cases.ts';

const BUY: OrderCredit = { act: 'loanOpen', money: 'house', loanDate: null };
const SELL: OrderCredit = { act: 'loanClose', money: 'house', loanDate: '2026-11-02' };

const LOT: LoanLot = {
  instrumentId: 'KRX:005930',
  name: '삼성전자',
  kind: '자기융자',
  money: 'house',
  loanDate: '2026-11-02',
  expires: null,
  quantity: 10,
  sellable: 8,
  loanKrw: 55_000,
};

/** Ten units on credit of an account that takes such orders; `told`: what the broker has said. */
function creditCase(credit: OrderCredit, told: Partial<CreditFacts>, { order, issue, facts }: Case = {}): Case {
  return {
    order: { side: credit.act === 'loanOpen' ? 'buy' : 'sell', credit, ...order },
    ...(issue === undefined ? {} : { issue }),
    facts: { credit: { openable: null, lots: null, ...told }, ...facts },
  };
}

export const CREDIT_DENIED: readonly (readonly [string, Case, ErrorCode, Readonly<Record<string, string | number>>])[] =
  [
    ['credit where the account takes none', { order: { credit: BUY } }, 'GUARD_CREDIT_NONE', {}],
    ['a purchase that names a loan', creditCase({ ...BUY, loanDate: '2026-11-02' }, {}), 'GUARD_CREDIT_TERMS', {}],
    ['a sale that names none', creditCase({ ...SELL, loanDate: null }, {}), 'GUARD_CREDIT_TERMS', {}],
    ['a repayment that buys', creditCase(SELL, {}, { order: { side: 'buy' } }), 'GUARD_CREDIT_TERMS', {}],
    [
      'another price for an order on credit',
      creditCase(BUY, {}, { order: { kind: 'replace' } }),
      'GUARD_CREDIT_REPLACE',
      {},
    ],
    ['a purchase of which the broker has said nothing', creditCase(BUY, {}), 'GUARD_CREDIT_UNKNOWN', {}],
    ['a sale of which the broker has said nothing', creditCase(SELL, {}), 'GUARD_CREDIT_UNKNOWN', {}],
    ['more than may be bought on credit', creditCase(BUY, { openable: 9 }), 'GUARD_CREDIT_POWER', { openable: 9 }],
    [
      'more than the loan has left',
      creditCase(SELL, { lots: [LOT] }),
      'GUARD_CREDIT_LOT',
      { date: '2026-11-02', sellable: 8 },
    ],
    [
      'the loan of another day',
      creditCase(SELL, { lots: [{ ...LOT, loanDate: '2026-11-03', sellable: 10 }] }),
      'GUARD_CREDIT_LOT',
      { date: '2026-11-02', sellable: 0 },
    ],
    [
      'a loan of other money',
      creditCase(SELL, { lots: [{ ...LOT, money: 'market', sellable: 10 }] }),
      'GUARD_CREDIT_LOT',
      { date: '2026-11-02', sellable: 0 },
    ],
    [
      'a sale in cash of what is held on a loan only, as ever by what is held',
      { order: { side: 'sell' }, facts: { held: 0 } },
      'GUARD_SELLABLE',
      { sellable: 0, reserved: 0 },
    ],
  ];

export const CREDIT_PASSED: readonly (readonly [string, Case])[] = [
  [
    'as many as may be bought on credit, with too little cash for all',
    creditCase(BUY, { openable: 10 }, { facts: { powerKrw: 50_000 } }),
  ],
  [
    'a loan that is repaid, whatever else open sales tie up',
    creditCase(SELL, { lots: [{ ...LOT, sellable: 10 }] }, { facts: { held: 10, reserved: 10 } }),
  ],
  ['a loan whose kind the broker does not tell', creditCase(SELL, { lots: [{ ...LOT, money: null, sellable: 10 }] })],
];
