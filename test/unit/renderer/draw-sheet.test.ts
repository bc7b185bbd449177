/** The sheet of an issue's drawings: shown at once, saved one after another, taken back, and true to what the core has. */
import { describe, expect, it } from 'vitest';
import type { Anchor, Drawing, Drawings } from '#shared/domain/index.ts';
import { Sheet } from '../../../renderer/panels/chart/parts/drawing/sheet.ts';

const at = (minute: number, price: number): Anchor => ({ ts: 1_750_000_000_000 + minute * 60_000, price });
const made = (tool: Drawing['tool'], ...anchors: Anchor[]): Drawing => ({
  id: tool,
  tool,
  anchors,
  text: '',
  colour: 1,
  width: 2,
  locked: false,
});

describe('the sheet', () => {
  function stand(refuse: () => boolean = () => false) {
    let kept: Drawings = { drawings: [], hidden: false };
    const listeners = new Set<() => void>();
    const answers: (() => void)[] = [];
    const saved: number[] = [];
    const failures: unknown[] = [];
    const documents = {
      watch: (_kind: string, _id: string | null, listener: () => void) => {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
      list: () => new Map([['KRX:A', kept]]),
      save: (_kind: string, _id: string, body: Drawings) =>
        new Promise<void>((resolve, reject) =>
          answers.push(() => {
            if (refuse()) {
              reject(new Error('refused'));
              return;
            }
            kept = body;
            saved.push(body.drawings.length);
            for (const listener of listeners) listener();
            resolve();
          }),
        ),
    };
    const sheet = new Sheet(documents as unknown as ConstructorParameters<typeof Sheet>[0], 'KRX:A', (error) =>
      failures.push(error),
    );
    const stop = sheet.follow();
    return {
      sheet,
      saved,
      failures,
      stop,
      put(body: Drawings) {
        kept = body;
        for (const listener of listeners) listener();
      },
      answer: async () => {
        answers.shift()?.();
        for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
      },
    };
  }
  const a = made('trend', at(0, 1), at(1, 2));
  const b = made('horizontal', at(0, 5));
  const add = (drawing: Drawing) => [{ id: drawing.id, before: null, after: drawing }];

  it('shows at once, keeps one save on its way, and saves what came meanwhile once', async () => {
    const { sheet, saved, answer } = stand();
    sheet.act(add(a));
    sheet.act(add(b));
    sheet.undo();
    sheet.redo();
    expect(sheet.state().drawings).toEqual([a, b]);
    await answer();
    expect(saved).toEqual([1]);
    expect(sheet.state().drawings).toEqual([a, b]);
    await answer();
    expect(saved).toEqual([1, 2]);
    await answer();
    expect(saved).toEqual([1, 2]);
    expect(sheet.state()).toMatchObject({ canUndo: true, canRedo: false });
  });

  it('goes back to what the core has where it was refused', async () => {
    const { sheet, failures, answer } = stand(() => true);
    sheet.act(add(a));
    await answer();
    expect(failures).toHaveLength(1);
    expect(sheet.state()).toMatchObject({ drawings: [], canUndo: false });
  });

  it('shows what another chart drew, hides all, and removes all but the locked so that it can be taken back', async () => {
    const { sheet, put, answer } = stand();
    const locked = { ...b, locked: true };
    put({ drawings: [a, locked], hidden: false });
    expect(sheet.state().drawings).toEqual([a, locked]);
    sheet.hide(true);
    expect(sheet.state().hidden).toBe(true);
    sheet.clear();
    expect(sheet.state()).toMatchObject({ drawings: [locked], hidden: false });
    sheet.undo();
    expect(sheet.state().drawings).toEqual([locked, a]);
    await answer();
    await answer();
    sheet.clear();
    sheet.clear();
    sheet.undo();
    expect(sheet.state().drawings).toEqual([locked, a]);
  });
});
