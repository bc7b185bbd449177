/** What the wizard holds of a connection while it is entered: everything but the secrets, which stay in their fields. */
import type { NewKisConnection } from '#shared/contract/index.ts';
import type { KisConnection } from '#shared/domain/index.ts';
import { isSessionDate } from '#shared/time/index.ts';
import type { EmulatorLine } from '../../../client/connections.ts';
import type { TextKey } from '../../../text/index.ts';

export interface Entry {
  readonly endpoint: NewKisConnection['endpoint'];
  readonly kind: NewKisConnection['kind'];
  readonly label: string;
  readonly account: string;
  readonly htsId: string;
  /** As typed; empty: not known. */
  readonly issuedOn: string;
  readonly restUrl: string;
  readonly wsUrl: string;
}

export const EMPTY_ENTRY: Entry = {
  endpoint: 'official',
  kind: 'paper',
  label: '',
  account: '',
  htsId: '',
  issuedOn: '',
  restUrl: '',
  wsUrl: '',
};

/** The entry for other keys of a connection; its account number is asked for again, since only a mask of it is known here. */
export function entryOf(connection: KisConnection): Entry {
  const { endpoint, kind, label, restHost, wsHost } = connection;
  const emulator = endpoint === 'emulator';
  return {
    ...EMPTY_ENTRY,
    endpoint,
    kind,
    label,
    restUrl: emulator ? `http://${restHost}` : '',
    wsUrl: emulator ? `ws://${wsHost}` : '',
  };
}

/** The entry after the emulator's line was pasted. */
export function withEmulatorLine(entry: Entry, line: EmulatorLine): Entry {
  const { restUrl, wsUrl, account, htsId, kind } = line;
  return { ...entry, endpoint: 'emulator', kind, restUrl, wsUrl, account, htsId: htsId ?? '' };
}

/** "12345678-01", "1234567801" or eight digits, as the core takes them. */
const ACCOUNT = /^\d{8}(-?\d{2})?$/;

/** What is missing or cannot be right, before the core is asked; null where nothing. */
export function entryProblem(entry: Entry, secrets: { readonly key: string; readonly secret: string }): TextKey | null {
  if (entry.endpoint === 'emulator' && (entry.restUrl.trim() === '' || entry.wsUrl.trim() === ''))
    return 'wizard.needUrl';
  if (entry.account.trim() === '') return 'wizard.needAccount';
  if (!ACCOUNT.test(entry.account.trim())) return 'wizard.badAccount';
  if (secrets.key === '') return 'wizard.needKey';
  if (secrets.secret === '') return 'wizard.needSecret';
  if (entry.issuedOn.trim() !== '' && !isSessionDate(entry.issuedOn.trim())) return 'wizard.badDate';
  return null;
}

/** What the core is told. */
export function connectionOf(
  entry: Entry,
  secrets: { readonly key: string; readonly secret: string },
): NewKisConnection {
  const emulator = entry.endpoint === 'emulator';
  const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());
  return {
    label: entry.label.trim(),
    kind: entry.kind,
    endpoint: entry.endpoint,
    restUrl: emulator ? orNull(entry.restUrl) : null,
    wsUrl: emulator ? orNull(entry.wsUrl) : null,
    appKey: secrets.key,
    appSecret: secrets.secret,
    account: entry.account.trim(),
    htsId: orNull(entry.htsId),
    issuedOn: orNull(entry.issuedOn),
  };
}
