/** Says which issue the ticket orders: two tickets side by side are told apart by it. */
import type { JSX } from 'react';
import { codeOf, type Instrument } from '#shared/domain/index.ts';
import type { Presets } from '../../../client/presets.ts';
import { useInstruments } from '../../../store/instruments.ts';
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
  const unknown = useInstruments((state) => state.unknown.has(instrumentId));
  return (
    <div
      className="tkissue"
      role="group"
      aria-label={t('ticket.issue')}
      data-testid="ticket-issue"
      data-issue={instrumentId}
    >
      <b>{instrument?.nameKo ?? codeOf(instrumentId)}</b>
      {instrument && <span className="num mut">{codeOf(instrumentId)}</span>}
      {unknown && (
        <span className="l" title={t('ticket.unknownHint')} data-testid="ticket-unknown">
          {t('ticket.unknown')}
        </span>
      )}
      <span className="sp" />
      <TicketPresets presets={presets} />
    </div>
  );
}
