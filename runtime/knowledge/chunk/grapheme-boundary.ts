/**
 * A sign as a person sees it may be several code units: a surrogate pair, a letter with its accents, an emoji joined from others.
 * One longer than this is no sign but an attack, and may be cut between two code points.
 */
export const longestGrapheme = 64;

const segmenter = new Intl.Segmenter("en", { granularity: "grapheme" });

/** Letters and signs that stand alone whatever is next to them, and are nearly all there is. */
const isSimple = (unit: number): boolean =>
  (unit >= 0x20 && unit <= 0x7e) ||
  unit === 0x0a ||
  (unit >= 0x3001 && unit <= 0x3029) ||
  (unit >= 0x4e00 && unit <= 0x9fff) ||
  (unit >= 0xff01 && unit <= 0xff5e);

/** Whether the text may be cut at `at` without cutting a sign. */
export function isGraphemeBoundary(text: string, at: number): boolean {
  if (at <= 0 || at >= text.length) return true;
  if (isSimple(text.charCodeAt(at)) && isSimple(text.charCodeAt(at - 1))) return true;
  // From a place that surely begins a sign, so that the segmenter sees what is joined to what.
  let from = at;
  while (from > 0 && at - from < 4 * longestGrapheme && !(from < at && isSimple(text.charCodeAt(from)))) from--;
  if (from > 0 && isLowSurrogate(text, from)) from--;
  const window = text.slice(from, at + 2);
  return segmenter.segment(window).containing(at - from)?.index === at - from;
}

const isLowSurrogate = (text: string, at: number): boolean => {
  const unit = text.charCodeAt(at);
  const before = text.charCodeAt(at - 1);
  return unit >= 0xdc00 && unit <= 0xdfff && before >= 0xd800 && before <= 0xdbff;
};

/** The last place at or before `at`, and after `after`, where no sign is cut. */
export function boundaryBefore(text: string, at: number, after: number): number {
  const least = Math.max(after + 1, at - longestGrapheme);
  for (let place = at; place >= least; place--) if (isGraphemeBoundary(text, place)) return place;
  return isLowSurrogate(text, at) && at - 1 > after ? at - 1 : at;
}

/** The first place at or after `at`, and before `before`, where no sign is cut. */
export function boundaryAfter(text: string, at: number, before: number): number {
  const most = Math.min(before, at + longestGrapheme);
  for (let place = at; place < most; place++) if (isGraphemeBoundary(text, place)) return place;
  return before;
}
