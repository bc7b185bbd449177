/** Environment area: which broker and market are in force, the switch, and the lock of the real one. */
import type { Contract } from '#shared/contract/index.ts';
import type { Handlers } from '#shared/rpc/index.ts';
import type { Switchboard } from '../environments/switchboard.ts';
import type { RealLock } from '../real-lock/real-lock.ts';

export interface EnvironmentServices {
  readonly switchboard: Switchboard;
  readonly lock: RealLock;
}

export function environmentHandlers({ switchboard, lock }: EnvironmentServices): Handlers<Contract>['environment'] {
  return {
    status: (_input, sink) => switchboard.watch((status) => sink.push(status)),
    switchTo: (wish) => switchboard.switchTo(wish),
    setPin: ({ pin, current }) => lock.setPin(pin, current),
    arm: ({ pin }, { door }) => lock.arm(pin, door),
    disarm: () => lock.disarm('user'),
  };
}
