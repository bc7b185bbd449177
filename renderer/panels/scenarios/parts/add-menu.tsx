/** Puts a new part into the scenario: events of every kind, actors, holdings, plays, criteria and labels. */
import { type JSX, useId } from 'react';
import {
  CRITERION_MEASURES,
  DETECTOR_IDS,
  PLAY_IDS,
  SCENARIO_EVENT_KINDS,
  trackOf,
  type EventTrack,
  type ScenarioDocument,
} from '#shared/domain/index.ts';
import {
  freeName,
  kindName,
  newActor,
  newCriterion,
  newEvent,
  newLabel,
  newPlay,
  valueName,
  type EventPlace,
  type ScenarioChange,
} from '#shared/scenario/index.ts';
import { useView } from '../../../store/view.ts';
import { useText } from '../../../text/index.ts';
import { MenuButton, MenuItem } from '../../../ui/controls.tsx';
import { Icon } from '../../../ui/icons.tsx';
import { choosePart, useScenarios, type Part, type PartName } from '../slice.ts';
import { useOwnAccount, withOwnHoldings } from './form-account.tsx';
import { arming } from './form-guards.tsx';
import { daysOf } from './reading.ts';
import { useScenarioLine } from './scenario-line.ts';
import { detectorName, playName } from './words.ts';

const TRACKS: readonly EventTrack[] = ['market', 'fault', 'security'];

interface Item {
  readonly id: string;
  readonly words: string;
  readonly changes: () => readonly ScenarioChange[];
  readonly part: Part;
  readonly disabled?: boolean;
}
interface Group {
  readonly name: PartName;
  readonly title: string;
  readonly items: readonly Item[];
}

/** Adds an entry to a list that may not be there yet. */
function added(list: readonly unknown[], name: PartName, value: unknown): readonly ScenarioChange[] {
  return [list.length === 0 ? { path: [name], value: [value] } : { path: [name, list.length], value }];
}

/** Where a new event stands: on the day that is shown, with the event that is chosen, else in the middle of the morning. */
function usePlace(document: ScenarioDocument): EventPlace {
  const day = useScenarios((state) => state.day);
  const part = useScenarios((state) => state.part);
  const chosen = part.name === 'events' ? document.events[part.index] : undefined;
  return {
    day: Math.min(day, daysOf(document)),
    at: chosen?.at ?? '10:00',
    issue: document.market.issues[0] ?? '005930',
  };
}

function useGroups(document: ScenarioDocument): readonly Group[] {
  const t = useText();
  const language = useView((state) => state.language);
  const place = usePlace(document);
  const own = useOwnAccount();
  const { events, actors, plays, criteria, labels, accounts } = document;
  const part = useScenarios((state) => state.part);
  const account = part.name === 'accounts' && part.index >= 0 ? part.index : 0;
  const next = (name: 'events' | 'actors' | 'plays' | 'criteria' | 'labels' | 'accounts'): Part => ({
    name,
    index: document[name].length,
  });
  return [
    ...TRACKS.map((track) => ({
      name: 'events' as const,
      title: t(`scen.track.${track}`),
      items: SCENARIO_EVENT_KINDS.filter((kind) => trackOf(kind) === track).map((kind) => ({
        id: kind,
        words: kindName(kind, language),
        changes: () => added(events, 'events', newEvent(kind, place)),
        part: next('events'),
      })),
    })),
    {
      name: 'accounts',
      title: t('scen.accountsAndHoldings'),
      items: [
        {
          id: 'own-holdings',
          words: t('scen.ownHoldings', { count: own.holdings.length }),
          changes: () => withOwnHoldings(document, account, own.holdings),
          part: { name: 'accounts', index: account },
          disabled: own.holdings.length === 0 || accounts.length === 0,
        },
        {
          id: 'account',
          words: t('scen.newAccount'),
          changes: () => {
            const id = freeName(
              'account',
              accounts.map((each) => each.id),
            );
            return added(accounts, 'accounts', { id, cashKrw: 10_000_000 });
          },
          part: next('accounts'),
        },
      ],
    },
    {
      name: 'actors',
      title: t('scen.actors'),
      items: (['orders', 'rule'] as const).map((kind) => ({
        id: kind,
        words: kindName(kind, language),
        changes: () => added(actors, 'actors', newActor(kind, document, place)),
        part: next('actors'),
      })),
    },
    detectorGroup(t('scen.detectors'), document, (id) => detectorName(id, language)),
    {
      name: 'plays',
      title: t('scen.plays'),
      items: PLAY_IDS.map((id) => ({
        id,
        words: playName(id, language),
        changes: () => added(plays, 'plays', newPlay(id)),
        part: next('plays'),
      })),
    },
    {
      name: 'criteria',
      title: t('scen.criteria'),
      items: CRITERION_MEASURES.map((measure) => ({
        id: measure,
        words: valueName(measure, language),
        changes: () =>
          added(criteria, 'criteria', newCriterion(measure, criterionName(valueName(measure, language)), document)),
        part: next('criteria'),
      })),
    },
    {
      name: 'labels',
      title: t('scen.labels'),
      items: DETECTOR_IDS.map((id) => ({
        id: `label-${id}`,
        words: detectorName(id, language),
        changes: () => added(labels, 'labels', newLabel(id, place)),
        part: next('labels'),
      })),
    },
  ];
}

/** "최대 낙폭 (%)" → "최대 낙폭". */
function criterionName(words: string): string {
  return words.replace(/ \([^)]*\)$/, '');
}

/** Detectors that are not armed; where all are, none is missing. */
function detectorGroup(
  title: string,
  document: ScenarioDocument,
  nameOf: (id: (typeof DETECTOR_IDS)[number]) => string,
): Group {
  const { detectors } = document;
  const missing = DETECTOR_IDS.filter((id) => detectors !== 'all' && !detectors.some((each) => each.id === id));
  return {
    name: 'detectors',
    title,
    items: missing.map((id) => ({
      id,
      words: nameOf(id),
      changes: () => arming(document, id, true),
      part: { name: 'detectors', index: -1 },
    })),
  };
}

/** The menu: everything, or the entries of one list. */
export function AddButton(props: {
  readonly document: ScenarioDocument;
  readonly locked: boolean;
  readonly only?: PartName;
}): JSX.Element {
  const t = useText();
  const id = useId();
  const line = useScenarioLine();
  const { document, locked, only } = props;
  const groups = useGroups(document).filter(
    ({ name, items }) => items.length > 0 && (only === undefined ? name !== 'labels' : name === only),
  );
  return (
    <MenuButton
      className={only === undefined ? 'btn' : 'btn sm'}
      label={t('scen.add')}
      spoken
      testId={only === undefined ? 'scen-add' : `scen-add-${only}`}
      disabled={locked}
      face={
        <>
          <Icon name="plus" size="sm" />
          <span aria-hidden="true">{t('scen.add')}</span>
        </>
      }
    >
      {(close) => (
        <div className="sc-addmenu">
          {groups.map(({ title, items }, at) => (
            <div key={title} role="group" aria-labelledby={`${id}-${at}`}>
              <span className="it l" id={`${id}-${at}`}>
                {title}
              </span>
              {items.map((item) => (
                <MenuItem
                  key={item.id}
                  testId={`scen-add-${item.id}`}
                  disabled={item.disabled ?? false}
                  onClick={() => {
                    close();
                    if (line.change(item.changes())) {
                      choosePart(item.part);
                      useScenarios.setState({ view: 'edit' });
                    }
                  }}
                >
                  {item.words}
                </MenuItem>
              ))}
            </div>
          ))}
        </div>
      )}
    </MenuButton>
  );
}
