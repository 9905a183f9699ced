/** Of the places at an endpoint, those that each of two processes may hold. */
export interface PlaceShares {
  /** Of the process that answers callers. */
  readonly callers: number;
  /** Of the one that runs experiments, sheets and the editor. */
  readonly own: number;
}

/** What each of them has under way or waiting. */
export interface PlaceDemand {
  readonly callers: number;
  readonly own: number;
}

/**
 * Shares that sum to the limit. Who wants less than half gets it; callers get half as much again and one more, so that they need not wait for the next
 * split where more of them come. `turn` changes with each split: of a single place, or an odd one, each has it in turns.
 */
export const splitPlaces = (limit: number, wanted: PlaceDemand, turn: boolean): PlaceShares => {
  if (wanted.own === 0) return { callers: limit, own: 0 };
  const half = Math.floor((limit + (turn ? 1 : 0)) / 2);
  const spare = limit > 1 ? Math.ceil(wanted.callers * 1.5) + 1 : wanted.callers;
  const own = Math.min(wanted.own, limit, Math.max(half, limit - spare));
  return { callers: limit - own, own };
};
