/** System area: about, preferences, health, the proof of the journals. */
import type { Contract, Health } from '#shared/contract/index.ts';
import type { Handlers, OutputOf } from '#shared/rpc/index.ts';
import type { Timers } from '#shared/ports.ts';
import type { PreferencesFile } from '#core/storage/index.ts';
import type { JournalRoom } from '../journal-room.ts';

const HEALTH_INTERVAL_MS = 1_000;

export interface SystemServices {
  readonly about: () => OutputOf<Contract['system']['about']['output']>;
  readonly preferences: PreferencesFile;
  readonly journals: JournalRoom;
  readonly timers: Timers;
  readonly health: () => Health;
}

export function systemHandlers({
  about,
  preferences,
  journals,
  timers,
  health,
}: SystemServices): Handlers<Contract>['system'] {
  return {
    about: () => about(),
    preferences: () => preferences.get(),
    setPreferences: (changes) => {
      const given = Object.entries(changes).filter(([, value]) => value !== undefined);
      return preferences.set(Object.fromEntries(given));
    },
    health: (_input, sink) => {
      sink.push(health());
      const timer = timers.every(HEALTH_INTERVAL_MS, () => sink.push(health()));
      return () => timer.cancel();
    },
    journalVerify: () => {
      const files = journals.verify();
      const { entries, hash } = files[0] ?? { entries: 0, hash: '' };
      return { ok: files.every(({ ok }) => ok), entries, hash, files };
    },
  };
}
