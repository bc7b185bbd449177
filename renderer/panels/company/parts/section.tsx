/** One section of a company page: opened when it is wanted, read with one call, with its age and its cost. */
import type { JSX } from 'react';
import { useState } from 'react';
import type { SheetInfo } from '#shared/contract/index.ts';
import { usePanel } from '../../../client/panel-context.tsx';
import { useReading } from '../../../client/sheet-feed.ts';
import { useView } from '../../../store/view.ts';
import { useText } from '../../../text/index.ts';
import { Segment, Select } from '../../../ui/controls.tsx';
import { Icon } from '../../../ui/icons.tsx';
import { SheetBar } from '../../../ui/sheet/bar.tsx';
import { named } from '../../../ui/sheet/cell.ts';
import { SheetChart } from '../../../ui/sheet/chart.tsx';
import { SheetFacts } from '../../../ui/sheet/facts.tsx';
import { paramsOf } from '../../../ui/sheet/inputs.tsx';
import { SheetNotes } from '../../../ui/sheet/notes.tsx';
import { PlainTable } from '../../../ui/sheet/plain-table.tsx';
import { sheetState } from '../../../ui/sheet/state.tsx';
import { Failed } from '../../../ui/states.tsx';
import { setCompany, useCompany } from '../slice.ts';
import type { Section as SectionOf } from './sections.ts';

/** Above it a list of choices is a field, not a row of buttons. */
const FEW = 5;

/** Choices of a sheet, such as years or quarters. */
function Choices({
  info,
  values,
}: {
  readonly info: SheetInfo;
  readonly values: Readonly<Record<string, string>>;
}): JSX.Element {
  const language = useView((state) => state.language);
  return (
    <>
      {info.inputs.map((input) =>
        input.kind === 'choice' ? (
          <Select
            key={input.id}
            label={named(input, language)}
            value={values[input.id] ?? ''}
            choices={input.choices.map((choice) => ({ value: choice.value, label: named(choice, language) }))}
            onChange={(value) =>
              setCompany(({ typed }) => ({ typed: { ...typed, [info.id]: { ...typed[info.id], [input.id]: value } } }))
            }
            testId={`company-${info.id}-${input.id}`}
          />
        ) : null,
      )}
    </>
  );
}

function Body(props: { readonly info: SheetInfo; readonly issue: string; readonly atOnce: boolean }): JSX.Element {
  const { info, issue, atOnce } = props;
  const language = useView((state) => state.language);
  const { visible } = usePanel();
  const typed = useCompany((state) => state.typed[info.id]);
  const params = paramsOf(info, typed ?? {}, issue);
  const wanted = visible && atOnce && info.unavailable === null;
  const reading = useReading(info.id, params, wanted);
  const { answer, error, ask } = reading;
  const instead = sheetState(info, reading, { waits: !wanted, onRead: () => ask('kept') });
  return (
    <>
      <div className="tbar">
        <Choices info={info} values={params ?? {}} />
        <span className="sp" />
        <SheetBar info={info} reading={reading} onAsk={ask} testId={`company-bar-${info.id}`} />
      </div>
      {instead ?? (
        <>
          {error && <Failed error={error} />}
          {info.blocks.map((block, at) => {
            const found = answer?.blocks[at];
            if (!found || found.rows.length === 0) return null;
            const title = named(block, language);
            if (block.shape === 'facts')
              return <SheetFacts key={at} block={block} rows={found.rows} testId={`company-facts-${info.id}-${at}`} />;
            return (
              <div key={at}>
                {title !== '' && <h4>{title}</h4>}
                <SheetChart block={block} rows={found.rows} testId={`company-chart-${info.id}`} />
                <PlainTable
                  label={title === '' ? named(info, language) : title}
                  block={block}
                  answer={found}
                  testId={`company-table-${info.id}-${at}`}
                />
              </div>
            );
          })}
          {answer && <SheetNotes info={info} answer={answer} />}
        </>
      )}
    </>
  );
}

export function CompanySection(props: {
  readonly section: SectionOf;
  readonly infos: readonly SheetInfo[];
  readonly issue: string;
  /** false: it waits until it is asked for. */
  readonly atOnce: boolean;
}): JSX.Element | null {
  const { section, infos, issue, atOnce } = props;
  const t = useText();
  const language = useView((state) => state.language);
  const open = useCompany((state) => state.open[section.id] ?? false);
  const shownId = useCompany((state) => state.shown[section.id]);
  // What was opened by hand is asked for, whatever it costs.
  const [byHand, setByHand] = useState<string | null>(null);
  const info = infos.find(({ id }) => id === shownId) ?? infos[0];
  if (!info) return null;
  const show = (id: string): void => {
    setByHand(issue);
    setCompany(({ shown }) => ({ shown: { ...shown, [section.id]: id } }));
  };
  const titles = infos.map(({ id, ...names }) => ({ value: id, label: named(names, language) }));
  return (
    <section className="company-section" aria-label={t(`company.${section.id}`)} data-testid={`company-${section.id}`}>
      <h3>
        <button
          type="button"
          aria-expanded={open}
          onClick={() => {
            if (!open) setByHand(issue);
            setCompany((state) => ({ open: { ...state.open, [section.id]: !open } }));
          }}
          data-testid={`company-toggle-${section.id}`}
        >
          <Icon name={open ? 'minus' : 'plus'} size="sm" />
          {t(`company.${section.id}`)}
          {!open && <span className="num note">{t('sheet.cost', { count: info.calls })}</span>}
        </button>
      </h3>
      {open && (
        <>
          {infos.length > 1 && (
            <div className="tbar wrap">
              {infos.length > FEW ? (
                <Select
                  label={t(`company.${section.id}`)}
                  value={info.id}
                  choices={titles}
                  onChange={show}
                  testId={`company-shown-${section.id}`}
                />
              ) : (
                <Segment
                  label={t(`company.${section.id}`)}
                  value={info.id}
                  choices={titles}
                  onChange={show}
                  testId={`company-shown-${section.id}`}
                />
              )}
            </div>
          )}
          <Body key={info.id} info={info} issue={issue} atOnce={atOnce || byHand === issue} />
        </>
      )}
    </section>
  );
}
