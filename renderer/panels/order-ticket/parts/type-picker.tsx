/** All order types and times in force: those not taken now stay in sight, struck out, with the reason. */
import type { JSX } from 'react';
import type { OrderSession, OrderType, Route, TimeInForce } from '#shared/domain/index.ts';
import type { KindReason } from '#shared/market/index.ts';
import type { Phase } from '#shared/time/index.ts';
import { kindLack, typeLack, useLacks } from '../../../client/lacks.ts';
import type { Offer } from '../../../client/order-choices.ts';
import { type TextKey, type Translate, useText } from '../../../text/index.ts';
import { MenuButton, MenuItem, Segment } from '../../../ui/controls.tsx';
import { Icon } from '../../../ui/icons.tsx';

const WHY: Readonly<Record<KindReason, TextKey>> = {
  SESSION: 'why.SESSION',
  TYPE: 'why.TYPE',
  HALTED: 'why.HALTED',
  MARKET_HALTED: 'why.MARKET_HALTED',
  VENUE_TYPE: 'why.VENUE_TYPE',
  NOT_ON_NXT: 'why.NOT_ON_NXT',
  NO_ETP: 'why.NO_ETP',
  TYPE_HOURS: 'why.TYPE_HOURS',
  CONDITIONAL_LIMIT: 'why.CONDITIONAL_LIMIT',
  SINGLE_PRICE: 'why.SINGLE_PRICE',
  NO_QUOTE: 'why.NO_QUOTE',
  BEST_SAME_NOW: 'why.BEST_SAME_NOW',
  MARKET_BANNED: 'why.MARKET_BANNED',
  NO_REFERENCE: 'why.NO_REFERENCE',
};

/** Why a kind is not taken, in a few words. */
export function whyText(
  t: Translate,
  reason: KindReason,
  of: { readonly route: Route; readonly phase: Phase },
): string {
  return t(WHY[reason], { route: t(`route.${of.route}`), phase: t(`phase.${of.phase}`) });
}

/** Name of a type on the market it is meant for. */
export function typeName(t: Translate, offer: { readonly value: OrderType; readonly session: OrderSession }): string {
  const type = t(`type.${offer.value}`);
  return offer.session === 'regular' ? type : t(`type.${offer.session}`, { type });
}

/** Types whose words say when they are taken. */
const HOURS: ReadonlySet<OrderType> = new Set(['preClose', 'postClose', 'offHours']);

export function TypePicker(props: {
  readonly types: readonly Offer<OrderType>[];
  readonly value: OrderType;
  readonly code: string | null;
  readonly reason: KindReason | null;
  readonly route: Route;
  /** Of the issue on the venue that the order goes to. */
  readonly phase: Phase;
  readonly onType: (type: OrderType) => void;
}): JSX.Element {
  const t = useText();
  const lacks = useLacks();
  const { value, code, reason } = props;
  return (
    <MenuButton
      className={reason === null ? 'field pick-b' : 'field pick-b not'}
      label={t('ticket.type')}
      spoken
      testId="ticket-type"
      face={
        <>
          <span className="el">{t(`type.${value}`)}</span>
          <span className="code num">{code}</span>
          <span className="sp" />
          <Icon name="down" size="sm" />
        </>
      }
    >
      {(close) => (
        <div className="types">
          {props.types
            .map((offer) => ({ offer, lack: typeLack(lacks, offer.value) }))
            .map(({ offer, lack }) => (
              <MenuItem
                key={offer.value}
                checked={offer.value === value}
                disabled={offer.reason !== null || lack !== null}
                testId={`ticket-type-${offer.value}`}
                title={t(`type.${offer.value}.hint`)}
                onClick={() => {
                  props.onType(offer.value);
                  close();
                }}
              >
                <span className="ty">
                  <span className="n">
                    {typeName(t, offer)} <span className="code num">{offer.code}</span>
                  </span>
                  <span className="w">
                    {lack !== null
                      ? lack.reasonKo
                      : offer.reason === null
                        ? t(`type.${offer.value}.hint`)
                        : `${whyText(t, offer.reason, props)}${HOURS.has(offer.value) && offer.reason === 'TYPE_HOURS' ? ` · ${t(`type.${offer.value}.hint`)}` : ''}`}
                  </span>
                </span>
              </MenuItem>
            ))}
        </div>
      )}
    </MenuButton>
  );
}

export function TimePicker(props: {
  readonly times: readonly Offer<TimeInForce>[];
  readonly type: OrderType;
  readonly value: TimeInForce;
  readonly route: Route;
  /** Of the issue on the venue that the order goes to. */
  readonly phase: Phase;
  readonly onTime: (time: TimeInForce) => void;
}): JSX.Element {
  const t = useText();
  const lacks = useLacks();
  return (
    <Segment
      label={t('ticket.time')}
      choices={props.times.map(({ value, code, reason, session }) => {
        const lack = kindLack(lacks, { type: props.type, timeInForce: value, session });
        const taken = `${t(`tif.${value}.hint`)} (${code ?? ''})`;
        return {
          value,
          label: t(`tif.${value}`),
          disabled: reason !== null || lack !== null,
          title: lack?.reasonKo ?? (reason === null ? taken : `${t(`tif.${value}`)}: ${whyText(t, reason, props)}`),
        };
      })}
      value={props.value}
      onChange={props.onTime}
      testId="ticket-tif"
    />
  );
}
