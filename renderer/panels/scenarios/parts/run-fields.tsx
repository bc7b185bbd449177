/** Whole figures of a run: a seed, a number of seeds. */
import type { JSX } from 'react';
import { FigureField } from './fields.tsx';

export function Figure(props: {
  readonly label: string;
  readonly value: number;
  readonly least: number;
  readonly most: number;
  readonly onValue: (value: number) => void;
  readonly testId: string;
}): JSX.Element {
  const { least, most } = props;
  return (
    <FigureField
      bare
      field={{ name: '', kind: 'whole', min: least, max: most, optional: false, nullable: false, usual: undefined }}
      label={props.label}
      value={props.value}
      onValue={(value) => {
        if (typeof value === 'number') props.onValue(value);
      }}
      testId={props.testId}
    />
  );
}
