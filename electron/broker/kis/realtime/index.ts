/** Real-time data of KIS over its socket. */
export { ConnectGovernor } from './connect-governor.ts';
export type { AlarmKind, ChannelAlarm } from './channel-intake.ts';
export type { RealtimeHealth, StreamHealth } from './realtime-health.ts';
export { createKisRealtime, type KeptFrame, type KisRealtimeClient, type KisRealtimeParts } from './realtime.ts';
export { RecordDecoder, type DecodedFrame } from './record-decoder.ts';
export { REALTIME_SETTINGS, type RealtimeSettings } from './settings.ts';
export type { ChannelPoll } from './wish-poller.ts';
