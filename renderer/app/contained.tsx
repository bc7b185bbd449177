/** Keeps a failure where it happened: the rest of the screen, the kill button above all, goes on. */
import { Component, type ErrorInfo, type JSX, type ReactNode } from 'react';
import { useText } from '../text/index.ts';
import { Empty } from '../ui/panel.tsx';

function Failed({ detail, again }: { readonly detail: string; readonly again: () => void }): JSX.Element {
  const t = useText();
  return (
    <Empty icon="warn" title={t('failed.title')} body={detail} alert testId="panel-failed">
      <button type="button" className="btn" onClick={again}>
        {t('failed.again')}
      </button>
    </Empty>
  );
}

interface ContainedState {
  readonly error: Error | null;
}

export class Contained extends Component<{ readonly children: ReactNode }, ContainedState> {
  override state: ContainedState = { error: null };

  static getDerivedStateFromError(error: unknown): ContainedState {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override componentDidCatch(error: Error, info: ErrorInfo): void {
    reportError(new Error(`${error.message}${info.componentStack ?? ''}`, { cause: error }));
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (!error) return this.props.children;
    return <Failed detail={error.message} again={() => this.setState({ error: null })} />;
  }
}
