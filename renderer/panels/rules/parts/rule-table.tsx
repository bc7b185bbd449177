/** Rules as a table: what, how much, how sure, and where it is written. */
import type { JSX } from 'react';
import type { RuleRow, RuleSection, RuleStatus } from '#shared/domain/index.ts';
import { VI_CLASSES, type ViClass } from '#shared/market/index.ts';
import { useText } from '../../../text/index.ts';
import { Select } from '../../../ui/controls.tsx';

const CHIP: Readonly<Record<RuleStatus, string>> = { C: 'chip ok', S: 'chip line', D: 'chip line', U: 'chip mid' };
/** The user's word on the VI class: whether there is one, and how to give it. */
export interface ViClassHand {
  readonly said: boolean;
  readonly onSet: (viClass: ViClass) => void;
}

/** The row whose value the user may set. */
const VI_CLASS_ROW = 'vi.class';

function isViClass(value: unknown): value is ViClass {
  return VI_CLASSES.some((each) => each === value);
}

/** The class of an issue for volatility interruptions; unknown ones can be said by hand. */
function ViClassValue({
  row,
  said,
  onSet,
}: {
  readonly row: RuleRow;
  /** true: the user has said it. */
  readonly said: boolean;
  readonly onSet: (viClass: ViClass) => void;
}): JSX.Element {
  const t = useText();
  const value = isViClass(row.value) ? row.value : 'unknown';
  return (
    <>
      <Select
        label={row.labelKo}
        value={value}
        choices={VI_CLASSES.map((each) => ({ value: each, label: t(`viClass.${each}`) }))}
        onChange={(next) => {
          if (isViClass(next)) onSet(next);
        }}
        testId="rules-vi-class"
      />
      {said && <span className="n">{t('rules.viClassSaid')}</span>}
    </>
  );
}

function Row({ row, viClass }: { readonly row: RuleRow; readonly viClass: ViClassHand }): JSX.Element {
  const t = useText();
  // Where the facts tell the class, there is nothing to say.
  const settable = row.id === VI_CLASS_ROW && (viClass.said || row.value === 'unknown' || row.value === null);
  return (
    <tr data-testid={`rule-${row.id}`}>
      <th scope="row">{row.labelKo}</th>
      <td className="v num">
        {settable ? <ViClassValue row={row} said={viClass.said} onSet={viClass.onSet} /> : row.valueKo}
        {row.noteKo !== null && <span className="n">{row.noteKo}</span>}
      </td>
      <td className="s">
        <span className={CHIP[row.status]} title={t(`rules.status.${row.status}.hint`)}>
          {t(`rules.status.${row.status}`)}
        </span>
      </td>
      <td className="src" title={row.source}>
        {row.date !== null && <span className="num dt">{row.date}</span>}
        <span className="so">{row.source}</span>
      </td>
    </tr>
  );
}

export function RuleTable(props: {
  readonly sections: readonly RuleSection[];
  readonly viClass: ViClassHand;
}): JSX.Element {
  const t = useText();
  return (
    <table className="rt">
      <thead>
        <tr>
          <th>{t('rules.what')}</th>
          <th>{t('rules.value')}</th>
          <th>{t('rules.status')}</th>
          <th>{t('rules.source')}</th>
        </tr>
      </thead>
      {props.sections.map((section) => (
        <tbody key={section.group}>
          <tr className="g">
            <th colSpan={4} scope="rowgroup">
              {section.titleKo}
            </th>
          </tr>
          {section.rows.map((row) => (
            <Row key={row.id} row={row} viClass={props.viClass} />
          ))}
        </tbody>
      ))}
    </table>
  );
}
