/** Which APIs place, change or withdraw orders: those may only be called on the way that the guard stands on. */
import type { KisApi } from './api.ts';

/** Whether an API places, changes or withdraws orders (reservations among them): every POST below /trading/. */
export function isOrderApi(api: KisApi): boolean {
  return api.kind === 'rest' && api.method === 'POST' && api.path.includes('/trading/');
}
