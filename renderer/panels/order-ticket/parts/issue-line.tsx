/** Says which issue the ticket orders: two tickets side by side are told apart by it. */
import type { JSX } from 'react';
import { codeOf, type Instrument } from '#shared/domain/index.ts';
import type { Presets } from '../../../client/presets.ts';
import { useText } from '../../../text/index.ts';
import { TicketPresets } from './ticket-presets.tsx';

export function IssueLine({
  instrument,
  instrumentId,
  presets,
}: {
  readonly instrument: Instrument | undefined;
  readonly instrumentId: string;
  readonly presets: Presets;
}): JSX.Element {
  const t = useText();
  return (
    <div
      className="tkissue"
      role="group"
      aria-label={t('ticket.issue')}
      data-testid="ticket-issue"
      data-issue={instrumentId}
    >
      <b>{instrument?.nameKo ?? instrumentId}</b>
      <span className="num mut">{codeOf(instrumentId)}</span>
      <span className="sp" />
      <TicketPresets presets={presets} />
    </div>
  );
}
