/** What the codes of the socket's answers mean for the client. */

/**
 * live registered · gone withdrawn, or never there · done whichever of the two was asked · full no room for more · inUse
 * another session holds the key · keyRefused the registration key is not known · again something inside the server,
 * worth another try · refused never.
 */
export type AckMeaning = 'live' | 'gone' | 'done' | 'full' | 'inUse' | 'keyRefused' | 'again' | 'refused';

/** @source KIS portal and public error tables, through the protocol facts of July 2026 */
const MEANINGS: Readonly<Record<string, AckMeaning>> = {
  OPSP0000: 'live',
  OPSP0001: 'gone',
  OPSP0002: 'live',
  OPSP0003: 'gone',
  OPSP0007: 'again',
  OPSP0008: 'full',
  OPSP0009: 'refused',
  OPSP0010: 'keyRefused',
  OPSP0011: 'keyRefused',
  OPSP8991: 'refused',
  OPSP8992: 'refused',
  OPSP8996: 'inUse',
  OPSP8999: 'again',
  OPSP9993: 'again',
  OPSP9994: 'keyRefused',
  OPSP9995: 'again',
  OPSP9996: 'again',
};

/** A code we do not know counts as what the server says of it: done, or a refusal. */
export function ackMeaning(ack: { readonly code: string; readonly isDone: boolean }): AckMeaning {
  return MEANINGS[ack.code] ?? (ack.isDone ? 'done' : 'refused');
}
