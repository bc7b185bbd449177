/** Sounds of notifications, made of plain tones: the graver, the longer and the more of them. */
import type { Alert } from '#shared/domain/index.ts';

/** One tone: pitch in hertz, start and length in seconds. */
type Tone = readonly [hertz: number, at: number, length: number];

const TONES: Readonly<Record<Alert['level'], readonly Tone[]>> = {
  info: [[880, 0, 0.12]],
  caution: [
    [660, 0, 0.12],
    [880, 0.16, 0.16],
  ],
  high: [
    [880, 0, 0.14],
    [880, 0.2, 0.14],
    [660, 0.4, 0.28],
  ],
  critical: [
    [988, 0, 0.18],
    [740, 0.22, 0.18],
    [988, 0.44, 0.18],
    [740, 0.66, 0.18],
    [988, 0.88, 0.3],
  ],
};

/** Loud enough beside other programs, and no louder. */
const GAIN = 0.12;
/** A tone that begins or ends at once clicks. */
const EDGE = 0.012;

let shared: AudioContext | null = null;

/** Sounds a level. Silent where the browser has not let the page sound yet: it wants a click first. */
export function sound(level: Alert['level']): void {
  shared ??= new AudioContext();
  const context = shared;
  if (context.state === 'suspended') void context.resume().catch(() => undefined);
  for (const [hertz, at, length] of TONES[level]) {
    const oscillator = context.createOscillator();
    const gain = context.createGain();
    const begin = context.currentTime + at;
    oscillator.frequency.value = hertz;
    gain.gain.setValueAtTime(0, begin);
    gain.gain.linearRampToValueAtTime(GAIN, begin + EDGE);
    gain.gain.setValueAtTime(GAIN, begin + length - EDGE);
    gain.gain.linearRampToValueAtTime(0, begin + length);
    oscillator.connect(gain).connect(context.destination);
    oscillator.start(begin);
    oscillator.stop(begin + length);
  }
}
