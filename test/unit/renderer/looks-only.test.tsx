/** Panels that write orders write none in a view that only looks. */
import type { ComponentType } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { epochMs } from '#shared/time/index.ts';
import { WorkstationProvider } from '../../../renderer/client/context.tsx';
import { type PanelFacts, PanelProvider } from '../../../renderer/client/panel-context.tsx';
import { Workstation } from '../../../renderer/client/workstation.ts';
import { BasketPanel } from '../../../renderer/panels/basket/panel.tsx';
import { OwnTag } from '../../../renderer/panels/order-book/parts/own-tag.tsx';
import { OrderTicket } from '../../../renderer/panels/order-ticket/panel.tsx';
import { ActionCell } from '../../../renderer/panels/orders/parts/order-cells.tsx';
import { text } from '../../../renderer/text/index.ts';
import type { Order } from '#shared/domain/index.ts';

const still = { cancel: () => undefined };
const workstation = new Workstation({
  clock: { now: () => epochMs(0), monotonicMs: () => 0 },
  timers: { after: () => still, every: () => still, yieldTurn: () => undefined },
  ids: { next: () => 'id' },
  report: () => undefined,
});

function shown(Body: ComponentType, looksOnly: boolean): string {
  const facts: PanelFacts = {
    panelId: 'p',
    group: null,
    instrumentId: 'KRX:005930',
    keepIssue: () => undefined,
    looksOnly,
    visible: true,
  };
  return renderToStaticMarkup(
    <WorkstationProvider value={workstation}>
      <PanelProvider value={facts}>
        <Body />
      </PanelProvider>
    </WorkstationProvider>,
  );
}

const order = {
  orderId: 'o',
  side: 'buy',
  type: 'limit',
  price: 55_000,
  stopPrice: null,
  triggered: false,
  quantity: 10,
  filledQty: 0,
  state: 'accepted',
  pending: 'none',
} as Order;
const nothing = () => undefined;
const hands = { carry: nothing, nudge: nothing, drop: nothing, letGo: nothing, holds: () => false };

describe('a view that only looks', () => {
  it.each([
    ['ticket', OrderTicket],
    ['basket', BasketPanel],
  ])('has no form in the %s, and says where orders are written', (_name, Body) => {
    const page = shown(Body, true);
    expect(page).toContain(text('ticket.looksOnly'));
    expect(page).not.toMatch(/<(?:button|input|select)/);
  });

  it('shows my orders in the ladder without anything to press', () => {
    const Tag = () => <OwnTag orders={[order]} side="buy" hands={hands} />;
    expect(shown(Tag, false).match(/<button/g)).toHaveLength(2);
    expect(shown(Tag, true)).toMatch(/^<span[^>]*>10<\/span>$/);
  });

  it('lists orders without amending or cancelling', () => {
    const Cell = () => <ActionCell order={order} />;
    expect(shown(Cell, false).match(/<button/g)).toHaveLength(2);
    expect(shown(Cell, true)).toBe('');
  });
});
