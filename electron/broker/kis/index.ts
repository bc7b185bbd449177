/** KIS (한국투자증권 Open API): the client, and the ports of broker and feed on it. */
export * from './ports.ts';
export * from './server-clock.ts';
export * from './heard.ts';
export * from './rest/index.ts';
export * from './realtime/index.ts';
export * from './broker.ts';
export * from './joint/index.ts';
export * from './overseas/index.ts';
export * from './derivatives/index.ts';
export * from './bonds/index.ts';
export * from './futures-abroad/index.ts';
export * from './credit/index.ts';
export * from './statements/index.ts';
export * from './reservations/index.ts';
export { lacksOf } from './domestic/capabilities.ts';
export { DOMESTIC_SETTINGS, type DomesticSettings } from './domestic/settings.ts';
export { createKisFeed, type KisFeed, type KisFeedParts } from './feed.ts';
export { createChannelPoll } from './domestic/channel-poll.ts';
