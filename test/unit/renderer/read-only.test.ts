/** A view that only looks sends nothing that changes an order, an account, the market or an environment. */
import { describe, expect, it } from 'vitest';
import { contract } from '#shared/contract/index.ts';
import { isHeld, readOnlyClient } from '../../../renderer/client/read-only.ts';

const calls: string[] = [];
const client = Object.fromEntries(
  Object.entries(contract).map(([area, methods]) => [
    area,
    Object.fromEntries(
      Object.keys(methods).map((name) => [name, () => Promise.resolve(calls.push(`${area}.${name}`))]),
    ),
  ]),
) as never;

describe('a client that only looks', () => {
  it('refuses every verb of orders, accounts, market and environment, and passes the rest', async () => {
    const held = readOnlyClient(client, () => true) as never as Record<string, Record<string, () => Promise<unknown>>>;
    const refused: string[] = [];
    for (const [area, methods] of Object.entries(contract)) {
      for (const [name, def] of Object.entries<{ readonly kind: string }>(methods)) {
        if (def.kind !== 'method') continue;
        await held[area]?.[name]?.().catch((error: unknown) => {
          expect(error).toMatchObject({ code: 'VIEW_READ_ONLY' });
          refused.push(`${area}.${name}`);
        });
      }
    }
    for (const verb of ['submit', 'replace', 'cancel', 'cancelAll', 'submitBasket', 'setTradingState', 'resume'])
      expect(refused).toContain(`trading.${verb}`);
    expect(refused).toEqual(
      expect.arrayContaining([
        'environment.switchTo',
        'environment.arm',
        'simulation.pause',
        'simulation.jump',
        'kis.call',
      ]),
    );
    expect(refused.some((name) => calls.includes(name))).toBe(false);
    expect(isHeld('trading', 'preview')).toBe(false);
    expect(isHeld('documents', 'save')).toBe(false);
  });

  it('passes everything while the window is wide', async () => {
    const wide = readOnlyClient(client, () => false);
    await wide.trading.cancelAll({ accountId: null });
    expect(calls).toContain('trading.cancelAll');
  });
});
