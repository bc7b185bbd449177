/** What is done about KIS connections: listed, saved, tried, given up. Secrets pass through to the core and are kept nowhere here. */
import type { NewKisConnection } from '#shared/contract/index.ts';
import type { KisConnection } from '#shared/domain/index.ts';
import { useKis } from '../store/kis.ts';
import { openDialog } from '../store/overlay.ts';
import { wordsOf, type Workstation } from './workstation.ts';

/** Fetches the connections known, with where their keys are; never the keys. */
export async function loadConnections({ client }: Workstation): Promise<void> {
  if (!client) return;
  try {
    const { connections, keychain } = await client.kis.connections({});
    useKis.setState({ connections, keychain, connectionsError: null });
  } catch (error) {
    useKis.setState({ connectionsError: wordsOf(error) });
  }
}

/** Opens the wizard for a new connection, or for other keys of one. */
export function openWizard(replacing: KisConnection | null = null): void {
  useKis.setState({ replacing });
  openDialog('wizard');
}

/** What the emulator prints on its first line. */
export interface EmulatorLine {
  readonly restUrl: string;
  readonly wsUrl: string;
  readonly appKey: string;
  readonly appSecret: string;
  readonly account: string;
  readonly htsId: string | null;
  readonly kind: NewKisConnection['kind'];
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

/** Reads the one line of JSON that the offline KIS prints on start; null where it is not that. */
export function readEmulatorLine(text: string): EmulatorLine | null {
  const line = text
    .split('\n')
    .map((each) => each.trim())
    .find((each) => each.startsWith('{'));
  if (line === undefined) return null;
  let value: Readonly<Record<string, unknown>>;
  try {
    value = JSON.parse(line) as Readonly<Record<string, unknown>>;
  } catch {
    return null;
  }
  const [restUrl, wsUrl, appKey] = [textOf(value['rest']), textOf(value['ws']), textOf(value['appKey'])];
  const [appSecret, account] = [textOf(value['appSecret']), textOf(value['account'])];
  if (restUrl === null || wsUrl === null || appKey === null || appSecret === null || account === null) return null;
  const kind = value['env'] === 'real' ? 'real' : 'paper';
  return { restUrl, wsUrl, appKey, appSecret, account, htsId: textOf(value['htsId']), kind };
}
