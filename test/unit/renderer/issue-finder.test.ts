/** Names of issues that no listing has: each is asked for once, learnt, kept across listings, or known to be unknown. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { Instrument } from '#shared/domain/index.ts';
import { createFakeTime } from '#test/support/fake-time.ts';
import { plainIssue } from '#test/support/issue-names.ts';
import { IssueFinder } from '../../../renderer/client/issue-finder.ts';
import { EMPTY_DESK, useDesk } from '../../../renderer/store/desk.ts';
import { nameOf, setInstruments, useInstruments } from '../../../renderer/store/instruments.ts';
import { setGroupIssue } from '../../../renderer/store/links.ts';
import { useView } from '../../../renderer/store/view.ts';

const SAMSUNG = plainIssue('005930', '삼성전자');
const named = (id: string, nameKo: string): Instrument => ({ ...SAMSUNG, id, nameKo });
const BOND = named('BOND:KR2000001G18', '합성소매채권 1');
const BANK = named('SEHK:00939', '중국건설은행');

function stand() {
  const time = createFakeTime();
  const asked: string[][] = [];
  const core = {
    market: {
      find: ({ instrumentIds }: { readonly instrumentIds: string[] }) => {
        asked.push(instrumentIds);
        return Promise.resolve({ instruments: [BOND, BANK].filter(({ id }) => instrumentIds.includes(id)) });
      },
    },
  };
  const lists = [{ name: '', place: 0, folders: [{ name: '', collapsed: false, instrumentIds: [BANK.id] }] }];
  const finder = new IssueFinder({ timers: time.timers, lists: () => lists as never });
  const settle = (): Promise<void> => time.advance(200);
  return { asked, finder, core, settle };
}

beforeEach(() => {
  useInstruments.setState({ loaded: false, list: [], byId: new Map(), learnt: new Map(), unknown: new Set() });
  useView.setState({ instrumentId: null, recents: [], watchlist: [] });
  useDesk.setState(EMPTY_DESK);
  setGroupIssue('B', SAMSUNG.id);
});

describe('names of issues that no listing has', () => {
  it('are asked for once, all together, and learnt', async () => {
    const { asked, finder, core, settle } = stand();
    const stop = finder.attach(core);
    setInstruments([SAMSUNG], []);
    useView.setState({ instrumentId: BOND.id, recents: [SAMSUNG.id, 'NOT AN ID'] });
    setGroupIssue('B', 'KRXF:Z99999');
    expect(nameOf(BOND.id)).toBe('KR2000001G18');
    await settle();
    expect(asked.map((ids) => ids.toSorted())).toEqual([[BOND.id, 'KRXF:Z99999', BANK.id].toSorted()]);
    expect([nameOf(BOND.id), nameOf(BANK.id)]).toEqual(['합성소매채권 1', '중국건설은행']);
    expect([...useInstruments.getState().unknown]).toEqual(['KRXF:Z99999']);
    useDesk.setState({ revision: 1 });
    await settle();
    expect(asked).toHaveLength(1);
    stop();
  });

  it('stay when the listing comes anew, which asks for them again', async () => {
    const { asked, finder, core, settle } = stand();
    const stop = finder.attach(core);
    setInstruments([SAMSUNG], []);
    finder.look();
    await settle();
    setInstruments([SAMSUNG], []);
    expect(nameOf(BANK.id)).toBe('중국건설은행');
    finder.renew();
    await settle();
    expect(asked).toEqual([[BANK.id], [BANK.id]]);
    stop();
    useView.setState({ instrumentId: BOND.id });
    await settle();
    expect(asked).toHaveLength(2);
  });
});
