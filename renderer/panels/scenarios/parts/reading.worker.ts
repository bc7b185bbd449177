/** Reads long texts of scenarios beside the page, which must not stand still meanwhile. */
import { understood, type Understood } from './read-text.ts';

/** A text to be read, and the instruments of the simulated market. */
export interface ToReader {
  readonly text: string;
  readonly ids: ReadonlySet<string> | null;
}

addEventListener('message', (event: MessageEvent<ToReader>) => {
  const answer: Understood = understood(event.data.text, event.data.ids);
  postMessage(answer);
});
