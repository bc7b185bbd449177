/** What stands against orders because of a threat, said where an order is written: what is refused, why, and until when. */
import type { JSX } from 'react';
import type { Protection, Side } from '#shared/domain/index.ts';
import { standsOn, useThreats } from '../store/threats.ts';
import { useView } from '../store/view.ts';
import { useText } from '../text/index.ts';
import { countdown } from './format.ts';
import { Icon } from './icons.tsx';
import { browserClock } from './platform.ts';
import { useTicking } from './ticking.ts';

/** Time left by the wall clock; what does not end by time says so. */
export function ProtectionLeft({ untilTs }: { readonly untilTs: number | null }): JSX.Element {
  const t = useText();
  useTicking(untilTs !== null);
  return (
    <b className="num">
      {untilTs === null
        ? t('threats.untilOver')
        : t('threats.left', { left: countdown(Math.max(0, untilTs - browserClock.now())) })}
    </b>
  );
}

/** One line for each; `click`: what is pressed in the ladder is paused too, and that is said. */
export function ProtectionNotes(props: {
  readonly protections: readonly Protection[];
  readonly click?: boolean;
  readonly testId: string;
}): JSX.Element | null {
  const t = useText();
  const ko = useView((state) => state.language === 'ko');
  if (props.protections.length === 0) return null;
  return (
    <div className="prot" data-testid={props.testId}>
      {props.protections.map(({ protectionId, kind, untilTs, whyKo, whyEn }) => {
        const says = `${t(props.click ? 'threats.clickPaused' : `threats.stops.${kind}`)} ${ko ? whyKo : whyEn}`;
        return (
          <div key={protectionId}>
            <p className="h">
              <Icon name="shield" size="sm" />
              <b>{t(`threats.protection.${kind}`)}</b>
              <span className="sp" />
              <ProtectionLeft untilTs={untilTs} />
            </p>
            {/* The words are told once; the time beside them would be told twice a second. */}
            <p className="says" role="status" title={says}>
              {says}
            </p>
          </div>
        );
      })}
    </div>
  );
}

/** What stands against the order being written; what stops only purchases, or only automated orders, says nothing of others. */
export function StandingProtections(props: {
  readonly accountId: string | null;
  readonly instrumentId: string;
  readonly side: Side;
  /** true: Maru would send it, or a part of it, by itself. */
  readonly automated: boolean;
}): JSX.Element | null {
  const all = useThreats((state) => state.protections);
  const { accountId, instrumentId, side, automated } = props;
  const standing = all.filter(
    (each) =>
      standsOn(each, accountId, instrumentId) &&
      !(each.kind === 'freeze' && !automated) &&
      !(each.buysOnly && side === 'sell'),
  );
  return <ProtectionNotes protections={standing} testId="ticket-protections" />;
}
