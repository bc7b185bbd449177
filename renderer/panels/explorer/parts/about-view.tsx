/** What is known of an API beyond its form: paging, TR ids, notes of the sources, and what it answers. */
import type { JSX } from 'react';
import type { ApiColumn, ApiDetail, ApiRow } from '#shared/contract/index.ts';
import { useText } from '../../../text/index.ts';
import { UNKNOWN } from '../../../ui/format.ts';

function codesText({ codes }: ApiColumn): string {
  return codes.map(({ code, name }) => `${code} ${name}`).join(' · ');
}

function Columns({ title, columns }: { readonly title: string; readonly columns: readonly ApiColumn[] }): JSX.Element {
  const t = useText();
  return (
    <>
      <h4>{title}</h4>
      <table className="lgrid">
        <thead>
          <tr>
            <th>{t('explorer.about.name')}</th>
            <th>{t('explorer.about.label')}</th>
            <th>{t('explorer.about.codes')}</th>
          </tr>
        </thead>
        <tbody>
          {columns.map((column) => (
            <tr key={column.name}>
              <td className="mono">{column.name}</td>
              <td>{column.label}</td>
              <td>{codesText(column)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

export function AboutView({ row, detail }: { readonly row: ApiRow; readonly detail: ApiDetail }): JSX.Element {
  const t = useText();
  const { paging, trRules, notes, portalId } = detail;
  return (
    <div className="about" data-testid="explorer-about">
      <ul>
        <li>{t(row.paper ? 'explorer.about.paper' : 'explorer.about.noPaper')}</li>
        <li>
          {t(`explorer.about.paging.${paging.kind}`)} {paging.how ?? ''}
        </li>
        {row.no !== null && (
          <li className="num">{t('explorer.about.no', { no: row.no, portal: portalId ?? UNKNOWN })}</li>
        )}
        {row.no === null && <li>{t('explorer.about.unlisted')}</li>}
        {trRules.map(({ when, real, paper }) => (
          <li key={when}>
            {when}: {t('explorer.tr.real')} {real ?? UNKNOWN} · {t('explorer.tr.paper')} {paper ?? UNKNOWN}
          </li>
        ))}
        {notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
      {detail.blocks.map(({ name, columns }) => (
        <Columns key={name} title={name} columns={columns} />
      ))}
      {detail.channel && <Columns title={t('explorer.about.columns')} columns={detail.channel.columns} />}
    </div>
  );
}
