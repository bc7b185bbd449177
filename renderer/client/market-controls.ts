/** The user's hand on the simulated market's clock: run, pause, step, jump, wind back, begin another. */
import type { JumpTarget, SimulationPlan } from '#shared/domain/index.ts';
import { useCore } from '../store/core.ts';
import type { CoreClient } from './supervisor.ts';

type Act = <T>(run: (client: CoreClient) => Promise<T>) => Promise<T | null>;

export class MarketControls {
  readonly #act: Act;
  #jump: AbortController | null = null;

  /** `act` runs an act on the core and shows its failure. */
  constructor(act: Act) {
    this.#act = act;
  }

  togglePlay(): void {
    const status = useCore.getState().status;
    void this.#act((client) => (status?.running ? client.simulation.pause({}) : client.simulation.resume({})));
  }

  /** Runs the paused clock on by simulated milliseconds; a second if none are named. */
  step(ms?: number): void {
    void this.#act((client) => client.simulation.step(ms === undefined ? {} : { ms }));
  }

  /** Takes the market back to an earlier instant of the day; open orders expire, fills stay booked. */
  rewind(toTs: number): Promise<unknown> {
    this.stopJump();
    return this.#act((client) => client.simulation.rewind({ toTs }));
  }

  setSpeed(speed: number): void {
    void this.#act((client) => client.simulation.setSpeed({ speed }));
  }

  /** Runs to a phase; another jump under way is stopped first. */
  jump(to: JumpTarget): void {
    this.stopJump();
    const abort = new AbortController();
    this.#jump = abort;
    useCore.setState({ jumping: true });
    void this.#act((client) => client.simulation.jump({ to }, { signal: abort.signal })).finally(() => {
      if (this.#jump === abort) this.#endJump();
    });
  }

  /** Leaves the market where the jump has brought it. */
  stopJump(): void {
    this.#jump?.abort();
    this.#endJump();
  }

  begin(plan: SimulationPlan): Promise<unknown> {
    return this.#act((client) => client.simulation.start({ plan }));
  }

  #endJump(): void {
    this.#jump = null;
    useCore.setState({ jumping: false });
  }
}
