/** The context menu of an order. */
import type { JSX } from 'react';
import { isOpen, type Order } from '#shared/domain/index.ts';
import { useWorkstation } from '../../../client/context.tsx';
import { usePanel, useSelectIssue } from '../../../client/panel-context.tsx';
import { nameOf } from '../../../store/instruments.ts';
import { showView } from '../../../store/work.ts';
import { useText } from '../../../text/index.ts';
import { ContextMenu } from '../../../ui/context-menu.tsx';
import { MenuItem } from '../../../ui/controls.tsx';
import type { MenuPlace } from '../../../ui/grid.tsx';
import { useOrdersSlice } from '../slice.ts';

export function OrderMenu(props: {
  readonly order: Order;
  readonly at: MenuPlace;
  readonly onClose: () => void;
}): JSX.Element {
  const { order, at, onClose } = props;
  const t = useText();
  const workstation = useWorkstation();
  const select = useSelectIssue();
  const { looksOnly } = usePanel();
  const then = (act: () => void) => (): void => {
    onClose();
    act();
  };
  const open = isOpen(order.state) && order.state !== 'unconfirmed';
  const number = order.brokerOrderNo;
  return (
    <ContextMenu
      label={t('orders.menu', { name: nameOf(order.instrumentId) })}
      at={at}
      onClose={onClose}
      testId="order-menu"
    >
      <MenuItem onClick={then(() => select(order.instrumentId))} testId="order-menu-show">
        {t('orders.showIssue')}
      </MenuItem>
      <MenuItem
        disabled={order.filledQty === 0}
        onClick={then(() => {
          useOrdersSlice.setState({ fillsOf: order.orderId });
          showView('fills');
        })}
        testId="order-menu-fills"
      >
        {t('orders.showFills')}
      </MenuItem>
      <MenuItem
        disabled={number === null}
        onClick={then(() => {
          if (number !== null) navigator.clipboard.writeText(number).catch((error: unknown) => workstation.fail(error));
        })}
        testId="order-menu-copy"
      >
        {t('orders.copyNumber')}
      </MenuItem>
      {!looksOnly && (
        <MenuItem
          disabled={!open || order.pending === 'cancel'}
          onClick={then(() => workstation.cancelOrder(order.orderId))}
          testId="order-menu-cancel"
        >
          {t('orders.cancelThis')}
        </MenuItem>
      )}
    </ContextMenu>
  );
}
