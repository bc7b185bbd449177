/** The fields of a call with their names, their codes and what they begin with. */
import type { JSX } from 'react';
import { useId } from 'react';
import type { ApiDetail, ApiField } from '#shared/contract/index.ts';
import { type Translate, useText } from '../../../text/index.ts';
import { TextField } from '../../../ui/controls.tsx';
import { Icon } from '../../../ui/icons.tsx';
import { type, useExplorer, valuesOf } from '../slice.ts';

/** Codes that can be chosen; one with a colon stands for a family that has to be typed. */
function choicesOf(field: ApiField, value: string, t: Translate): readonly { value: string; label: string }[] | null {
  const { codes, blank, required } = field;
  if (codes.length < 2 || codes.some(({ code }) => code.includes(':'))) return null;
  const known = codes.map(({ code, name }) => ({ value: code, label: code === '' ? name : `${code} ${name}` }));
  const empty = (blank || !required) && !codes.some(({ code }) => code === '');
  const strange = value !== '' && !codes.some(({ code }) => code === value);
  return [
    ...(empty ? [{ value: '', label: t('explorer.empty') }] : []),
    ...known,
    ...(strange ? [{ value, label: value }] : []),
  ];
}

/** What there is to say about a field beside its name. */
function hintOf(field: ApiField, value: string, t: Translate): string {
  if (value === '' && field.required && !field.blank) return t('explorer.mayRefuse');
  const codes = field.codes.length === 1 ? `${field.codes[0]?.code ?? ''} ${field.codes[0]?.name ?? ''}` : '';
  return [codes, field.note ?? ''].filter((text) => text !== '').join(' · ');
}

function FieldRow({
  id,
  field,
  value,
  onEnter,
}: {
  readonly id: string;
  readonly field: ApiField;
  readonly value: string;
  readonly onEnter: () => void;
}): JSX.Element {
  const t = useText();
  const hintId = useId();
  const choices = choicesOf(field, value, t);
  const hint = hintOf(field, value, t);
  const put = (text: string): void => type(id, field.name, text);
  const testId = `field-${field.name}`;
  return (
    <div className="afield">
      <span className="l">
        {field.label}
        {field.required && !field.blank && <b aria-hidden="true">*</b>}
        <code>{field.name}</code>
      </span>
      {choices ? (
        <span className="field sel">
          <select
            aria-label={field.label}
            aria-describedby={hint === '' ? undefined : hintId}
            value={value}
            data-testid={testId}
            onChange={(event) => put(event.target.value)}
          >
            {choices.map((choice) => (
              <option key={choice.value} value={choice.value}>
                {choice.label}
              </option>
            ))}
          </select>
          <Icon name="down" size="sm" />
        </span>
      ) : (
        <TextField
          label={field.label}
          text={value}
          onText={put}
          onEnter={onEnter}
          maxLength={Math.max(field.maxLen ?? 400, value.length)}
          testId={testId}
        />
      )}
      {hint !== '' && (
        <small id={hintId} title={hint} className={value === '' && field.required && !field.blank ? 'midc' : ''}>
          {hint}
        </small>
      )}
    </div>
  );
}

/** Fields that nobody types: those of the account and those of paging. */
function Filled({ fields }: { readonly fields: readonly ApiField[] }): JSX.Element | null {
  const t = useText();
  const account = fields.filter(({ fill }) => fill === 'account');
  const page = fields.filter(({ fill }) => fill === 'page');
  if (account.length + page.length === 0) return null;
  return (
    <p className="note" data-testid="explorer-filled">
      {account.length > 0 && t('explorer.filled.account', { names: account.map(({ label }) => label).join(', ') })}{' '}
      {page.length > 0 && t('explorer.filled.page')}
    </p>
  );
}

export function ApiForm({
  detail,
  onEnter,
}: {
  readonly detail: ApiDetail;
  readonly onEnter: () => void;
}): JSX.Element {
  const t = useText();
  const typed = useExplorer((state) => state.typed[detail.id]);
  const values = valuesOf(detail, typed);
  const fields = detail.fields.filter(({ fill }) => fill === 'user');
  return (
    <section className="api-form" aria-label={t('explorer.form')} data-testid="explorer-form">
      {fields.length === 0 && <p className="note">{t('explorer.noFields')}</p>}
      <div className="afields">
        {fields.map((field) => (
          <FieldRow key={field.name} id={detail.id} field={field} value={values[field.name] ?? ''} onEnter={onEnter} />
        ))}
      </div>
      <Filled fields={detail.fields} />
    </section>
  );
}
