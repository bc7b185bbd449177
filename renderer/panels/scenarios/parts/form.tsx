/** The form: which part of the scenario, its entries, and the fields of the chosen one. */
import type { JSX } from 'react';
import type { ScenarioDocument } from '#shared/domain/index.ts';
import { fieldName } from '#shared/scenario/index.ts';
import { useView } from '../../../store/view.ts';
import { useText, type Language } from '../../../text/index.ts';
import { IconButton } from '../../../ui/controls.tsx';
import { choosePart, PARTS, useScenarios, type Part, type PartName } from '../slice.ts';
import { AddButton } from './add-menu.tsx';
import { AboutForm } from './form-about.tsx';
import { AccountForm } from './form-account.tsx';
import { ActorForm } from './form-actor.tsx';
import { EventForm, type FormProps } from './form-event.tsx';
import { CriterionForm, DetectorsForm, LabelForm, PlayForm } from './form-guards.tsx';
import { MarketForm } from './form-market.tsx';
import { daysOf } from './reading.ts';
import { useScenarioLine } from './scenario-line.ts';
import { actorWords, criterionWords, detectorName, eventWords, playWords } from './words.ts';

const LISTS = ['accounts', 'actors', 'events', 'plays', 'criteria', 'labels'] as const;
type ListName = (typeof LISTS)[number];
const isList = (name: PartName): name is ListName => LISTS.some((each) => each === name);

/** The entries of a list in a few words each. */
function entriesOf(document: ScenarioDocument, name: ListName, language: Language): readonly string[] {
  const many = daysOf(document) > 1;
  switch (name) {
    case 'accounts':
      return document.accounts.map(({ id }) => id);
    case 'actors':
      return document.actors.map((actor) => actorWords(actor, language));
    case 'events':
      return document.events.map((event) => {
        const day = many ? `${event.day ?? 1}· ` : '';
        return `${day}${event.at ?? (event.after ? `+${event.after.seconds}` : '09:00')} ${eventWords(event, language)}`;
      });
    case 'plays':
      return document.plays.map((play) => playWords(play, language));
    case 'criteria':
      return document.criteria.map((criterion) => criterionWords(criterion, language));
    case 'labels':
      return document.labels.map(
        ({ detector, day, from, to }) => `${many ? `${day}· ` : ''}${from}~${to} ${detectorName(detector, language)}`,
      );
  }
}

/** How many entries a part has; null: it has none by its nature. */
function countOf(document: ScenarioDocument, name: PartName): number | null {
  return isList(name) ? document[name].length : null;
}

function Entries(props: FormProps & { readonly name: ListName; readonly part: Part }): JSX.Element {
  const t = useText();
  const language = useView((state) => state.language);
  const { document, locked, change, name, part } = props;
  const entries = entriesOf(document, name, language);
  // A scenario without an account is none.
  const least = name === 'accounts' ? 1 : 0;
  return (
    <>
      {entries.length === 0 ? (
        <p className="note" data-testid="scen-part-empty">
          {t(`scen.empty.${name}`)}
        </p>
      ) : (
        <ul className="sc-entries" aria-label={fieldName(name, language)}>
          {entries.map((words, index) => (
            <li key={index} className={index === part.index ? 'on' : ''}>
              <button
                type="button"
                aria-current={index === part.index}
                data-testid={`scen-entry-${name}-${index}`}
                onClick={() => choosePart({ name, index })}
              >
                {words}
              </button>
              <IconButton
                icon="x"
                size="sm"
                label={t('scen.removeEntry', { name: words })}
                disabled={locked || entries.length <= least}
                onClick={() => {
                  change([{ path: [name, index], value: undefined }]);
                  choosePart({ name, index: -1 });
                }}
                testId={`scen-remove-${name}-${index}`}
              />
            </li>
          ))}
        </ul>
      )}
      <AddButton document={document} locked={locked} only={name} />
    </>
  );
}

/** The fields of the chosen entry. */
function Chosen(props: FormProps & { readonly part: Part }): JSX.Element | null {
  const { document, part } = props;
  const { name, index } = part;
  switch (name) {
    case 'about':
      return <AboutForm {...props} />;
    case 'market':
      return <MarketForm {...props} />;
    case 'detectors':
      return <DetectorsForm {...props} />;
    case 'accounts': {
      const account = document.accounts[index];
      return account ? <AccountForm {...props} account={account} index={index} /> : null;
    }
    case 'actors': {
      const actor = document.actors[index];
      return actor ? <ActorForm {...props} actor={actor} index={index} /> : null;
    }
    case 'events': {
      const event = document.events[index];
      return event ? <EventForm {...props} event={event} index={index} /> : null;
    }
    case 'plays': {
      const play = document.plays[index];
      return play ? <PlayForm {...props} play={play} index={index} /> : null;
    }
    case 'criteria': {
      const criterion = document.criteria[index];
      return criterion ? <CriterionForm {...props} criterion={criterion} index={index} /> : null;
    }
    case 'labels': {
      const label = document.labels[index];
      return label ? <LabelForm {...props} label={label} index={index} /> : null;
    }
  }
}

export function ScenarioForm(props: { readonly document: ScenarioDocument; readonly locked: boolean }): JSX.Element {
  const t = useText();
  const language = useView((state) => state.language);
  const line = useScenarioLine();
  const part = useScenarios((state) => state.part);
  const { document, locked } = props;
  const form: FormProps = { document, locked, change: (changes) => void line.change(changes) };
  return (
    <section className="sc-form" aria-label={t('scen.form')} data-testid="scen-form">
      <div className="sc-parts" role="group" aria-label={t('scen.parts')}>
        {PARTS.map((name) => {
          const count = countOf(document, name);
          return (
            <button
              key={name}
              type="button"
              className={name === part.name ? 'on' : ''}
              aria-pressed={name === part.name}
              data-testid={`scen-part-${name}`}
              onClick={() => choosePart({ name, index: isList(name) && document[name].length > 0 ? 0 : -1 })}
            >
              {name === 'about' ? t('scen.about') : fieldName(name, language)}
              {count !== null && count > 0 && <span className="ct num">{count}</span>}
            </button>
          );
        })}
      </div>
      <div className="sc-fields" key={`${part.name}-${part.index}`}>
        {isList(part.name) && <Entries {...form} name={part.name} part={part} />}
        <Chosen {...form} part={part} />
      </div>
    </section>
  );
}
