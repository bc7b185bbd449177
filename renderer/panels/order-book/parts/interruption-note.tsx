/** What holds up the issue: a banner while orders are still taken, a veil over the ladder while nothing is. */
import type { JSX } from 'react';
import type { Interruption } from '#shared/domain/index.ts';
import { type TextKey, useText } from '../../../text/index.ts';
import { countdown, number, percent, time } from '../../../ui/format.ts';
import { Icon } from '../../../ui/icons.tsx';

const isVi = (kind: Interruption['kind']): boolean => kind === 'viStatic' || kind === 'viDynamic';

/** Name of an interruption with its level. */
function useTitle(interruption: Interruption): string {
  const t = useText();
  return t(`halt.${interruption.kind}`, { level: interruption.level ?? '' });
}

/** A VI, a reopening auction or an extension: kind, prices, and how long it still lasts. */
export function InterruptionBanner({
  interruption,
  now,
}: {
  readonly interruption: Interruption;
  readonly now: number;
}): JSX.Element {
  const t = useText();
  const title = useTitle(interruption);
  const { kind, reference, price, untilTs } = interruption;
  const up = reference !== null && price !== null && price > reference;
  const tone = up ? 'u' : 'd';
  const body: TextKey = kind === 'extension' ? 'halt.extensionBody' : 'halt.reopeningBody';
  return (
    <div className="intr" role="status" data-testid="book-interruption" data-kind={kind}>
      <div className="l1">
        <Icon name="warn" />
        <b>{title}</b>
        {isVi(kind) && reference !== null && <i className={`tri ${tone}`} />}
        <span className="sp" />
        {untilTs !== null && untilTs > now && (
          <b className="num">{t('book.auctionLeft', { left: countdown(untilTs - now) })}</b>
        )}
      </div>
      <div className="l2">
        <span className="el num">
          {isVi(kind) && reference !== null && price !== null
            ? t('halt.viBody', {
                reference: number(reference),
                price: number(price),
                percent: percent(((price - reference) * 100) / reference),
              })
            : interruption.note || t(body)}
        </span>
        <span className="sp" />
        {untilTs !== null && (
          <span className="l num" title={t('book.randomHint')}>
            {time(untilTs)} {t('book.random')} <span className="hid-s">{t('book.randomWord')}</span>
          </span>
        )}
      </div>
    </div>
  );
}

/** Trading has stopped: why, and until when. */
export function HaltVeil({
  interruption,
  now,
}: {
  readonly interruption: Interruption | null;
  readonly now: number;
}): JSX.Element {
  const t = useText();
  const kind = interruption?.kind ?? 'halt';
  const breaker = kind === 'circuitBreaker';
  const last = breaker && interruption?.level === 3;
  const untilTs = interruption?.untilTs ?? null;
  const why: TextKey = last ? 'halt.breakerLast' : breaker ? 'halt.breakerBody' : 'halt.haltBody';
  return (
    <div className="veil halted" role="status" data-testid="book-halted" data-kind={kind}>
      <div className="box">
        <h4>
          <Icon name="stop" />
          {t(`halt.${kind}`, { level: interruption?.level ?? '' })}
        </h4>
        <p>{interruption?.note ? interruption.note : t(why)}</p>
        {!last && (
          <p className="num" data-testid="book-halt-ends">
            {untilTs === null
              ? t('halt.endsUnknown')
              : t('halt.ends', { time: time(untilTs), left: countdown(Math.max(0, untilTs - now)) })}
          </p>
        )}
        {!last && <p>{t('halt.cancelOnly')}</p>}
      </div>
    </div>
  );
}
