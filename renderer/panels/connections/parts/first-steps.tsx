/** The first two steps: what an API key is and where it comes from, and which of the doors it opens. */
import type { JSX } from 'react';
import { useText } from '../../../text/index.ts';
import { Segment } from '../../../ui/controls.tsx';
import { Icon } from '../../../ui/icons.tsx';
import type { Entry } from './entry.ts';

const WHAT = ['wizard.what1', 'wizard.what2', 'wizard.what3'] as const;
const WHERE = ['wizard.where1', 'wizard.where2', 'wizard.where3', 'wizard.where4', 'wizard.where5'] as const;
const CARE = ['wizard.care1', 'wizard.care2', 'wizard.care3'] as const;

export function WhatStep(): JSX.Element {
  const t = useText();
  return (
    <div className="wz" data-testid="wizard-what">
      <p className="lead">{t('wizard.lead')}</p>
      <p className="calm" role="note">
        <Icon name="flask" />
        {t('wizard.offline')}
      </p>
      <h4>{t('wizard.whatTitle')}</h4>
      <ul className="bul">
        {WHAT.map((key) => (
          <li key={key}>{t(key)}</li>
        ))}
      </ul>
      <h4>{t('wizard.whereTitle')}</h4>
      <ol className="num-list">
        {WHERE.map((key) => (
          <li key={key}>{t(key)}</li>
        ))}
      </ol>
      <h4>{t('wizard.careTitle')}</h4>
      <ul className="bul">
        {CARE.map((key) => (
          <li key={key}>{t(key)}</li>
        ))}
      </ul>
    </div>
  );
}

export function KindStep(props: { readonly entry: Entry; readonly onEntry: (entry: Entry) => void }): JSX.Element {
  const t = useText();
  const { entry, onEntry } = props;
  return (
    <div className="wz" data-testid="wizard-kind">
      <h4>{t('wizard.kindTitle')}</h4>
      <div className="cards" role="radiogroup" aria-label={t('wizard.kindTitle')}>
        {(['paper', 'real'] as const).map((kind) => (
          <button
            key={kind}
            type="button"
            role="radio"
            aria-checked={entry.kind === kind}
            className={`card e-${kind} ${entry.kind === kind ? 'on' : ''}`}
            data-testid={`wizard-kind-${kind}`}
            onClick={() => onEntry({ ...entry, kind })}
          >
            <Icon name={kind === 'paper' ? 'doc' : 'lock'} />
            <b>{t(`env.${kind}`)}</b>
            <span>{t(`wizard.kind.${kind}`)}</span>
          </button>
        ))}
      </div>
      <h4>{t('wizard.endpointTitle')}</h4>
      <Segment
        label={t('wizard.endpointTitle')}
        choices={[
          { value: 'official', label: t('conn.endpoint.official') },
          { value: 'emulator', label: t('conn.endpoint.emulator') },
        ]}
        value={entry.endpoint}
        onChange={(endpoint) => onEntry({ ...entry, endpoint })}
        testId="wizard-endpoint"
      />
      <p className="note">{t(`wizard.endpoint.${entry.endpoint}`)}</p>
    </div>
  );
}
