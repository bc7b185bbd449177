/** Keeps the charts of a link group in step: the one under the user's hand leads, the others follow, and nobody answers back. */
import type { ChartInterval, ChartSync, LinkGroup } from '#shared/domain/index.ts';
import { framed } from '../ui/platform.ts';

/** Where the cross of the leading chart is. */
export interface SyncedCross {
  readonly ts: number;
  readonly price: number;
}

export interface SyncedRange {
  readonly fromTs: number;
  readonly toTs: number;
}

/** A chart as the others see it; told at most once a frame, and only what it wants to share. */
export interface ChartMember {
  readonly wants: () => ChartSync;
  readonly cross: (at: SyncedCross | null) => void;
  readonly range: (range: SyncedRange) => void;
  readonly interval: (interval: ChartInterval) => void;
}

/** What has changed since the last frame. */
interface News {
  cross?: SyncedCross | null;
  range?: SyncedRange;
  interval?: ChartInterval;
}

export class ChartGroups {
  readonly #groups = new Map<
    LinkGroup,
    { leader: ChartMember | null; readonly members: Set<ChartMember>; news: News }
  >();
  readonly #frame: () => void;

  /** `schedule` makes of a function one that runs once a frame however often it is asked. */
  constructor(schedule: (run: () => void) => () => void = framed) {
    this.#frame = schedule(() => this.#tell());
  }

  /** Joins a group; returns what leaves it. */
  join(group: LinkGroup, member: ChartMember): () => void {
    const joined = this.#groups.get(group) ?? { leader: null, members: new Set(), news: {} };
    joined.members.add(member);
    this.#groups.set(group, joined);
    return () => {
      joined.members.delete(member);
      if (joined.leader === member) {
        joined.leader = null;
        joined.news = {};
      }
      if (joined.members.size === 0 && this.#groups.get(group) === joined) this.#groups.delete(group);
    };
  }

  /** The user's hand is on a chart: from now on it leads. */
  lead(group: LinkGroup, member: ChartMember): void {
    const found = this.#groups.get(group);
    if (!found || found.leader === member) return;
    found.leader = member;
    found.news = {};
  }

  /** Tells the others what has changed; what a chart says that does not lead is an echo, and is dropped. */
  say(group: LinkGroup, member: ChartMember, news: Readonly<News>): void {
    const found = this.#groups.get(group);
    if (found?.leader !== member) return;
    found.news = { ...found.news, ...news };
    this.#frame();
  }

  #tell(): void {
    for (const found of this.#groups.values()) {
      const { leader, members, news } = found;
      found.news = {};
      if (!leader) continue;
      const shares = leader.wants();
      for (const member of [...members]) {
        if (member === leader) continue;
        const wants = member.wants();
        if (news.interval !== undefined && shares.interval && wants.interval) member.interval(news.interval);
        if (news.range && shares.range && wants.range) member.range(news.range);
        if (news.cross !== undefined && shares.crosshair && wants.crosshair) member.cross(news.cross);
      }
    }
  }
}

/** The charts of this window. */
export const chartGroups = new ChartGroups();
