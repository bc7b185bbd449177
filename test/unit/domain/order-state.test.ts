/** The order table, written out a second time by hand: every state against every event. */
import { describe, expect, it } from 'vitest';
import {
  fillEvent,
  isOpen,
  isResting,
  nextOrderState,
  nextPending,
  ORDER_EVENTS,
  OrderState,
  PENDING_EVENTS,
  type OrderEvent,
  type OrderStep,
  type Pending,
  type PendingEvent,
} from '#shared/domain/index.ts';

const STATES = OrderState.options;

/** One row a state; · broken, = absorbed, else the first letters of the next state. Columns in the order of COLUMNS. */
const COLUMNS: readonly OrderEvent[] = [
  'deny',
  'submit',
  'withhold',
  'accept',
  'reject',
  'lose',
  'neverArrive',
  'relink',
  'fillPart',
  'fillWhole',
  'fillExcess',
  'replace',
  'cancel',
  'expire',
];
const TABLE: Readonly<Record<OrderState, string>> = {
  //                deny submit withhold accept reject lose never relink part whole excess replace cancel expire
  created: '        den  sub    ·        ·      ·      ·    ·     ·      ·    ·     ·      ·       ·      ·',
  denied: '         ·    ·      ·        ·      ·      ·    ·     ·      ·    ·     ·      ·       ·      ·',
  submitting: '     ·    ·      rej      acc    rej    unc  ·     ·      ·    ·     ·      ·       ·      ·',
  unconfirmed: '    ·    ·      ·        acc    rej    =    rej   ·      ·    ·     ·      ·       ·      ·',
  accepted: '       ·    ·      ·        =      rej    =    ·     ·      par  fil   ·      acc     can    exp',
  partiallyFilled: '·    ·      ·        =      ·      =    ·     ·      par  fil   ·      par     can    exp',
  filled: '         ·    ·      ·        =      ·      =    ·     ·      ·    ·     ·      ·       =      =',
  canceled: '       ·    ·      ·        =      =      =    ·     ·      can  fil   ·      ·       =      =',
  expired: '        ·    ·      ·        =      =      =    ·     ·      exp  fil   ·      ·       =      =',
  rejected: '       ·    ·      ·        ·      =      =    =     acc    ·    ·     ·      ·       =      =',
};

function meaning(cell: string): OrderStep {
  if (cell === '·') return 'broken';
  if (cell === '=') return 'absorbed';
  const state = STATES.find((each) => each.startsWith(cell));
  if (!state) throw new Error(`no state ${cell}`);
  return state;
}

describe('the order table', () => {
  it('knows every event', () => {
    expect([...ORDER_EVENTS].sort()).toEqual([...COLUMNS].sort());
  });

  for (const state of STATES) {
    const cells = TABLE[state].trim().split(/\s+/);
    it.each(COLUMNS.map((event, i) => [event, meaning(cells[i] ?? '')] as const))(
      `${state} · %s → %s`,
      (event, next) => {
        expect(cells).toHaveLength(COLUMNS.length);
        expect(nextOrderState(state, event)).toBe(next);
      },
    );
  }

  it('lets nothing out of an end but a late fill and an order found again', () => {
    for (const state of ['filled', 'denied', 'canceled', 'expired', 'rejected'] as const) {
      const ways = COLUMNS.filter((event) => !['absorbed', 'broken'].includes(nextOrderState(state, event)));
      const late = state === 'canceled' || state === 'expired';
      expect(ways).toEqual(late ? ['fillPart', 'fillWhole'] : state === 'rejected' ? ['relink'] : []);
    }
  });

  it('calls a fill by what it leaves', () => {
    expect(fillEvent({ quantity: 10, filledQty: 9 })).toBe('fillPart');
    expect(fillEvent({ quantity: 10, filledQty: 10 })).toBe('fillWhole');
    expect(fillEvent({ quantity: 10, filledQty: 11 })).toBe('fillExcess');
  });

  it('tells what is open and what rests at the broker', () => {
    expect(STATES.filter(isOpen)).toEqual(['submitting', 'unconfirmed', 'accepted', 'partiallyFilled']);
    expect(STATES.filter(isResting)).toEqual(['accepted', 'partiallyFilled']);
  });
});

describe('the pending change', () => {
  const expected: Readonly<Record<Pending, Readonly<Record<PendingEvent, Pending | 'broken'>>>> = {
    none: {
      replaceAsked: 'replace',
      replaceConfirmed: 'none',
      replaceRefused: 'none',
      cancelAsked: 'cancel',
      cancelRefused: 'none',
      ended: 'none',
    },
    replace: {
      replaceAsked: 'broken',
      replaceConfirmed: 'none',
      replaceRefused: 'none',
      cancelAsked: 'cancel',
      cancelRefused: 'replace',
      ended: 'none',
    },
    cancel: {
      replaceAsked: 'broken',
      replaceConfirmed: 'cancel',
      replaceRefused: 'cancel',
      cancelAsked: 'cancel',
      cancelRefused: 'none',
      ended: 'none',
    },
  };
  const pairs = (Object.keys(expected) as Pending[]).flatMap((from) =>
    PENDING_EVENTS.map((event) => [from, event] as const),
  );
  it.each(pairs)('%s · %s', (from, event) => {
    expect(nextPending(from, event)).toBe(expected[from][event]);
  });
});
