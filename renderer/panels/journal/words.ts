/** Entries of the record in words. */
import { currencyOf, type JournalLine, priceUnitOf, OrderType, VenueName } from '#shared/domain/index.ts';
import { nameOf } from '../../store/instruments.ts';
import type { TextKey, TextParams, Translate } from '../../text/index.ts';
import { number, UNKNOWN } from '../../ui/format.ts';
import { countSubject, countText } from '../../ui/issue-units.ts';
import { cash } from '../../ui/money.ts';

/** What the words of an entry are filled with. */
interface Facts {
  readonly name: string;
  readonly side: string;
  /** A figure that was recorded; the mark for what is not known where there is none. */
  readonly count: (key: string) => string;
  /** The same as a quantity of the issue, and at the head of a sentence. */
  readonly quantity: (key: string) => string;
  readonly subject: (key: string) => string;
  /** The same as money of the issue, and as a price of it. */
  readonly amount: (key: string) => string;
  readonly price: (key: string) => string;
  readonly text: (key: string) => string;
}

function factsOf(t: Translate, line: JournalLine): Facts {
  const { data, instrumentId, side } = line;
  const currency = currencyOf(instrumentId ?? '');
  const figure = (key: string, write: (value: number) => string): string => {
    const value = data[key];
    return typeof value === 'number' ? write(value) : UNKNOWN;
  };
  return {
    name: instrumentId === null ? t('journal.someOrder') : nameOf(instrumentId),
    side: side === null ? '' : t(`side.${side}`),
    count: (key) => figure(key, number),
    quantity: (key) => figure(key, (value) => countText(t, value, instrumentId ?? '')),
    subject: (key) => figure(key, (value) => countSubject(t, value, instrumentId ?? '')),
    amount: (key) => figure(key, (value) => cash(value, currency)),
    price: (key) => figure(key, (value) => cash(value, priceUnitOf(instrumentId ?? ''))),
    text: (key) => (typeof data[key] === 'string' ? data[key] : ''),
  };
}

type Words = (facts: Facts, line: JournalLine, t: Translate) => readonly [TextKey, TextParams?];

const ofOrder =
  (key: TextKey): Words =>
  ({ name, side }) => [key, { name, side }];

function typeWord(t: Translate, value: string): string {
  const type = OrderType.safeParse(value);
  return type.success ? t(`type.${type.data}`) : value;
}

function atPrice(facts: Facts, line: JournalLine, t: Translate): string {
  return line.data['price'] === null ? typeWord(t, facts.text('type')) : facts.price('price');
}

function environmentWord(t: Translate, value: unknown): string {
  const name = typeof value === 'object' && value !== null && 'environment' in value ? value.environment : null;
  if (name === 'simulation' || name === 'live' || name === 'paper' || name === 'real') return t(`env.${name}`);
  return UNKNOWN;
}

const written =
  (key: TextKey): Words =>
  (facts, line, t) => [
    key,
    { name: facts.name, side: facts.side, quantity: facts.quantity('quantity'), price: atPrice(facts, line, t) },
  ];

const CANCEL_CAUSES = {
  user: 'journal.cancel.user',
  ioc: 'journal.cancel.ioc',
  fok: 'journal.cancel.fok',
  exchange: 'journal.cancel.exchange',
  limits: 'journal.cancel.limits',
  void: 'journal.cancel.void',
} as const satisfies Record<string, TextKey>;

const UNCONFIRMED_CAUSES = {
  timeout: 'journal.unconfirmed.timeout',
  cut: 'journal.unconfirmed.cut',
  crash: 'journal.unconfirmed.crash',
  failed: 'journal.unconfirmed.failed',
} as const satisfies Record<string, TextKey>;

const STATES = {
  active: 'journal.state.active',
  reducing: 'journal.state.reducing',
  halted: 'journal.state.halted',
} as const satisfies Record<string, TextKey>;

function pick(keys: Readonly<Record<string, TextKey>>, value: string): TextKey | null {
  return Object.hasOwn(keys, value) ? (keys[value] ?? null) : null;
}

/** Words of every kind that the desk and the record of switches write. */
export const JOURNAL_WORDS: Readonly<Record<string, Words>> = {
  mandatePlaced: written('journal.mandatePlaced'),
  mandateCarried: ({ text, count }) => [
    'journal.mandateCarried',
    { date: text('watchedDate'), price: count('watchedBase') },
  ],
  mandateArmed: ({ count }) => ['journal.mandateArmed', { quantity: count('quantity') }],
  mandateRevised: () => ['journal.mandateRevised'],
  mandateTrailed: ({ count }) => ['journal.mandateTrailed', { price: count('extreme') }],
  mandateHeld: () => ['journal.mandateHeld'],
  mandateFired: ({ count }) => ['journal.mandateFired', { quantity: count('quantity'), price: count('price') }],
  mandateEnded: ({ text }) => ['journal.mandateEnded', { code: text('code') }],
  orderCreated: (facts, line, t) =>
    written(line.data['credit'] ? 'journal.orderCreatedOnCredit' : 'journal.orderCreated')(facts, line, t),
  orderDenied: ofOrder('journal.orderDenied'),
  orderSubmitting: ofOrder('journal.orderSubmitting'),
  orderWithheld: ofOrder('journal.orderWithheld'),
  orderAccepted: ({ name, side, text }) => ['journal.orderAccepted', { name, side, no: text('brokerOrderNo') }],
  orderRejected: ofOrder('journal.orderRejected'),
  orderUnconfirmed: ofOrder('journal.orderUnconfirmed'),
  orderNeverArrived: ofOrder('journal.orderNeverArrived'),
  orderRelinked: ({ name, side, text }) => ['journal.orderRelinked', { name, side, no: text('brokerOrderNo') }],
  externalSeen: written('journal.externalSeen'),
  replaceDenied: ({ name, price }) => ['journal.replaceDenied', { name, price: price('price') }],
  replaceAsked: ({ name, price }) => ['journal.replaceAsked', { name, price: price('price') }],
  replaceRefused: ofOrder('journal.replaceRefused'),
  orderReplaced: (facts, line, t) => ['journal.orderReplaced', { name: facts.name, price: atPrice(facts, line, t) }],
  orderStanding: (facts, line, t) => {
    const venue = VenueName.safeParse(line.data['venue']);
    const where = venue.success ? t(`venue.${venue.data}`) : UNKNOWN;
    return [
      line.data['triggered'] === true ? 'journal.orderTriggered' : 'journal.orderStanding',
      { name: facts.name, where },
    ];
  },
  cancelAsked: ofOrder('journal.cancelAsked'),
  cancelSent: ofOrder('journal.cancelSent'),
  cancelRefused: ofOrder('journal.cancelRefused'),
  orderCanceled: ({ name, side, subject }) => ['journal.orderCanceled', { name, side, quantity: subject('quantity') }],
  orderExpired: ({ name, side, subject }) => ['journal.orderExpired', { name, side, quantity: subject('quantity') }],
  fillRecorded: ({ name, side, subject, price }) => [
    'journal.fillRecorded',
    { name, side, quantity: subject('quantity'), price: price('price') },
  ],
  holdingAdjusted: ({ name, count, text }) => [
    'journal.holdingAdjusted',
    { name, before: count('quantityBefore'), after: count('quantity'), why: text('reasonKo') },
  ],
  holdingsAdopted: (_facts, { data }) => {
    const { holdings } = data;
    return ['journal.holdingsAdopted', { count: Array.isArray(holdings) ? holdings.length : 0 }];
  },
  holdingEndTold: ({ name, text }) => ['journal.holdingEndTold', { name, date: text('endsOn') }],
  positionSettled: ({ name, text, count }, { data }) => [
    data['how'] === 'redemption' ? 'journal.redeemed' : 'journal.finalSettlement',
    { name, quantity: count('quantityBefore'), date: text('endsOn') },
  ],
  tradingStateChanged: (_facts, { data }, t) => {
    const state = data['tradingState'];
    const name = typeof state === 'object' && state !== null && 'state' in state ? String(state.state) : '';
    const key = pick(STATES, name);
    return ['journal.tradingStateChanged', { state: key ? t(key) : name }];
  },
  sweepStarted: () => ['journal.sweepStarted'],
  sweepEnded: () => ['journal.sweepEnded'],
  alertRaised: () => ['journal.alertRaised'],
  sessionReconciled: ({ text }) => ['journal.sessionReconciled', { date: text('sessionDate') }],
  equitySampled: () => ['journal.equitySampled'],
  environmentSwitched: (_facts, { data }, t) => [
    'journal.environmentSwitched',
    { from: environmentWord(t, data['from']), to: environmentWord(t, data['to']) },
  ],
  environmentFailed: (_facts, { data }, t) => ['journal.environmentFailed', { to: environmentWord(t, data['to']) }],
  pinSet: () => ['journal.pinSet'],
  pinFailed: ({ count }) => ['journal.pinFailed', { count: count('count') }],
  realArmed: () => ['journal.realArmed'],
  realDisarmed: () => ['journal.realDisarmed'],
  connectionSaved: () => ['journal.connectionSaved'],
  connectionRemoved: () => ['journal.connectionRemoved'],
  playStarted: ({ text }) => ['journal.playStarted', { play: text('play'), did: text('didKo') }],
  playEnded: ({ text }) => ['journal.playEnded', { play: text('play'), did: text('didKo') }],
  playMandateSigned: ({ text }) => ['journal.playMandateSigned', { play: text('play') }],
  playMandateRevoked: () => ['journal.playMandateRevoked'],
  detectorSet: ({ text }) => ['journal.detectorSet', { detector: text('detector') }],
};

/** What happened, in a sentence. A kind that has no words is named. */
export function journalSentence(t: Translate, line: JournalLine): string {
  const words = Object.hasOwn(JOURNAL_WORDS, line.kind) ? JOURNAL_WORDS[line.kind] : undefined;
  if (!words) return t('journal.other', { kind: line.kind });
  const [key, params] = words(factsOf(t, line), line, t);
  return t(key, params)
    .replace(/\s{2,}/g, ' ')
    .trim();
}

/** Why it happened, where that was recorded. */
export function journalCause(t: Translate, line: JournalLine): string {
  if (line.reason) return line.reason.messageKo;
  const { cause, note, reasonKo, sawKo, tradingState } = line.data;
  if (line.kind === 'orderCanceled' && typeof cause === 'string') {
    const key = pick(CANCEL_CAUSES, cause);
    return key ? t(key) : cause;
  }
  if (line.kind === 'orderUnconfirmed' && typeof cause === 'string') {
    const key = pick(UNCONFIRMED_CAUSES, cause);
    return key ? t(key) : cause;
  }
  if (typeof tradingState === 'object' && tradingState !== null && 'note' in tradingState) {
    return String(tradingState.note);
  }
  if (typeof reasonKo === 'string') return reasonKo;
  if (typeof sawKo === 'string') return sawKo;
  return typeof note === 'string' ? note : '';
}
