import { SPEECH_RATE } from "./audio/sound";

/** Samples that a guess is about: 32 ms. */
export const FRAME = 512;

/** From one sample up to another, that one left out. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

const BEGINS_FROM = 0.5;
const ENDS_BELOW = 0.35;
const frames = (seconds: number) => Math.round((seconds * SPEECH_RATE) / FRAME);
/** A pause inside a sentence is shorter. */
const PAUSE = frames(0.6);
/** A cough or a click is shorter than any word. */
const SHORTEST = frames(0.2);
/** Left around each stretch, so that soft beginnings and ends are in it. */
const MARGIN = Math.round(0.25 * SPEECH_RATE);

/** Where somebody speaks, from a guess a frame. */
export function voicedStretches(probabilities: readonly number[], length: number): Stretch[] {
  const found: { from: number; to: number }[] = [];
  let begin: number | undefined;
  let silentFor = 0;
  const finish = (end: number) => {
    if (begin !== undefined && end - begin >= SHORTEST) {
      const from = Math.max(0, begin * FRAME - MARGIN);
      const to = Math.min(length, end * FRAME + MARGIN);
      const last = found.at(-1);
      if (last && from <= last.to) last.to = to;
      else found.push({ from, to });
    }
    begin = undefined;
    silentFor = 0;
  };
  for (const [frame, probability] of probabilities.entries()) {
    if (begin === undefined) {
      if (probability >= BEGINS_FROM) begin = frame;
      continue;
    }
    silentFor = probability < ENDS_BELOW ? silentFor + 1 : 0;
    if (silentFor >= PAUSE) finish(frame - silentFor + 1);
  }
  finish(probabilities.length - silentFor);
  return found;
}

/** What the speech model hears at once is a little longer. */
const LONGEST_WINDOW = 28 * SPEECH_RATE;

/** Neighbouring stretches that are heard together, none longer than the model can hear; one that is too long alone is cut. */
export function speechWindows(stretches: readonly Stretch[], longest = LONGEST_WINDOW): Stretch[] {
  const windows: { from: number; to: number }[] = [];
  for (const { from, to } of stretches) {
    const last = windows.at(-1);
    if (last && to - last.from <= longest) {
      last.to = to;
      continue;
    }
    for (let start = from; start < to; start += longest)
      windows.push({ from: start, to: Math.min(to, start + longest) });
  }
  return windows;
}
