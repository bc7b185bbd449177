/** Orders being written side by side: none takes a figure that was meant for another ticket, group or issue. */
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import type { LinkGroup } from '#shared/domain/index.ts';
import {
  changeDraft,
  draftOf,
  dropDraft,
  joinTicket,
  pickPrice,
  setDraft,
  writeOrder,
} from '../../../renderer/store/draft.ts';
import { setGroupIssue, useLinks } from '../../../renderer/store/links.ts';
import { useView } from '../../../renderer/store/view.ts';

const SAMSUNG = 'KRX:005930';
const HYNIX = 'KRX:000660';
let leave: (() => void)[] = [];

function open(ticket: string, group: LinkGroup | null, instrumentId: string): void {
  leave.push(joinTicket(ticket, { group, instrumentId }));
}

beforeEach(() => {
  for (const gone of leave) gone();
  leave = [];
  dropDraft();
  useView.setState({ instrumentId: SAMSUNG });
  useLinks.setState({ issues: { B: HYNIX } });
  for (const ticket of ['one', 'two', 'three', 'own'])
    changeDraft(ticket, SAMSUNG, { priceText: '', quantityText: '' });
});

describe('two tickets side by side', () => {
  it('are written independently, even in one group', () => {
    open('one', 'A', SAMSUNG);
    open('two', 'A', SAMSUNG);
    changeDraft('one', SAMSUNG, { quantityText: '150' });
    expect(draftOf('one').quantityText).toBe('150');
    expect(draftOf('two').quantityText).toBe('');
  });

  it('take a picked price by their group and issue only', () => {
    open('one', 'A', SAMSUNG);
    open('two', 'B', HYNIX);
    open('own', null, SAMSUNG);
    expect(pickPrice('55,700', { group: 'A', instrumentId: SAMSUNG })).toBe(true);
    expect(draftOf('one').priceText).toBe('55,700');
    expect(draftOf('two').priceText).toBe('');
    expect(draftOf('own').priceText).toBe('');
    expect(pickPrice('1', { group: 'A', instrumentId: HYNIX })).toBe(false);
    expect(pickPrice('1', { group: null, instrumentId: SAMSUNG })).toBe(false);
  });
});

describe('another issue under a ticket', () => {
  it('empties its figures before anything is drawn anew', () => {
    open('one', 'A', SAMSUNG);
    changeDraft('one', SAMSUNG, { priceText: '55,700', quantityText: '150', side: 'sell' });
    expect(draftOf('one', HYNIX)).toMatchObject({ priceText: '', quantityText: '', side: 'sell' });
    changeDraft('one', HYNIX, { quantityText: '3' });
    expect(draftOf('one')).toMatchObject({ priceText: '', quantityText: '3' });
  });

  it('keeps what was written for the new one by another panel', () => {
    open('one', 'A', SAMSUNG);
    changeDraft('one', SAMSUNG, { priceText: '55,700', quantityText: '150' });
    useView.setState({ instrumentId: HYNIX });
    writeOrder({ side: 'sell', quantityText: '7' });
    leave.pop()?.();
    open('one', 'A', HYNIX);
    expect(draftOf('one', HYNIX)).toMatchObject({ side: 'sell', quantityText: '7', priceText: '' });
  });
});

describe('without a ticket on the screen', () => {
  it('an order written waits for the first one of its group and issue', () => {
    writeOrder({ side: 'sell', quantityText: '7' });
    open('two', 'B', HYNIX);
    expect(draftOf('two', HYNIX).quantityText).toBe('');
    open('one', 'A', SAMSUNG);
    expect(draftOf('one', SAMSUNG)).toMatchObject({ side: 'sell', quantityText: '7' });
    expect(draftOf(null).quantityText).toBe('');
  });
});

describe('any sequence of acts', () => {
  const issue = fc.constantFrom(SAMSUNG, HYNIX);
  const group = fc.constantFrom<LinkGroup>('A', 'B');
  const act = fc.oneof(
    fc.record({ do: fc.constant('issue' as const), group, issue }),
    fc.record({ do: fc.constant('pick' as const), group, issue }),
    fc.record({ do: fc.constant('type' as const), ticket: fc.constantFrom('one', 'two', 'three') }),
    fc.record({ do: fc.constant('set' as const), group }),
  );
  const GROUPS = { one: 'A', two: 'B', three: 'A' } as const;

  it('leaves in a ticket only figures of the issue it shows and of its group', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 40 }), (acts) => {
        const shows = (of: LinkGroup): string =>
          (of === 'A' ? useView.getState().instrumentId : useLinks.getState().issues.B) ?? '';
        const closers = Object.entries(GROUPS).map(([ticket, of]) =>
          joinTicket(ticket, { group: of, instrumentId: shows(of) }),
        );
        for (const each of acts) {
          if (each.do === 'issue') {
            if (each.group === 'A') useView.setState({ instrumentId: each.issue });
            else setGroupIssue('B', each.issue);
          } else if (each.do === 'pick')
            pickPrice(`${each.issue}|${each.group}`, { group: each.group, instrumentId: each.issue });
          else if (each.do === 'type') {
            const of = GROUPS[each.ticket];
            changeDraft(each.ticket, shows(of), { quantityText: `${shows(of)}|${each.ticket}` });
          } else setDraft({ stopText: `${shows(each.group)}|${each.group}` }, each.group);
          for (const [ticket, of] of Object.entries(GROUPS)) {
            const seen = draftOf(ticket, shows(of));
            expect(['', `${shows(of)}|${of}`]).toContain(seen.priceText);
            expect(['', `${shows(of)}|${of}`]).toContain(seen.stopText);
            expect(['', `${shows(of)}|${ticket}`]).toContain(seen.quantityText);
          }
        }
        for (const close of closers) close();
        dropDraft();
      }),
    );
  });
});
