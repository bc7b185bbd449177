/** What an empty ticket starts with: the presets of its issue, once for each issue that comes under it. */
import { useEffect } from 'react';
import type { TicketPreset } from '#shared/domain/index.ts';
import type { Presets } from '../../../client/presets.ts';
import { changeDraft, type DraftChange, type DraftState, draftOf } from '../../../store/draft.ts';
import { useEnvironment } from '../../../store/environment.ts';
import { number } from '../../../ui/format.ts';

/** What a ticket was started with. */
export interface Started {
  readonly generation: number;
  readonly instrumentId: string;
  readonly preset: TicketPreset;
}

/**
 * The change that starts a ticket on an issue; null: it was started on it already. A quantity that is written stays. A
 * type or venue that the presets of the issue before had chosen does not go on to one whose presets say nothing.
 */
export function startChange(
  started: Started | undefined,
  now: Started,
  draft: Pick<DraftState, 'quantityText' | 'type' | 'route'>,
): DraftChange | null {
  if (started?.generation === now.generation && started.instrumentId === now.instrumentId) return null;
  const { preset } = now;
  const before = started?.generation === now.generation ? started.preset : {};
  const type = preset.type ?? (before.type !== undefined && draft.type === before.type ? 'limit' : undefined);
  const route = preset.route ?? (before.route !== undefined && draft.route === before.route ? 'KRX' : undefined);
  return {
    ...(preset.quantity !== undefined && draft.quantityText === '' ? { quantityText: number(preset.quantity) } : {}),
    ...(type === undefined ? {} : { type, timeInForce: 'day' }),
    ...(route === undefined ? {} : { route }),
  };
}

/** By ticket; it outlives the panel, so that a ticket shown again keeps what was chosen by hand. */
const startedWith = new Map<string, Started>();

/** Starts a ticket with its presets when another issue, or another environment, comes under it. */
export function useStartFields(ticket: string, instrumentId: string, presets: Presets): void {
  const generation = useEnvironment((state) => state.status?.generation ?? 0);
  const { known, ticket: preset } = presets;
  useEffect(() => {
    if (!known) return;
    const now = { generation, instrumentId, preset };
    const change = startChange(startedWith.get(ticket), now, draftOf(ticket, instrumentId));
    if (change === null) return;
    startedWith.set(ticket, now);
    if (Object.keys(change).length > 0) changeDraft(ticket, instrumentId, change);
  }, [ticket, instrumentId, generation, known, preset]);
}
