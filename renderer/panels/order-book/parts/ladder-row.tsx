/** One price of the ladder: what stands there, what changed, my own orders, and what the price means to the day. */
import type { ButtonHTMLAttributes, JSX } from 'react';
import { memo } from 'react';
import type { PriceUnit, Order, Side } from '#shared/domain/index.ts';
import { usePanel } from '../../../client/panel-context.tsx';
import { type TextKey, useText } from '../../../text/index.ts';
import { changePercent, direction, number, signed } from '../../../ui/format.ts';
import { money } from '../../../ui/money.ts';
import { type LadderHands, OwnTag } from './own-tag.tsx';
import type { Mark, Rung } from './rungs.ts';

const MARK_TEXT: Readonly<Record<Mark, TextKey>> = {
  limitUp: 'book.limitUp',
  limitDown: 'book.limitDown',
  viUp: 'book.vi',
  viDown: 'book.vi',
};
const MARK_TITLE: Readonly<Record<Mark, TextKey>> = {
  limitUp: 'book.limitUp',
  limitDown: 'book.limitDown',
  viUp: 'book.viUp',
  viDown: 'book.viDown',
};

/** A quantity with its bar, growing away from the price. */
function Size(props: {
  readonly quantity: number;
  readonly most: number;
  readonly tone: 'ask' | 'bid' | 'nxt';
}): JSX.Element | null {
  if (props.quantity === 0) return null;
  return (
    <>
      <span className={`bar ${props.tone}`} style={{ width: `${(props.quantity / props.most) * 100}%` }} />
      <span className={props.tone === 'nxt' ? 'v num nxt' : 'v num'}>{number(props.quantity)}</span>
    </>
  );
}

/** What the left and the right cell of a row hold: asks and bids of one venue, or KRX and NXT. */
function sizesOf(
  rung: Rung,
  both: boolean,
): { readonly left: number; readonly right: number; readonly leftTone: 'ask' | 'bid' } {
  const krx = rung.side === 'bid' ? rung.krx.bid : rung.side === 'ask' ? rung.krx.ask : rung.krx.ask + rung.krx.bid;
  const nxt = rung.side === 'bid' ? rung.nxt.bid : rung.side === 'ask' ? rung.nxt.ask : rung.nxt.ask + rung.nxt.bid;
  if (both) return { left: krx, right: nxt, leftTone: rung.krx.bid > 0 ? 'bid' : 'ask' };
  return { left: rung.krx.ask + rung.nxt.ask, right: rung.krx.bid + rung.nxt.bid, leftTone: 'ask' };
}

/** A press with the mouse by the choice of one or two; the keyboard presses once, and a held key does not press again. */
function pressProps(
  by: 'single' | 'double',
  run: () => void,
): Pick<ButtonHTMLAttributes<HTMLButtonElement>, 'onClick'> {
  return {
    // `detail` counts the presses; 0: the keyboard. The second one of a double press never acts twice.
    onClick: (event) => {
      if (event.detail === 0 || event.detail === (by === 'single' ? 1 : 2)) run();
    },
  };
}

/** Lies over a cell beside the price where a press there is for its side. */
function SideCell(props: {
  readonly label: string;
  readonly by: 'single' | 'double';
  readonly onPress: () => void;
  readonly testId: string;
}): JSX.Element {
  return (
    <button
      type="button"
      className="sidecell"
      aria-label={props.label}
      data-testid={props.testId}
      {...pressProps(props.by, props.onPress)}
    />
  );
}

export const LadderRow = memo(function LadderRow(props: {
  readonly rung: Rung;
  readonly base: number;
  readonly unit: PriceUnit;
  readonly isLast: boolean;
  /** true: the auction would match here now. */
  readonly expected: boolean;
  readonly most: number;
  readonly delta: number;
  readonly own: readonly Order[];
  readonly mark: Mark | undefined;
  /** true: beyond the price that triggers a VI. */
  readonly inVi: boolean;
  /** true: KRX on the left and NXT on the right. */
  readonly both: boolean;
  /** null: the price itself was pressed. */
  readonly onPress: (side: Side | null, price: number) => void;
  readonly by: 'single' | 'double';
  /** true: the cells beside the price act for their side as well. */
  readonly sided: boolean;
  readonly hands: LadderHands;
  /** The side of my orders that are held over this row. */
  readonly carried: Side | null;
}): JSX.Element {
  const t = useText();
  const { looksOnly } = usePanel();
  const { rung, base, both, mark } = props;
  const { price } = rung;
  const sizes = sizesOf(rung, both);
  const delta = !both && rung.side !== 'both' && props.delta !== 0 && (
    <span className={props.delta > 0 ? 'dl num plus' : 'dl num'}>{signed(props.delta)}</span>
  );
  const flag = mark && (
    <i className={mark.startsWith('vi') ? 'flag vi' : 'flag'} title={t(MARK_TITLE[mark])}>
      {t(MARK_TEXT[mark])}
    </i>
  );
  // Where the venues overlap, the wash of a row cannot tell the side of both.
  const nxtSide = !both || rung.side !== 'both' ? 'q2' : rung.nxt.bid > 0 ? 'q2 nb' : 'q2 na';
  const change = price === null ? 0 : price - base;
  // A row that moves on to another price is another button: a press begun on one price can never end on the next.
  const at = price ?? 0;
  const cell = (side: Side): JSX.Element | null =>
    price === null || !props.sided ? null : (
      <SideCell
        key={at}
        label={`${t(`side.${side}`)} ${money(price, props.unit)}`}
        by={props.by}
        onPress={() => props.onPress(side, price)}
        testId={`book-${side}-at-${price}`}
      />
    );
  const figures = price !== null && (
    <>
      <b className="num">{money(price, props.unit)}</b>
      <em className="num">{changePercent(change, base).replace('%', '')}</em>
    </>
  );
  const className = [
    'lrow',
    rung.side,
    both ? 'two' : '',
    props.isLast ? 'last' : '',
    props.expected ? 'exp' : '',
    props.inVi ? 'invi' : '',
    props.carried ? `over-${props.carried}` : '',
  ];
  return (
    <div
      className={className.filter((name) => name !== '').join(' ')}
      data-testid={`book-${rung.side}-${rung.depth + 1}`}
      data-price={price ?? undefined}
    >
      <div className="own s">
        <OwnTag key={at} orders={props.own} side="sell" hands={props.hands} />
      </div>
      <div className="q1">
        {rung.side === 'bid' && flag}
        {rung.side === 'bid' && delta}
        <Size quantity={sizes.left} most={props.most} tone={sizes.leftTone} />
        {cell('sell')}
      </div>
      {price === null ? (
        <span className="p" />
      ) : looksOnly ? (
        <span className={`p ${direction(change)}`}>{figures}</span>
      ) : (
        <button
          type="button"
          key={at}
          className={`p ${direction(change)}`}
          title={props.expected ? t('book.expectedHere') : undefined}
          {...pressProps(props.by, () => props.onPress(null, price))}
        >
          {figures}
          <span className="sr"> {t('book.pick', { price: money(price, props.unit) })}</span>
        </button>
      )}
      <div className={nxtSide}>
        <Size quantity={sizes.right} most={props.most} tone={both ? 'nxt' : 'bid'} />
        {cell('buy')}
        {rung.side === 'ask' && delta}
        {rung.side !== 'bid' && flag}
      </div>
      <div className="own">
        <OwnTag key={at} orders={props.own} side="buy" hands={props.hands} />
      </div>
    </div>
  );
});
