import ipaddr from "ipaddr.js";
import { authLimits } from "./auth-limits";

interface Guesses {
  wrong: number;
  /** Until when nothing more is tried. */
  until: number;
  /** Of the last wrong one. */
  last: number;
}

/** One who guesses, as counted: an IPv4 address, or the /64 network that a single IPv6 customer has. */
export const guesserOf = (address: string | null): string => {
  if (address === null || !ipaddr.isValid(address)) return "unknown";
  const parsed = ipaddr.process(address);
  return parsed.kind() === "ipv6"
    ? `${parsed.toNormalizedString().split(":").slice(0, 4).join(":")}::/64`
    : parsed.toString();
};

/**
 * Makes whoever guesses a password wait, longer with every wrong one: the address together with the account, and the address over all accounts. Nobody
 * else is kept out, so the owner signs in from another place while somebody guesses. An account that does not exist is treated like one that does. Bounded
 * in memory: beyond `names` the one that was quiet for longest is forgotten.
 */
export const guessLock = (now: () => number = Date.now, names = 10_000) => {
  const known = new Map<string, Guesses>();

  const find = (name: string): Guesses | undefined => {
    const found = known.get(name);
    if (found === undefined || now() - found.last < authLimits.guessesKeptMs) return found;
    known.delete(name);
    return undefined;
  };

  const count = (name: string, free: number): Guesses => {
    const guesses = find(name) ?? { wrong: 0, until: 0, last: 0 };
    guesses.wrong += 1;
    guesses.last = now();
    const over = guesses.wrong - free;
    if (over >= 0) {
      guesses.until = now() + Math.min(authLimits.firstWaitMs * 2 ** Math.min(over, 30), authLimits.longestWaitMs);
    }
    // At the end of the order in which names are forgotten.
    known.delete(name);
    known.set(name, guesses);
    const oldest = known.keys().next().value;
    if (known.size > names && oldest !== undefined) known.delete(oldest);
    return guesses;
  };

  const pairOf = (address: string | null, account: string) => `${guesserOf(address)} ${account.trim().toLowerCase()}`;

  return {
    /**
     * To be asked before a password is checked: 0, or the milliseconds to wait. Each attempt that is let through counts as wrong until `right` says
     * otherwise, so that many at the same moment are not all let through.
     */
    take: (address: string | null, account: string): { readonly waitMs: number; readonly locked: boolean } => {
      const [pair, guesser] = [pairOf(address, account), guesserOf(address)];
      const waitMs = Math.max(0, (find(pair)?.until ?? 0) - now(), (find(guesser)?.until ?? 0) - now());
      if (waitMs > 0) return { waitMs, locked: false };
      const { wrong } = count(pair, authLimits.wrongPasswords);
      count(guesser, authLimits.wrongPasswordsOfAll);
      return { waitMs: 0, locked: wrong === authLimits.wrongPasswords };
    },
    /** The password was right after all. */
    right: (address: string | null, account: string): void => {
      known.delete(pairOf(address, account));
      const guesser = known.get(guesserOf(address));
      if (guesser !== undefined) {
        guesser.wrong -= 1;
        if (guesser.wrong < authLimits.wrongPasswordsOfAll) guesser.until = 0;
      }
    },
    /** How many names are remembered. */
    size: () => known.size,
  };
};

export type GuessLock = ReturnType<typeof guessLock>;

const locks = new WeakMap<object, GuessLock>();

/** One for each opened database, as for everything that signing in counts. */
export const guessLockOf = (database: object): GuessLock => {
  let lock = locks.get(database);
  if (lock === undefined) {
    lock = guessLock();
    locks.set(database, lock);
  }
  return lock;
};
