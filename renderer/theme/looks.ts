/** Carries the chosen looks to where the tokens read them, before any panel asks for a colour. */
import type { Environment } from '#shared/domain/index.ts';
import { useCore } from '../store/core.ts';
import { useView } from '../store/view.ts';

/** Names of environments in tokens.css. */
const ENV_ATTRIBUTE: Readonly<Record<Environment, string>> = {
  simulation: 'sim',
  live: 'live',
  paper: 'paper',
  real: 'real',
};

/** Sets the attributes of the page now and whenever a preference or the environment changes. */
export function followLooks(root: HTMLElement): void {
  const apply = (): void => {
    const { theme, upDown, language } = useView.getState();
    root.dataset['theme'] = theme;
    root.dataset['updown'] = upDown;
    root.dataset['env'] = ENV_ATTRIBUTE[useCore.getState().environment];
    root.lang = language;
  };
  apply();
  useView.subscribe(apply);
  useCore.subscribe((state, before) => {
    if (state.environment !== before.environment) apply();
  });
}
