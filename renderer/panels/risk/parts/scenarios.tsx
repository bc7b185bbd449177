/** What the account would lose in each scenario, worst first; its name opens it. */
import type { JSX } from 'react';
import type { PortfolioReport, ScenarioEffect } from '#shared/domain/index.ts';
import { nameOf } from '../../../store/instruments.ts';
import { openScenario } from '../../../store/scenario-asked.ts';
import { useText } from '../../../text/index.ts';
import { percent, UNKNOWN } from '../../../ui/format.ts';
import { money, signedMoney } from '../../../ui/money.ts';
import { useReason } from './reason.ts';

const index = (pct: number | null): string => (pct === null ? UNKNOWN : percent(pct));
const tone = (value: number): string => (value > 0 ? 'u' : value < 0 ? 'd' : '');

function Row({ row }: { readonly row: ScenarioEffect }): JSX.Element {
  const t = useText();
  const reason = useReason();
  const { scenarioId, name, own, kospiPct, kosdaqPct, effect } = row;
  const worst = effect.known ? effect.value.holdings.find(({ changeKrw }) => changeKrw !== null) : undefined;
  return (
    <tr data-testid={`risk-scenario-${scenarioId}`}>
      <th scope="row">
        <button
          type="button"
          className="lnk"
          data-testid={`risk-open-${scenarioId}`}
          onClick={() => openScenario(scenarioId)}
        >
          {name}
        </button>
        {own && <span className="chip line">{t('risk.own')}</span>}
      </th>
      <td className="num r">{index(kospiPct)}</td>
      <td className="num r">{index(kosdaqPct)}</td>
      {effect.known ? (
        <>
          <td className={`num r ${tone(effect.value.changeKrw)}`}>{signedMoney(effect.value.changeKrw, 'KRW')}</td>
          <td className={`num r ${tone(effect.value.changeKrw)}`}>{percent(effect.value.changePct)}</td>
          <td>
            {worst && worst.changeKrw !== null
              ? t('risk.most', { name: nameOf(worst.id), amount: signedMoney(worst.changeKrw, 'KRW') })
              : UNKNOWN}
            {effect.value.unknownKrw > 0 && (
              <span className="l"> {t('risk.unknownPart', { amount: money(effect.value.unknownKrw, 'KRW') })}</span>
            )}
          </td>
        </>
      ) : (
        <td colSpan={3} className="l">
          {reason(effect)}
        </td>
      )}
    </tr>
  );
}

export function Scenarios({ scenarios, priceless }: Pick<PortfolioReport, 'scenarios' | 'priceless'>): JSX.Element {
  const t = useText();
  return (
    <section aria-label={t('risk.scenarios')}>
      <h3>{t('risk.scenarios')}</h3>
      <div className="rk-scroll" tabIndex={0} role="group" aria-label={t('risk.scenarios')}>
        <table data-testid="risk-scenarios">
          <thead>
            <tr>
              <th scope="col">{t('risk.scenario')}</th>
              <th scope="col" className="r">
                {t('market.KOSPI')}
              </th>
              <th scope="col" className="r">
                {t('market.KOSDAQ')}
              </th>
              <th scope="col" className="r">
                {t('risk.change')}
              </th>
              <th scope="col" className="r">
                {t('risk.changePct')}
              </th>
              <th scope="col">{t('risk.where')}</th>
            </tr>
          </thead>
          <tbody>
            {scenarios.map((row) => (
              <Row key={row.scenarioId} row={row} />
            ))}
          </tbody>
        </table>
      </div>
      <p className="l">{t('risk.scenariosHow', { priceless })}</p>
    </section>
  );
}
