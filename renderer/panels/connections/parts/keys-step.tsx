/** The keys: typed one by one, taken from a kis_devlp.yaml, or from the line of the offline KIS. */
import type { JSX, RefObject } from 'react';
import { readEmulatorLine } from '../../../client/connections.ts';
import { useKis } from '../../../store/kis.ts';
import { type TextKey, useText } from '../../../text/index.ts';
import { Segment, TextField } from '../../../ui/controls.tsx';
import { putSecret, SecretField } from '../../../ui/secret-field.tsx';
import { type Entry, withEmulatorLine } from './entry.ts';
import { PasteBox } from './paste-box.tsx';

const NAMES = {
  account: 'wizard.account',
  htsId: 'wizard.htsId',
  restUrl: 'wizard.restUrl',
  wsUrl: 'wizard.wsUrl',
  issuedOn: 'wizard.issuedOn',
  label: 'wizard.label',
} as const satisfies Readonly<Record<string, TextKey>>;

/** How the keys come in. */
export type KeysWay = 'type' | 'yaml';

export interface KeysStepProps {
  readonly entry: Entry;
  readonly onEntry: (entry: Entry) => void;
  readonly way: KeysWay;
  readonly onWay: (way: KeysWay) => void;
  readonly appKey: RefObject<HTMLInputElement | null>;
  readonly appSecret: RefObject<HTMLInputElement | null>;
  readonly busy: boolean;
  readonly problem: TextKey | null;
  readonly onProblem: (problem: TextKey | null) => void;
  readonly onYaml: (text: string) => void;
  readonly onSave: () => void;
}

function Field(props: {
  readonly name: TextKey;
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly testId: string;
  readonly placeholder?: string;
  readonly invalid?: boolean;
  readonly hint?: string;
}): JSX.Element {
  const t = useText();
  return (
    <>
      <div className="row">
        <span className="l">{t(props.name)}</span>
        <TextField
          label={t(props.name)}
          text={props.text}
          onText={props.onText}
          testId={props.testId}
          invalid={props.invalid ?? false}
          {...(props.placeholder === undefined ? {} : { placeholder: props.placeholder })}
        />
      </div>
      {props.hint !== undefined && <p className="note in">{props.hint}</p>}
    </>
  );
}

function Typed(props: KeysStepProps): JSX.Element {
  const t = useText();
  const { entry, onEntry, problem } = props;
  const set = (change: Partial<Entry>): void => onEntry({ ...entry, ...change });
  const paste = (text: string): void => {
    const line = readEmulatorLine(text);
    props.onProblem(line ? null : 'wizard.badLine');
    if (!line) return;
    onEntry(withEmulatorLine(entry, line));
    putSecret(props.appKey, line.appKey);
    putSecret(props.appSecret, line.appSecret);
  };
  const emulator = entry.endpoint === 'emulator';
  return (
    <>
      {emulator && (
        <PasteBox
          label={t('wizard.emulatorLine')}
          hint={t('wizard.emulatorHint')}
          testId="wizard-emulator-line"
          onText={paste}
        />
      )}
      <Field
        name={NAMES.account}
        text={entry.account}
        onText={(account) => set({ account })}
        testId="wizard-account"
        placeholder="12345678-01"
        invalid={problem === 'wizard.badAccount' || problem === 'wizard.needAccount'}
        hint={t('wizard.accountHint')}
      />
      <div className="row">
        <span className="l">{t('wizard.appKey')}</span>
        <SecretField
          label={t('wizard.appKey')}
          inputRef={props.appKey}
          testId="wizard-app-key"
          invalid={problem === 'wizard.needKey'}
          countText={(length) => t('wizard.count', { length, usual: 36 })}
          onEnter={props.onSave}
        />
      </div>
      <div className="row">
        <span className="l">{t('wizard.appSecret')}</span>
        <SecretField
          label={t('wizard.appSecret')}
          inputRef={props.appSecret}
          testId="wizard-app-secret"
          invalid={problem === 'wizard.needSecret'}
          countText={(length) => t('wizard.count', { length, usual: 180 })}
          onEnter={props.onSave}
        />
      </div>
      <p className="note in">{t('wizard.secretHint')}</p>
      <Field
        name={NAMES.htsId}
        text={entry.htsId}
        onText={(htsId) => set({ htsId })}
        testId="wizard-hts"
        hint={t('wizard.htsHint')}
      />
      {emulator ? (
        <>
          <Field
            name={NAMES.restUrl}
            text={entry.restUrl}
            onText={(restUrl) => set({ restUrl })}
            testId="wizard-rest"
            placeholder="http://127.0.0.1:8700"
            invalid={problem === 'wizard.needUrl'}
          />
          <Field
            name={NAMES.wsUrl}
            text={entry.wsUrl}
            onText={(wsUrl) => set({ wsUrl })}
            testId="wizard-ws"
            placeholder="ws://127.0.0.1:8701"
            invalid={problem === 'wizard.needUrl'}
          />
        </>
      ) : (
        <Field
          name={NAMES.issuedOn}
          text={entry.issuedOn}
          onText={(issuedOn) => set({ issuedOn })}
          testId="wizard-issued"
          placeholder="2026-11-26"
          invalid={problem === 'wizard.badDate'}
          hint={t('wizard.issuedHint')}
        />
      )}
      <Field
        name={NAMES.label}
        text={entry.label}
        onText={(label) => set({ label })}
        testId="wizard-label"
        placeholder={t('wizard.labelHint')}
      />
    </>
  );
}

export function KeysStep(props: KeysStepProps): JSX.Element {
  const t = useText();
  const keychain = useKis((state) => state.keychain);
  const { way } = props;
  return (
    <div className="wz" data-testid="wizard-keys">
      {props.entry.endpoint === 'official' && (
        <Segment
          label={t('wizard.way')}
          choices={[
            { value: 'type', label: t('wizard.wayType') },
            { value: 'yaml', label: t('wizard.wayYaml') },
          ]}
          value={way}
          onChange={props.onWay}
          testId="wizard-way"
        />
      )}
      {way === 'yaml' && props.entry.endpoint === 'official' ? (
        <PasteBox
          label={t('wizard.yaml')}
          hint={t('wizard.yamlHint')}
          testId="wizard-yaml"
          files=".yaml,.yml,.txt"
          busy={props.busy}
          onText={props.onYaml}
        />
      ) : (
        <Typed {...props} />
      )}
      <p className="calm" role="note" data-testid="wizard-kept">
        {keychain === null
          ? t('wizard.keptUnknown')
          : keychain.available
            ? t('wizard.keptKeychain')
            : t('wizard.keptMemory', { why: keychain.reasonKo ?? '' })}
      </p>
    </div>
  );
}
