/** The desk: orders, guard, journal of trading, positions and performance. */
export { checkBasket, sendBasket } from './basket.ts';
export { Desk, type DeskStatus } from './desk.ts';
export type { CreditView } from './credit-view.ts';
export type { DeskParts } from './desk-parts.ts';
export type { OrderDraft } from './guard.ts';
export type { MarketTrade, MarketView } from './market-view.ts';
export { DESK_UPCASTERS } from './journal-events.ts';
export { termsFor } from './issue-terms.ts';
export type { AskedOrder, BooksCompared, DeskObserver } from './observers.ts';
export { collarPrice, isOverridable, Protections, type NewProtection } from './protections.ts';
export { ownStatements } from './own-statements.ts';
export type { JournalPort } from './recorder.ts';
export { accountOf } from './reconcile.ts';
export { DEFAULT_TRADING_SETTINGS, type TradingSettings } from './settings.ts';
export { TradingGate } from './trading-state.ts';
