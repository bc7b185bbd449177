/** One line under the type: as what it goes out now where that is not plain, or why it cannot. */
import type { JSX } from 'react';
import type { OrderType } from '#shared/domain/index.ts';
import { tradesAtNight } from '#shared/market/index.ts';
import { useSessionDate } from '../../../client/hooks.ts';
import { nightLack, useLacks } from '../../../client/lacks.ts';
import { useCore } from '../../../store/core.ts';
import { useText } from '../../../text/index.ts';
import { Icon } from '../../../ui/icons.tsx';
import { whyText } from './type-picker.tsx';
import type { Choices } from './use-choices.ts';

export function KindNote({
  instrumentId,
  choices,
  type,
}: {
  readonly instrumentId: string | null;
  readonly choices: Choices;
  readonly type: OrderType;
}): JSX.Element | null {
  const t = useText();
  const phase = useCore((state) => state.moment?.phase);
  const date = useSessionDate(instrumentId ?? '');
  const lacks = useLacks();
  const { reason, route, session, code } = choices;
  // Where the environment has no night, a contract that has one is not just closed: it is told why.
  const hasNight = choices.phase === 'closed' && instrumentId !== null && tradesAtNight(instrumentId);
  const lack = reason === 'SESSION' && hasNight ? nightLack(lacks) : null;
  if (reason !== null) {
    return (
      <p className="kind not" role="status" data-testid="ticket-kind-note">
        <Icon name="warn" size="sm" />
        {whyText(t, reason, { route, phase: choices.phase })}
        {lack && ` ${lack.reasonKo}`}
      </p>
    );
  }
  if (session === 'night' && date !== undefined) {
    const what = t('type.night', { type: t(`type.${type}`) });
    return (
      <p className="kind" data-testid="ticket-kind-note" title={t('ticket.code', { code: code ?? '' })}>
        {t('ticket.night', { date, what })}
      </p>
    );
  }
  if (session === 'after' && phase !== undefined) {
    const what = t('type.after', { type: t(`type.${type}`) });
    return (
      <p className="kind" data-testid="ticket-kind-note" title={t('ticket.code', { code: code ?? '' })}>
        {t('ticket.now', { phase: t(`phase.${phase}`), what })}
      </p>
    );
  }
  if (route === 'SOR') {
    return (
      <p className="kind" data-testid="ticket-kind-note">
        {t('route.SOR.hint')}
      </p>
    );
  }
  return null;
}
