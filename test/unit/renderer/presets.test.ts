/** Order presets: the nearer level wins field by field, a save keeps every other field, and a ticket is started once. */
import { describe, expect, it } from 'vitest';
import {
  changedPreset,
  LadderSettings,
  OrderPreset,
  presetAt,
  type PresetChain,
  DOCUMENT_BODIES,
  DocumentId,
} from '#shared/domain/index.ts';
import { presetIds, savePreset } from '../../../renderer/client/presets.ts';
import { startChange, type Started } from '../../../renderer/panels/order-ticket/parts/start-fields.ts';

describe('a chain of presets', () => {
  const chain: PresetChain = {
    global: { ladder: { act: 'send', quantity: 10, maxTicks: 5 } },
    market: { ladder: { quantity: 20 }, ticket: { quantity: 100 } },
    issue: { ladder: { quantity: 30 } },
  };

  it('takes each field from the nearest level that names it, and says which', () => {
    expect(presetAt(chain, 'ladder')).toEqual({
      values: { act: 'send', quantity: 30, maxTicks: 5 },
      from: { act: 'global', quantity: 'issue', maxTicks: 'global' },
    });
    expect(presetAt(chain, 'ladder', 'market')).toMatchObject({
      values: { quantity: 20 },
      from: { quantity: 'market' },
    });
    expect(presetAt(chain, 'ladder', 'global').values.quantity).toBe(10);
    expect(presetAt(chain, 'ticket')).toEqual({ values: { quantity: 100 }, from: { quantity: 'market' } });
  });

  it('leaves what no level names to the built-in settings, which send nothing', () => {
    expect(presetAt({}, 'ladder')).toEqual({ values: {}, from: {} });
    expect(LadderSettings.parse(presetAt({}, 'ladder').values).act).toBe('price');
  });

  it('reads what older versions kept, and refuses what it does not know', () => {
    const old = LadderSettings.parse({ act: 'send', quantity: 7 });
    expect(OrderPreset.parse({ ladder: old }).ladder).toEqual(old);
    expect(OrderPreset.parse({})).toEqual({});
    expect(DOCUMENT_BODIES.preset.safeParse({ ladder: { quantity: 0 } }).success).toBe(false);
    expect(OrderPreset.safeParse({ ladder: { quantities: 1 } }).success).toBe(false);
  });

  it('has a document for each level that the core takes', () => {
    const ids = presetIds({ instrumentId: 'KRX:005930', market: 'KOSPI' });
    expect(Object.values(ids)).toEqual(['ladder', 'market/KOSPI', 'issue/KRX:005930']);
    for (const id of Object.values(ids)) expect(DocumentId.safeParse(id).success).toBe(true);
  });
});

describe('saving a preset', () => {
  it('changes the fields named and keeps every other one; undefined takes a field out', () => {
    const body: OrderPreset = { ladder: { act: 'send', quantity: 10 }, ticket: { quantity: 5 } };
    expect(changedPreset(body, 'ladder', { quantity: 20 })).toEqual({
      ladder: { act: 'send', quantity: 20 },
      ticket: { quantity: 5 },
    });
    const cleared = changedPreset(body, 'ladder', { quantity: undefined });
    expect(cleared).toEqual({ ladder: { act: 'send' }, ticket: { quantity: 5 } });
    expect('quantity' in (cleared.ladder ?? {})).toBe(false);
    expect(changedPreset(null, 'ticket', { type: 'market' })).toEqual({ ticket: { type: 'market' } });
  });

  it('begins from what the save before has written, and goes on after one that failed', async () => {
    const kept = new Map<string, OrderPreset>();
    let fail = false;
    const documents = {
      load: () => Promise.resolve(new Map(kept)),
      save: async (_kind: string, id: string, body: OrderPreset) => {
        await Promise.resolve();
        if (fail) throw new Error('changed elsewhere');
        kept.set(id, body);
      },
    } as unknown as Parameters<typeof savePreset>[0];
    await Promise.all([
      savePreset(documents, 'ladder', 'ladder', { quantity: 3 }),
      savePreset(documents, 'ladder', 'ladder', { maxTicks: 9 }),
      savePreset(documents, 'ladder', 'ticket', { quantity: 4 }),
    ]);
    expect(kept.get('ladder')).toEqual({ ladder: { quantity: 3, maxTicks: 9 }, ticket: { quantity: 4 } });
    fail = true;
    const failing = savePreset(documents, 'ladder', 'ladder', { quantity: 8 });
    await expect(failing).rejects.toThrow('changed elsewhere');
    fail = false;
    await savePreset(documents, 'ladder', 'ladder', { over: 'ask' });
    expect(kept.get('ladder')?.ladder).toEqual({ quantity: 3, maxTicks: 9, over: 'ask' });
  });
});

describe('a ticket that another issue comes under', () => {
  const empty = { quantityText: '', type: 'limit', route: 'KRX' } as const;
  const on = (instrumentId: string, preset: Started['preset'] = {}, generation = 1): Started => ({
    generation,
    instrumentId,
    preset,
  });

  it('starts with its presets, once', () => {
    const now = on('KRX:A', { quantity: 1_000, type: 'market', route: 'SOR' });
    expect(startChange(undefined, now, empty)).toEqual({
      quantityText: '1,000',
      type: 'market',
      timeInForce: 'day',
      route: 'SOR',
    });
    expect(startChange(now, now, empty)).toBeNull();
    expect(startChange(now, on('KRX:A', { quantity: 7 }), empty)).toBeNull();
  });

  it('keeps a quantity that is written', () => {
    expect(startChange(undefined, on('KRX:A', { quantity: 10 }), { ...empty, quantityText: '3' })).toEqual({});
  });

  it('carries no type of one issue to the next, but leaves one that a hand chose', () => {
    const before = on('KRX:A', { type: 'market', route: 'NXT' });
    const next = on('KRX:B');
    expect(startChange(before, next, { ...empty, type: 'market', route: 'NXT' })).toMatchObject({
      type: 'limit',
      route: 'KRX',
    });
    expect(startChange(on('KRX:A'), next, { ...empty, type: 'market' })).toEqual({});
    // In another environment the draft was thrown away with all that it began with.
    expect(startChange(before, on('KRX:A', { quantity: 2 }, 2), empty)).toEqual({ quantityText: '2' });
  });
});
