/** A logger for what says all it has to say in its result. */
import type { Logger } from '#shared/ports.ts';

const nothing = (): void => undefined;

export const silentLogger: Logger = {
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  child: () => silentLogger,
};
