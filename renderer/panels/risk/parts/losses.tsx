/** Losses to expect: value at risk and expected shortfall by method, level and horizon; a figure that is not known says why. */
import type { JSX } from 'react';
import type { PortfolioReport } from '#shared/domain/index.ts';
import { HORIZONS, LEVELS, METHODS } from '#shared/threats/risk/index.ts';
import { useText } from '../../../text/index.ts';
import { number, UNKNOWN } from '../../../ui/format.ts';
import { money } from '../../../ui/money.ts';
import { useReason } from './reason.ts';

export function Losses({ losses }: Pick<PortfolioReport, 'losses'>): JSX.Element {
  const t = useText();
  const reason = useReason();
  const why = new Set(losses.flatMap(({ figure }) => (figure.known ? [] : [reason(figure)])));
  return (
    <section aria-label={t('risk.losses')}>
      <h3>{t('risk.losses')}</h3>
      <div className="rk-scroll" tabIndex={0} role="group" aria-label={t('risk.losses')}>
        <table data-testid="risk-losses">
          <thead>
            <tr>
              <th scope="col">{t('risk.method')}</th>
              <th scope="col" className="r">
                {t('risk.level')}
              </th>
              {HORIZONS.flatMap((days) =>
                (['var', 'es'] as const).map((of) => (
                  <th key={`${days} ${of}`} scope="col" className="r">
                    {t(`risk.${of}`, { days })}
                  </th>
                )),
              )}
              <th scope="col" className="r">
                {t('risk.spans')}
              </th>
            </tr>
          </thead>
          <tbody>
            {METHODS.flatMap((method) =>
              LEVELS.map((level) => {
                const figures = HORIZONS.map((horizon) =>
                  losses.find((each) => each.method === method && each.level === level && each.horizon === horizon),
                );
                const first = figures[0]?.figure;
                return (
                  <tr key={`${method} ${level}`} data-testid={`risk-${method}-${level * 100}`}>
                    <th scope="row">{t(`risk.method.${method}`)}</th>
                    <td className="num r">{`${level * 100}%`}</td>
                    {figures.flatMap((each, at) =>
                      (['varKrw', 'esKrw'] as const).map((of) => (
                        <td key={`${at} ${of}`} className="num r">
                          {each?.figure.known ? money(Math.round(each.figure.value[of]), 'KRW') : UNKNOWN}
                        </td>
                      )),
                    )}
                    <td className="num r">{first?.known ? number(first.value.spans) : UNKNOWN}</td>
                  </tr>
                );
              }),
            )}
          </tbody>
        </table>
      </div>
      {[...why].map((sentence) => (
        <p key={sentence} className="l" data-testid="risk-losses-why">
          {sentence}
        </p>
      ))}
      <p className="l">{t('risk.lossesHow')}</p>
    </section>
  );
}
