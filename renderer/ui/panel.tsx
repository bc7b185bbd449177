/** The frame of a panel and the states its content may be in. */
import type { JSX, ReactNode } from 'react';
import { Icon, type IconName } from './icons.tsx';

export interface Tab {
  readonly id: string;
  readonly label: string;
  /** Shown after the name; `hot` draws the eye. */
  readonly count?: number | null;
  readonly hot?: boolean;
}

/** A panel: a head of tabs, facts at its right, and a body. F6 walks the panels, so each can hold the focus. */
export function Panel(props: {
  readonly area: string;
  readonly tabs: readonly Tab[];
  readonly active: string;
  readonly onTab: (id: string) => void;
  readonly info?: ReactNode;
  readonly actions?: ReactNode;
  readonly strong?: boolean;
  readonly maximised?: boolean;
  readonly children: ReactNode;
}): JSX.Element {
  const label = props.tabs.find((tab) => tab.id === props.active)?.label ?? '';
  const className = ['panel', props.strong ? 'act' : '', props.maximised ? 'max' : ''].join(' ').trim();
  return (
    <section
      className={className}
      // Without an area of its own the panel is laid out against the whole work area.
      style={{ gridArea: props.maximised ? 'auto' : props.area }}
      aria-label={label}
      tabIndex={-1}
      data-panel={props.area}
      data-testid={`panel-${props.active}`}
    >
      <div className="phead">
        <div className="tabs" role="tablist">
          {props.tabs.map((tab) => (
            <button
              key={tab.id}
              type="button"
              role="tab"
              aria-selected={tab.id === props.active}
              className={tab.id === props.active ? 'tab on' : 'tab'}
              data-testid={`tab-${tab.id}`}
              onClick={() => props.onTab(tab.id)}
            >
              {tab.label}
              {tab.count !== undefined && tab.count !== null && (
                <span className={tab.hot ? 'ct hot' : 'ct'}>{tab.count}</span>
              )}
            </button>
          ))}
        </div>
        <div className="pinfo">{props.info}</div>
        {props.actions}
      </div>
      <div className="pbody">{props.children}</div>
    </section>
  );
}

/** Nothing here: what is empty, and what to do next. */
export function Empty(props: {
  readonly icon: IconName;
  readonly title: string;
  readonly body?: string;
  readonly children?: ReactNode;
  readonly testId?: string;
  readonly alert?: boolean;
}): JSX.Element {
  return (
    <div className="empty" role={props.alert ? 'alert' : 'status'} data-testid={props.testId}>
      <Icon name={props.icon} size="lg" />
      <b>{props.title}</b>
      {props.body && <span>{props.body}</span>}
      {props.children && <span className="row">{props.children}</span>}
    </div>
  );
}

/** Bars in the shape of the coming table; they appear only where loading takes longer than 0.3 s. */
export function Skeleton({ rows = 5 }: { readonly rows?: number }): JSX.Element {
  return (
    <div className="sk" aria-hidden="true">
      {Array.from({ length: rows }, (_, row) => (
        <span className="skr" key={row}>
          <i />
          <i />
          <i />
        </span>
      ))}
    </div>
  );
}
