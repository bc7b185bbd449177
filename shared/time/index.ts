/** Instants, trading days, the calendar and the phases of a day. */
export * from './epoch.ts';
export * from './session-date.ts';
export * from './calendar.ts';
export * from './phase.ts';
