/** A workspace (작업 공간): its windows, the panels that are docked in them, and the issue of each link group. */
import { z } from 'zod';
import { InstrumentId } from '../instrument.ts';

/** Panels with the same letter show the same issue; letters are never renumbered, since saved workspaces name them. */
export const LINK_GROUPS = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'] as const;
export const LinkGroup = z.enum(LINK_GROUPS);
export type LinkGroup = z.infer<typeof LinkGroup>;

/** The workspaces that ship with the program: 데이트레이딩, 복기, 감시, 시나리오, 위협 대응. */
export const FACTORY_WORKSPACES = ['day', 'review', 'monitor', 'rehearsal', 'defence'] as const;
export const FactoryWorkspace = z.enum(FACTORY_WORKSPACES);
export type FactoryWorkspace = z.infer<typeof FactoryWorkspace>;

/** What a docked panel is: which view it shows, and which issue. */
export const PlacedPanel = z.strictObject({
  /** Name of the view in renderer/app/panels.ts; one that the program no longer has is kept and shown as gone. */
  view: z.string().min(1).max(40),
  /** null: the panel keeps an issue of its own. */
  group: LinkGroup.nullable(),
  /** The issue of a panel without a group. */
  instrumentId: InstrumentId.nullable(),
});
export type PlacedPanel = z.infer<typeof PlacedPanel>;

/** Names a panel within its workspace. */
const PanelId = z.string().regex(/^[A-Za-z0-9_-]{1,60}$/);
/** Names a window of a workspace; the first is "main". */
export const WindowId = z.string().regex(/^[a-z0-9]{1,16}$/);

/** Panels one workspace may hold. */
export const PANELS_LIMIT = 60;
/** Windows of one workspace. */
export const WINDOWS_LIMIT = 8;

/** One window of a workspace. */
export const WorkspaceWindow = z.strictObject({
  /** The arrangement as the docking library writes it; read again with its own checks. null: the factory's. */
  dock: z.record(z.string(), z.unknown()).nullable(),
  panels: z.record(PanelId, PlacedPanel).refine((panels) => Object.keys(panels).length <= PANELS_LIMIT),
});
export type WorkspaceWindow = z.infer<typeof WorkspaceWindow>;

export const Workspace = z.strictObject({
  name: z.string().trim().min(1).max(40),
  /** Its place among the tabs, from 0. */
  place: z.int().min(0).max(1_000),
  /** The factory workspace that it began as, to which it can be put back. */
  factory: FactoryWorkspace.nullable(),
  windows: z.record(WindowId, WorkspaceWindow).refine((windows) => Object.keys(windows).length <= WINDOWS_LIMIT),
  /** Issues of the link groups; a group that is absent shows the issue of A. */
  links: z.partialRecord(LinkGroup, InstrumentId),
});
export type Workspace = z.infer<typeof Workspace>;
