import { levelOfLook } from "./looks";
import { normalCdf, normalQuantile } from "./normal";
import { usualPower } from "./plan-rows";

export interface Unsettled {
  /** The difference seen, positive where the variant is the better one, its standard error, and the cases that they are of. */
  readonly value: number;
  readonly error: number;
  readonly rows: number;
  /** Not worse by more than this is asked; null: better or worse. */
  readonly margin: number | null;
  /** A difference within this counts as none. */
  readonly negligible: number;
  /** The look that left it open, the question's alpha, what of it this look has, and the level of this comparison after the correction for many. */
  readonly look: number;
  readonly alpha: number;
  readonly own: number;
  readonly level: number;
  /** Of what the next look may spend, the part that is left where losers may be dropped. Left out: all of it. */
  readonly part?: number;
}

const [points, mostKept] = [40, 50];
const kept = new Map<string, Float64Array>();

/** Normal quantile of the level of the next look by its correlation with this one, from forty of them: a search asks for hundreds. */
const nextReach = (look: number, alpha: number, level: number, part: number): ((correlation: number) => number) => {
  const key = `${look}/${alpha}/${level.toPrecision(3)}/${part}`;
  if (kept.size > mostKept) kept.clear();
  const known =
    kept.get(key) ??
    Float64Array.from({ length: points + 1 }, (_, point) =>
      normalQuantile(1 - (part * levelOfLook(look + 1, alpha, [{ level, correlation: point / points }])) / 2),
    );
  kept.set(key, known);
  return (correlation) => {
    const place = correlation * points;
    const lower = Math.min(points - 1, Math.floor(place));
    return (known[lower] as number) + (place - lower) * ((known[lower + 1] as number) - (known[lower] as number));
  };
};

/**
 * More cases, asked for beside those that are there, that settle it with 80 % power where the difference of the new ones is what was seen: the conditional power of
 * a follow-up (M. A. Proschan and S. A. Hunsberger, Biometrics 51 (1995) 1315) at the level that the next look at the same question has. null where more than `most`
 * cases would be needed in all.
 */
export const casesToSettle = (open: Unsettled, most: number): number | null => {
  const { value, error, rows, margin, negligible, look, alpha, own, level, part = 1 } = open;
  if (!(error > 0) || rows <= 0) return null;
  const deviation = error * Math.sqrt(rows);
  /** How far the bounds that have to be cleared lie from what was seen. */
  const band = margin ?? negligible;
  const rooms =
    margin !== null && value > -margin
      ? [value + margin]
      : margin === null && Math.abs(value) < band
        ? [band - value, band + value]
        : [Math.abs(value)];
  if (rooms.some((room) => !(room > 0))) return null;
  // What a correction for many comparisons took of this look it takes of the next as well.
  const share = Math.min(1, level / own);
  const reachOf = nextReach(look, alpha, own, part);
  const wider = normalQuantile(1 - (own * share) / 2) - normalQuantile(1 - own / 2);
  const power = (all: number): number => {
    const reach = reachOf(Math.sqrt(rows / all)) + wider;
    const chances = rooms.map((room) =>
      normalCdf((room * all - reach * deviation * Math.sqrt(all)) / (deviation * Math.sqrt(all - rows))),
    );
    return chances.reduce((sum, chance) => sum + chance, 1 - chances.length);
  };
  let [low, high] = [rows, rows * 2];
  while (high < most && power(high) < usualPower) [low, high] = [high, high * 2];
  high = Math.min(high, most);
  if (high <= rows || power(high) < usualPower) return null;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (power(middle) < usualPower) low = middle;
    else high = middle;
  }
  return high - rows;
};
