/** Environment area: which broker and market are in force, the one-click switch, and the lock of the real one. */
import { z } from 'zod';
import { Environment, EnvironmentStatus, RealLock, SwitchBlocker } from '../domain/index.ts';
import { area, method, stream } from '../rpc/define.ts';

const Pin = z.string().regex(/^\d{4,12}$/, '숫자 4~12자리여야 합니다.');

export const environment = area({
  status: stream({
    about: 'The environment in force, what can be switched to, and the lock of the real one.',
    input: z.strictObject({}),
    item: EnvironmentStatus,
    mode: 'latest',
  }),
  switchTo: method({
    about:
      'Puts another environment in force. Where an unconfirmed order, a kept stop or a mandate stands in the way, lists them and waits for a second call with `confirmed`.',
    input: z.strictObject({
      environment: Environment,
      connectionId: z.string().min(1).max(64).nullable().default(null),
      confirmed: z.boolean().default(false),
    }),
    output: z.strictObject({ done: z.boolean(), blockers: z.array(SwitchBlocker) }),
    cancellable: false,
  }),
  setPin: method({
    about: 'Sets the PIN that opens the real environment, or changes it, for which the present one is needed.',
    input: z.strictObject({ pin: Pin, current: Pin.nullable().default(null) }),
    output: RealLock,
    cancellable: false,
  }),
  arm: method({
    about: 'Opens the real environment for orders until the end of the trading day.',
    input: z.strictObject({ pin: Pin }),
    output: RealLock,
    cancellable: false,
  }),
  disarm: method({ about: 'Locks it again.', input: z.strictObject({}), output: RealLock, cancellable: false }),
});
