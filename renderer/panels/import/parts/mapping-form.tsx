/** Asks once which column holds what. */
import type { JSX } from 'react';
import type { CsvMapping, CsvPreview } from '#shared/contract/index.ts';
import { useText } from '../../../text/index.ts';
import { Select, TextField } from '../../../ui/controls.tsx';
import { REQUIRED } from './mapping.ts';

const PREVIEW_ROWS = 5;

export function MappingForm(props: {
  readonly preview: CsvPreview;
  readonly mapping: CsvMapping;
  readonly onChange: (mapping: CsvMapping) => void;
}): JSX.Element {
  const t = useText();
  const { preview, mapping, onChange } = props;
  const none = { value: '', label: t('mapping.none') };
  const columns = [none, ...preview.header.map((name) => ({ value: name, label: name }))];
  return (
    <>
      <p>{t('mapping.intro')}</p>
      <div className="rejects">
        <table>
          <thead>
            <tr>
              {preview.header.map((name) => (
                <th key={name}>{name}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {preview.rows.slice(0, PREVIEW_ROWS).map((row, at) => (
              <tr key={at}>
                {row.map((cell, column) => (
                  <td key={column} className="num">
                    {cell}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className="map">
        {REQUIRED.map((name) => (
          <div className="row" key={name}>
            <span className="l">{t(`mapping.${name}`)}</span>
            <Select
              label={t(`mapping.${name}`)}
              value={mapping[name]}
              choices={columns}
              onChange={(column) => onChange({ ...mapping, [name]: column })}
              testId={`mapping-${name}`}
            />
          </div>
        ))}
        <div className="row">
          <span className="l">{t('mapping.value')}</span>
          <Select
            label={t('mapping.value')}
            value={mapping.value ?? ''}
            choices={columns}
            onChange={(column) => onChange({ ...mapping, value: column === '' ? null : column })}
            testId="mapping-value"
          />
        </div>
        <div className="row">
          <span className="l">{t('mapping.codeColumn')}</span>
          <Select
            label={t('mapping.codeColumn')}
            value={mapping.codeColumn ?? ''}
            choices={[{ value: '', label: t('mapping.oneIssue') }, ...columns.slice(1)]}
            onChange={(column) =>
              onChange({
                ...mapping,
                codeColumn: column === '' ? null : column,
                code: column === '' ? (mapping.code ?? '') : null,
              })
            }
            testId="mapping-code-column"
          />
        </div>
        {mapping.codeColumn === null && (
          <div className="row">
            <span className="l">{t('mapping.code')}</span>
            <TextField
              label={t('mapping.code')}
              text={mapping.code ?? ''}
              maxLength={6}
              placeholder="005930"
              onText={(code) => onChange({ ...mapping, code: code.trim().toUpperCase() })}
              testId="mapping-code"
            />
          </div>
        )}
      </div>
    </>
  );
}
