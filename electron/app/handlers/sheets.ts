/** Sheets area: reference data of the broker, read when it is asked for. */
import type { Contract } from '#shared/contract/index.ts';
import type { Handlers } from '#shared/rpc/index.ts';
import type { SheetDesk } from '../sheets/sheet-desk.ts';

export function sheetsHandlers(desk: SheetDesk): Handlers<Contract>['sheets'] {
  return {
    list: () => desk.list(),
    read: (wish) => desk.read(wish),
  };
}
