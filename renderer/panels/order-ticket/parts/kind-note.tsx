/** One line under the type: as what it goes out now where that is not plain, or why it cannot. */
import type { JSX } from 'react';
import type { OrderType } from '#shared/domain/index.ts';
import { useCore } from '../../../store/core.ts';
import { useText } from '../../../text/index.ts';
import { Icon } from '../../../ui/icons.tsx';
import { whyText } from './type-picker.tsx';
import type { Choices } from './use-choices.ts';

export function KindNote({
  choices,
  type,
}: {
  readonly choices: Choices;
  readonly type: OrderType;
}): JSX.Element | null {
  const t = useText();
  const phase = useCore((state) => state.moment?.phase);
  const { reason, route, session, code } = choices;
  const what = t('type.after', { type: t(`type.${type}`) });
  if (reason !== null) {
    return (
      <p className="kind not" role="status" data-testid="ticket-kind-note">
        <Icon name="warn" size="sm" />
        {whyText(t, reason, { route, phase: choices.phase })}
      </p>
    );
  }
  if (session === 'after' && phase !== undefined) {
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
