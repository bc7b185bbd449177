/** The notification centre for the screen: its lines, live, and the acknowledging of them, kept for every window and the next day. */
import { useMemo } from 'react';
import {
  codeOf,
  priceUnitOf,
  DEFAULT_NOTICES,
  type Notices,
  NOTHING_SEEN,
  NOTICES_ID,
  type Order,
} from '#shared/domain/index.ts';
import { useCore } from '../store/core.ts';
import { useDesk } from '../store/desk.ts';
import { useEnvironment } from '../store/environment.ts';
import { useInstruments } from '../store/instruments.ts';
import { useText } from '../text/index.ts';
import { countSubject, countText } from '../ui/issue-units.ts';
import { money } from '../ui/money.ts';
import { useWorkstation } from './context.tsx';
import { useDocument } from './documents.ts';
import { allSeen, type Notice, noticesOf, someSeen } from './notice-list.ts';

export type { Notice } from './notice-list.ts';

/** How the user is told; the defaults until they have chosen. */
export function useNoticeSettings(): Notices {
  return useDocument('notices', NOTICES_ID) ?? DEFAULT_NOTICES;
}

/** Each environment has a record of its own. */
function useRecordName(): string {
  const environment = useCore((state) => state.environment);
  const connectionId = useEnvironment((state) => state.status?.connectionId ?? null);
  return connectionId === null ? environment : `${environment}:${connectionId}`;
}

export interface NoticeCentre {
  /** Newest first. */
  readonly notices: readonly Notice[];
  readonly unseen: number;
  readonly settings: Notices;
  readonly acknowledge: (notices: readonly Notice[]) => void;
  readonly acknowledgeAll: () => void;
  readonly change: (settings: Partial<Notices>) => void;
}

export function useNotices(): NoticeCentre {
  const t = useText();
  const workstation = useWorkstation();
  const alerts = useDesk((state) => state.alerts);
  const fills = useDesk((state) => state.fills);
  const orders = useDesk((state) => state.orders);
  const names = useInstruments((state) => state.byId);
  const settings = useNoticeSettings();
  const record = useRecordName();
  const seen = settings.seen[record] ?? NOTHING_SEEN;
  const told = settings.fills;
  const notices = useMemo(() => {
    const nameOf = (id: string): string => names.get(id)?.nameKo ?? codeOf(id);
    const fillTitle = ({ instrumentId, side, filledQty, quantity: of }: Order): string =>
      t(filledQty < of ? 'notices.filling' : 'notices.filled', {
        name: nameOf(instrumentId),
        side: t(`side.${side}`),
        quantity: countSubject(t, filledQty, instrumentId),
        of: countText(t, of, instrumentId),
      });
    const fillBody = ({ filledQty, filledValue, instrumentId }: Order): string =>
      t('notices.average', {
        price: money(Math.round(filledValue / Math.max(1, filledQty)), priceUnitOf(instrumentId)),
      });
    return noticesOf({ alerts, fills: told ? fills : new Map(), orders }, seen, { fillTitle, fillBody });
  }, [alerts, fills, orders, names, seen, told, t]);
  return useMemo(() => {
    const save = (act: (now: Notices) => Partial<Notices>): void => {
      workstation.documents
        .edit('notices', NOTICES_ID, (body) => ({ ...(body ?? DEFAULT_NOTICES), ...act(body ?? DEFAULT_NOTICES) }))
        .catch((error: unknown) => workstation.fail(error));
    };
    const mark = (next: (before: typeof seen) => typeof seen): void =>
      save((now) => ({ seen: { ...now.seen, [record]: next(now.seen[record] ?? NOTHING_SEEN) } }));
    return {
      notices,
      unseen: notices.filter((notice) => notice.unseen).length,
      settings,
      acknowledge: (some) => {
        if (some.length > 0) mark((before) => someSeen(before, some));
      },
      acknowledgeAll: () => mark((before) => allSeen({ alerts, fills, orders }, before)),
      change: (change) => save(() => change),
    };
  }, [notices, settings, record, alerts, fills, orders, workstation]);
}
