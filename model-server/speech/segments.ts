export interface Segment {
  /** Seconds from the beginning of the recording. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Tokens that stand for times: the first for 0.00 s, each further one 0.02 s later. */
const SECONDS_A_TOKEN = 0.02;

/**
 * Cuts what the model wrote at the times that it wrote between: `<0.00> Hello.<1.20><1.20> There.<2.00>`. Words after the last
 * time go on to the end of the window.
 */
export function readSegments(
  tokens: readonly number[],
  {
    firstTime,
    window,
    decode,
  }: {
    readonly firstTime: number;
    readonly window: { readonly start: number; readonly end: number };
    readonly decode: (tokens: readonly number[]) => string;
  },
): Segment[] {
  const segments: Segment[] = [];
  let start = window.start;
  let words: number[] = [];
  const finish = (end: number) => {
    const text = words.length > 0 ? decode(words).trim() : "";
    if (text) segments.push({ start: round(start), end: round(Math.max(start, end)), text });
    words = [];
  };
  for (const token of tokens) {
    if (token < firstTime) {
      words.push(token);
      continue;
    }
    const time = Math.min(window.end, window.start + (token - firstTime) * SECONDS_A_TOKEN);
    finish(time);
    start = time;
  }
  finish(window.end);
  return segments;
}

const round = (seconds: number) => Math.round(seconds * 100) / 100;

const spaceless = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}，。！？、]/u;

/** The whole text; no space is put between Chinese sentences. */
export const joinSegments = (segments: readonly Segment[]): string =>
  segments.reduce((joined, { text }) => {
    if (!joined) return text;
    return spaceless.test(joined.at(-1) ?? "") || spaceless.test(text[0] ?? "") ? joined + text : `${joined} ${text}`;
  }, "");
