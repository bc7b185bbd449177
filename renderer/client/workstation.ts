/** The screen's one hand: follows the core into the stores and carries the user's acts to it. */
import type { Preferences } from '#shared/contract/index.ts';
import type { LinkGroup } from '#shared/domain/index.ts';
import { AppError, type ErrorEnvelope } from '#shared/errors/index.ts';
import type { Clock, Ids, Timers } from '#shared/ports.ts';
import { useConnection } from '../store/connection.ts';
import { useCore } from '../store/core.ts';
import { useDesk } from '../store/desk.ts';
import { dropDraft, setDraft } from '../store/draft.ts';
import { type SwitchTarget, useEnvironment, usesKis } from '../store/environment.ts';
import { clearMarket, setInstruments, useInstruments } from '../store/instruments.ts';
import { clearHealth, takeHealth } from '../store/kis.ts';
import { clearMarketStates, takeMarketStates } from '../store/market-states.ts';
import { addNotice, type Notice } from '../store/overlay.ts';
import { FIRST_GROUP, setGroupIssue } from '../store/links.ts';
import { applyPreferences, useView } from '../store/view.ts';
import { usePerformance } from '../store/performance.ts';
import { text } from '../text/index.ts';
import { EnvironmentLine } from './environment.ts';
import { accountPaying } from './account-paying.ts';
import { Documents } from './document-line.ts';
import { IssueFinder } from './issue-finder.ts';
import { MarketBus } from './market-bus.ts';
import { MarketControls } from './market-controls.ts';
import { momentOfSimulation } from './market-moment.ts';
import { readOnlyClient } from './read-only.ts';
import { clearDesk, followDesk } from './replica.ts';
import type { CoreClient, Supervisor } from './supervisor.ts';
import { clearThreats, followThreats } from './threat-feed.ts';
import { largest, Watchlists } from './watchlists.ts';
import { wordsOf } from './words-of.ts';

export { wordsOf };

/** Issues that were searched for and are remembered. */
const RECENTS = 20;

export interface WorkstationParts {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly timers: Timers;
  readonly report: (error: unknown) => void;
  /** true: the window only looks, and sends nothing. */
  readonly looksOnly?: () => boolean;
}

export class Workstation {
  readonly bus = new MarketBus();
  readonly documents = new Documents(({ messageKo, actionKo, code }) =>
    this.notify({ level: 'caution', title: messageKo, body: `${actionKo} (${code})` }),
  );
  readonly watchlists: Watchlists;
  readonly market = new MarketControls((run) => this.act(run));
  readonly #parts: WorkstationParts;
  #supervisor: Supervisor | null = null;
  #client: CoreClient | null = null;
  #attachedListeners = new Set<() => void>();
  #closeStates: () => void = () => undefined;
  #planKey: string | null = null;
  /** The last replacement of an order whose answer is owed, and the broker's number that it was meant for. */
  readonly #replacing = new Map<
    string,
    { readonly requestId: string; readonly price: number; readonly of: string | null }
  >();
  readonly #environment: EnvironmentLine;
  readonly #issues: IssueFinder;

  constructor(parts: WorkstationParts) {
    this.#parts = parts;
    this.watchlists = new Watchlists({
      documents: this.documents,
      ids: parts.ids,
      fail: (error) => this.fail(error),
    });
    this.#issues = new IssueFinder({
      timers: parts.timers,
      lists: () => this.documents.list('watchlist')?.values() ?? [],
    });
    this.#environment = new EnvironmentLine({
      clock: parts.clock,
      timers: parts.timers,
      begin: (client, ended) => this.#begin(client, ended),
      forget: () => this.#forget(),
    });
  }

  /** The client in force; null while the line is down. */
  get client(): CoreClient | null {
    return this.#client;
  }

  get clock(): Clock {
    return this.#parts.clock;
  }

  /** Names a gesture of the user; the core answers a repeat with the first answer. */
  newRequestId(): string {
    return this.#parts.ids.next();
  }

  use(supervisor: Supervisor): void {
    this.#supervisor = supervisor;
  }

  reconnect(): void {
    void this.#supervisor?.start();
  }

  /** Told whenever a client comes or goes, or another market begins. */
  onClient(listener: () => void): () => void {
    this.#attachedListeners.add(listener);
    return () => this.#attachedListeners.delete(listener);
  }

  /** Starts following a client; returns what stops it. */
  attach(line: CoreClient): () => void {
    const client = readOnlyClient(line, this.#parts.looksOnly ?? (() => false));
    this.#client = client;
    this.documents.attach(client);
    const detach = this.#environment.attach(client);
    const unfollow = this.#issues.attach(client);
    void this.#load(client);
    return () => {
      detach();
      unfollow();
      this.documents.detach();
      this.#client = null;
      this.#announce();
    };
  }

  /** Opens what belongs to the environment in force; returns what closes it. */
  #begin(client: CoreClient, ended: (error: ErrorEnvelope | null) => void): () => void {
    const closers = [
      followDesk(client, ended),
      followThreats(client),
      client.simulation.status({}, { batch: (items) => this.#takeStatus(items[items.length - 1]) }),
      client.system.health(
        {},
        {
          batch: (items) => {
            const health = items[items.length - 1];
            if (health) useCore.setState({ health });
          },
        },
      ),
      client.kis.health(
        {},
        {
          batch: (items) => {
            const health = items[items.length - 1];
            if (health) takeHealth(health, this.#parts.clock.now());
          },
        },
      ),
    ];
    this.bus.attach(client);
    this.#followStates(client);
    // The issues of the first environment are fetched with the preferences.
    if (useView.getState().loaded) void this.loadInstruments(client).catch(this.#parts.report);
    this.#announce();
    return () => {
      for (const close of closers) close();
      this.bus.detach();
      this.#closeStates();
    };
  }

  /** Nothing of the old environment stays: figures, orders, clock, and the order that was being written. */
  #forget(): void {
    this.market.stopJump();
    this.bus.clear();
    clearDesk();
    clearThreats();
    clearMarketStates();
    clearMarket();
    clearHealth();
    dropDraft();
    this.#replacing.clear();
    usePerformance.setState({ performance: null, curve: null });
    useCore.setState({ status: null, moment: null, health: null });
    this.#planKey = null;
    this.#announce();
  }

  /** One click: puts another environment in force. */
  switchTo(target: SwitchTarget, confirmed = false): void {
    void this.#environment.switchTo(target, confirmed);
  }

  /** Locks the real environment; orders are refused at once, cancelling stays possible. */
  lockReal(): void {
    if (useEnvironment.getState().status?.lock.state === 'armed')
      void this.act((client) => client.environment.disarm({}));
  }

  #followStates(client: CoreClient): void {
    this.#closeStates();
    clearMarketStates();
    this.#closeStates = client.market.state({}, { batch: takeMarketStates });
  }

  #announce(): void {
    for (const listener of this.#attachedListeners) listener();
  }

  #takeStatus(status: ReturnType<typeof useCore.getState>['status'] | undefined): void {
    const environment = useEnvironment.getState().status?.environment;
    // The simulated market stands still, or is another core's, while KIS is in force.
    if (!status || (environment !== undefined && usesKis(environment))) return;
    const before = useCore.getState().status;
    useCore.setState({ status, moment: momentOfSimulation(status) });
    const key = JSON.stringify([status.plan, status.sessionDate]);
    // A clock that goes back is a market that was wound back or begun again.
    const back = before !== null && status.simTs < before.simTs;
    if (this.#planKey !== null && (this.#planKey !== key || back)) {
      // Another market or day: nothing of the old one may be read as if it were of the new one.
      this.bus.clear();
      if (this.#client) {
        // The new values may have come before this status: they are asked for again.
        this.bus.detach();
        this.bus.attach(this.#client);
        this.#followStates(this.#client);
        void this.loadInstruments(this.#client);
      }
      this.#announce();
    }
    this.#planKey = key;
  }

  async #load(client: CoreClient): Promise<void> {
    try {
      const [about, preferences] = await Promise.all([
        client.system.about({}),
        client.system.preferences({}),
        this.loadInstruments(client),
      ]);
      useConnection.setState({ version: about.version });
      useCore.setState({ dataDir: about.dataDir });
      if (useEnvironment.getState().status === null) useCore.setState({ environment: about.environment });
      applyPreferences(preferences);
      await this.#fillFirstChoices(preferences.watchlist);
    } catch (error) {
      this.#parts.report(error);
      this.fail(error);
    }
  }

  /** Fetches the issues known and those in the running market. */
  async loadInstruments(client: CoreClient): Promise<void> {
    const { instruments, inMarket } = await client.market.instruments({});
    setInstruments(instruments, inMarket);
    this.#issues.renew();
    this.#stayInMarket();
  }

  /** A first start has no choices yet: the market's largest issues are shown. `old`: the list that older versions kept. */
  async #fillFirstChoices(old: readonly string[]): Promise<void> {
    const { inMarket, list } = useInstruments.getState();
    const [first] = await this.watchlists.begin(old, () => largest(list, inMarket), text('watch.first'));
    this.#issues.look();
    if (useView.getState().instrumentId === null && first !== undefined)
      await this.setPreferences({ instrumentId: first });
    this.#stayInMarket();
  }

  /** A replay has one issue: looking at another one would show nothing. */
  #stayInMarket(): void {
    const { inMarket } = useInstruments.getState();
    const { instrumentId, loaded } = useView.getState();
    if (!loaded || inMarket.size === 0 || (instrumentId !== null && inMarket.has(instrumentId))) return;
    const [first] = inMarket;
    if (inMarket.size === 1 && first !== undefined) void this.setPreferences({ instrumentId: first });
  }

  /** Changes preferences: on the screen at once, since they are looks, and kept by the core. */
  async setPreferences(change: Partial<Preferences>): Promise<void> {
    const { interval, ...rest } = change;
    const before = useView.getState().instrumentId;
    // Another issue is another order: nothing written for the old one stays in the fields.
    if (before !== null && rest.instrumentId !== undefined && rest.instrumentId !== before)
      setDraft({ priceText: '', stopText: '', quantityText: '' });
    useView.setState({ ...rest, ...(interval ? { interval: interval as never } : {}) });
    await this.#client?.system.setPreferences(change).catch((error: unknown) => this.fail(error));
  }

  /** Shows an issue in a link group. */
  select(instrumentId: string, group: LinkGroup = FIRST_GROUP): void {
    if (group !== FIRST_GROUP) {
      setGroupIssue(group, instrumentId);
      return;
    }
    const view = useView.getState();
    if (view.instrumentId === instrumentId) return;
    const { accounts } = useDesk.getState();
    const accountId = accountPaying(instrumentId, [...accounts.values()], view.accountId);
    void this.setPreferences(accountId === view.accountId ? { instrumentId } : { instrumentId, accountId });
  }

  /** Remembers an issue that was searched for. */
  found(instrumentId: string): void {
    const { recents } = useView.getState();
    if (recents[0] === instrumentId) return;
    const next = [instrumentId, ...recents.filter((id) => id !== instrumentId)].slice(0, RECENTS);
    void this.setPreferences({ recents: next });
  }

  /** Says something once; the words are the core's or the screen's. */
  notify(notice: Omit<Notice, 'id' | 'at'>): void {
    addNotice({ ...notice, id: this.#parts.ids.next(), at: this.#parts.clock.now() });
  }

  /** Shows why an act did not succeed. */
  fail(error: unknown): void {
    const { code, messageKo, actionKo } = wordsOf(error);
    if (code === 'CANCELED') return;
    this.notify({ level: 'high', title: messageKo, body: `${actionKo} (${code})` });
  }

  /** Runs an act on the core; failures are shown. */
  async act<T>(run: (client: CoreClient) => Promise<T>): Promise<T | null> {
    const client = this.#client;
    if (!client) {
      this.fail(new AppError('PIPE_CLOSED'));
      return null;
    }
    try {
      return await run(client);
    } catch (error) {
      this.fail(error);
      return null;
    }
  }

  cancelOrder(orderId: string): void {
    void this.#answer((client) => client.trading.cancel({ requestId: this.newRequestId(), orderId }));
  }

  /**
   * Asks for another price of the whole rest, in the issue's price unit. While no answer has come and the order is as it
   * was, the same wish keeps its request id, so that a repeat cannot replace twice; `requestId` names a gesture that the
   * caller repeats itself.
   */
  replaceOrder(orderId: string, price: number, requestId?: string): void {
    const of = useDesk.getState().orders.get(orderId)?.brokerOrderNo ?? null;
    const owed = this.#replacing.get(orderId);
    // An order that was amended meanwhile has another number: the old answer would say nothing of it.
    const same = owed?.price === price && owed.of === of;
    const id = requestId ?? (same ? owed.requestId : this.newRequestId());
    this.#replacing.set(orderId, { requestId: id, price, of });
    const answered = (): void => {
      if (this.#replacing.get(orderId)?.requestId === id) this.#replacing.delete(orderId);
    };
    void this.#answer(async (client) => {
      try {
        const ack = await client.trading.replace({ requestId: id, orderId, price });
        answered();
        return ack;
      } catch (error) {
        const { family } = wordsOf(error);
        // Refused outright: nothing is under way under this id.
        if (family === 'input' || family === 'denied') answered();
        throw error;
      }
    });
  }

  resolveUnconfirmed(orderId: string): void {
    void this.#answer((client) => client.trading.resolveUnconfirmed({ orderId }));
  }

  async #answer(
    run: (client: CoreClient) => Promise<{
      readonly reason: { readonly messageKo: string; readonly actionKo: string; readonly code: string } | null;
    }>,
  ): Promise<void> {
    const ack = await this.act(run);
    if (ack?.reason) {
      this.notify({
        level: 'caution',
        title: ack.reason.messageKo,
        body: `${ack.reason.actionKo} (${ack.reason.code})`,
      });
    }
  }

  cancelAll(accountId: string | null): void {
    void this.act((client) => client.trading.cancelAll({ accountId }));
  }

  /** One press, no question. */
  halt(): void {
    this.lockReal();
    if (useDesk.getState().tradingState?.state === 'halted') return;
    void this.act((client) => client.trading.setTradingState({ state: 'halted', note: '' }));
  }
}
