/** What came in, and every row that did not, with its reason. */
import type { JSX } from 'react';
import type { ImportReport } from '#shared/contract/index.ts';
import { useText } from '../../../text/index.ts';
import { number, UNKNOWN } from '../../../ui/format.ts';
import { Icon } from '../../../ui/icons.tsx';

export function Report({ report }: { readonly report: ImportReport }): JSX.Element {
  const t = useText();
  return (
    <div role="status" data-testid="import-report" className="report">
      <p>
        <b>{t('import.done', { rows: number(report.rows) })}</b>
      </p>
      <div className="kvl">
        <span className="l">{t('import.instruments')}</span>
        <b className="num" data-testid="import-instruments">
          {number(report.instruments)}
        </b>
        <span className="l">{t('import.days')}</span>
        <b className="num" data-testid="import-days">
          {number(report.days)}
        </b>
        <span className="l">{t('import.range')}</span>
        <b className="num">
          {report.from ?? UNKNOWN} ~ {report.to ?? UNKNOWN}
        </b>
        <span className="l">{t('import.took')}</span>
        <b className="num">{t('unit.seconds', { seconds: (report.ms / 1_000).toFixed(1) })}</b>
      </div>
      {report.rejectedRows > 0 && (
        <>
          <p className="midc" data-testid="import-rejected">
            <Icon name="warn" size="sm" /> {t('import.rejected', { count: number(report.rejectedRows) })}
          </p>
          <div className="rejects" tabIndex={0}>
            <table>
              <thead>
                <tr>
                  <th>{t('import.file')}</th>
                  <th>{t('import.line')}</th>
                  <th>{t('import.reason')}</th>
                </tr>
              </thead>
              <tbody>
                {report.rejected.map((row) => (
                  <tr key={`${row.file}:${row.line}`}>
                    <td>{row.file}</td>
                    <td className="num">{number(row.line)}</td>
                    <td>{row.reason}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          {report.rejectedRows > report.rejected.length && (
            <p className="l">{t('import.rejectedCut', { count: number(report.rejected.length) })}</p>
          )}
        </>
      )}
    </div>
  );
}
