/** One row across the work area: what holds, why, and what to do. */
import type { JSX, ReactNode } from 'react';
import { Icon, type IconName } from '../ui/icons.tsx';

export function Banner(props: {
  readonly icon: IconName;
  readonly tone?: 'crit' | 'mid';
  readonly title: string;
  readonly body: string;
  readonly testId: string;
  readonly children?: ReactNode;
}): JSX.Element {
  return (
    <div className={`banner ${props.tone ?? ''}`} role="alert" data-testid={props.testId}>
      <Icon name={props.icon} />
      <b>{props.title}</b>
      <span className="el" title={props.body}>
        {props.body}
      </span>
      <span className="sp" />
      {props.children}
    </div>
  );
}
