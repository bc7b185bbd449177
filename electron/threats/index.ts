/** Threats in the core: the tap that feeds the detectors. */
export * from './integrity.ts';
export { MarkKeeper, type AccountMarks, type MarksPort } from './account-marks.ts';
export { TAP_KINDS, ThreatTap, type TapParts, type UsualDays } from './tap.ts';
export { ALL_PLAYS, reducingPrice, responsePlan, type Incident, type SecurityPort } from './plays/index.ts';
export { PlayRoom, type ArmedMandate, type PlayRoomParts } from './plays/play-room.ts';
export { askPortfolio } from './portfolio/ask-portfolio.ts';
export { CLOSE_DAYS, type CloseSource, type DatedChange } from './portfolio/closes.ts';
export { answerOf, servePortfolio, type PortfolioOrder } from './portfolio/serve-portfolio.ts';
export { ThreatHistory } from './threat-history.ts';
export { ThreatRoom, type ThreatRoomParts } from './threat-room.ts';
