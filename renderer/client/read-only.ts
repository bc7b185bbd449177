/** A client that only looks: whatever would change orders, accounts, the market or an environment is refused before it leaves. */
import { contract } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { CoreClient } from './supervisor.ts';

/** Areas in which nothing may be changed; looks, lists and drawings stay the user's. */
const HELD: ReadonlySet<string> = new Set(['trading', 'simulation', 'environment', 'kis', 'data', 'threats']);
/** Acts that may be given up in the middle, and are acts all the same. */
const SENDS: ReadonlySet<string> = new Set(['trading.submitBasket', 'simulation.jump', 'kis.call']);

/** Whether a call changes something that a view which only looks must leave alone. */
export function isHeld(area: string, name: string): boolean {
  const def = (contract as Readonly<Record<string, Readonly<Record<string, { kind: string; cancellable?: boolean }>>>>)[
    area
  ]?.[name];
  if (!HELD.has(area) || def?.kind !== 'method') return false;
  return def.cancellable === false || SENDS.has(`${area}.${name}`);
}

/** The client with its acts refused while `looks` says so. Refused calls reject with VIEW_READ_ONLY. */
export function readOnlyClient(client: CoreClient, looks: () => boolean): CoreClient {
  const areas = Object.entries(client).map(([area, methods]) => [
    area,
    Object.fromEntries(
      Object.entries(methods as Readonly<Record<string, (...given: unknown[]) => unknown>>).map(([name, call]) => [
        name,
        isHeld(area, name)
          ? (...given: unknown[]) => (looks() ? Promise.reject(new AppError('VIEW_READ_ONLY')) : call(...given))
          : call,
      ]),
    ),
  ]);
  return Object.fromEntries(areas) as CoreClient;
}
