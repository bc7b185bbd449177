/** Chooses an issue of the scenario; another one is taken into its market at once. */
import { type JSX, useState } from 'react';
import { codeOf, type ScenarioDocument, foreignExchangeOf } from '#shared/domain/index.ts';
import { useText } from '../../../text/index.ts';
import { IconButton, Select } from '../../../ui/controls.tsx';
import { IssueSearch } from '../../../ui/issue-search.tsx';
import { Row } from './fields.tsx';
import { issueName } from './words.ts';

/** Finds an issue of KRX; others have no place in a scenario. */
export function FindIssue(props: {
  readonly label: string;
  readonly onCode: (code: string) => void;
  readonly testId: string;
  readonly autoFocus?: boolean;
  readonly onLeave?: () => void;
}): JSX.Element {
  const { onCode } = props;
  return (
    <IssueSearch
      label={props.label}
      placeholder={props.label}
      listed
      testId={props.testId}
      optionTestId={props.testId}
      {...(props.autoFocus === undefined ? {} : { autoFocus: props.autoFocus })}
      {...(props.onLeave ? { onLeave: props.onLeave } : {})}
      onChoose={({ id }) => {
        if (foreignExchangeOf(id) === null) onCode(codeOf(id));
      }}
    />
  );
}

export function IssueField(props: {
  readonly label: string;
  readonly document: ScenarioDocument;
  readonly value: string;
  readonly onCode: (code: string) => void;
  readonly testId: string;
  readonly disabled?: boolean | undefined;
  /** Choices beyond the issues, before them. */
  readonly more?: readonly { readonly value: string; readonly label: string }[];
}): JSX.Element {
  const t = useText();
  const [finding, setFinding] = useState(false);
  const { document, value, more = [] } = props;
  const { issues } = document.market;
  const known = issues.includes(value) || more.some((choice) => choice.value === value);
  return (
    <Row label={props.label}>
      {finding ? (
        <FindIssue
          label={t('scen.findIssue')}
          autoFocus
          testId={`${props.testId}-find`}
          onLeave={() => setFinding(false)}
          onCode={(code) => {
            setFinding(false);
            props.onCode(code);
          }}
        />
      ) : (
        <span className="sc-pair">
          <Select
            label={props.label}
            value={value}
            choices={[
              ...more,
              ...(known ? [] : [{ value, label: value }]),
              ...issues.map((code) => ({ value: code, label: `${issueName(code)} ${code}` })),
            ]}
            disabled={props.disabled ?? false}
            onChange={props.onCode}
            testId={props.testId}
          />
          <IconButton
            icon="search"
            label={t('scen.findIssue')}
            size="sm"
            disabled={props.disabled ?? false}
            onClick={() => setFinding(true)}
            testId={`${props.testId}-other`}
          />
        </span>
      )}
    </Row>
  );
}
