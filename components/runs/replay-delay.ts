interface Timed {
  readonly at: string;
}

const shortest = 30;
const longest = 700;

/** Milliseconds to wait between two events: as it was, but no gap so short that nothing is seen or so long that one waits. */
export const replayDelay = (now: Timed, next: Timed): number =>
  Math.min(longest, Math.max(shortest, Date.parse(next.at) - Date.parse(now.at)));
