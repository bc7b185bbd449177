/** Futures and options of KRX at KIS: their account, and their part of the feed. */
export { createDerivativeBroker } from './derivative-broker.ts';
export { createDerivativeDesk, type DerivativeDeskParts, type DerivativeDeskSettings } from './derivative-desk.ts';
export { derivativePart, type DerivativePartParts, type LearntContract } from './derivative-part.ts';
export { createDerivativePoll, type DerivativePoll } from './derivative-poll.ts';
export { DerivativePower, type DerivativePowerParts } from './derivative-power.ts';
