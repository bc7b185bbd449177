/** Market maths by date: ticks, price limits, quantity caps, charges, settlement, calendar. */
export * from './tick-size.ts';
export * from './price-limit.ts';
export * from './quantity-cap.ts';
export * from './fees.ts';
export * from './settlement.ts';
export * from './krx-calendar.ts';
