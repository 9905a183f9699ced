import type { RunEvent } from "@/runtime/run/events";

/**
 * One log out of what is known and what came later. What is known already is passed over, so the two may overlap; the same
 * list comes back when there was nothing new.
 */
export const joinEvents = (known: readonly RunEvent[], later: readonly RunEvent[]): readonly RunEvent[] => {
  const last = known.at(-1)?.seq ?? -1;
  const fresh = later.filter((event) => event.seq > last);
  return fresh.length === 0 ? known : [...known, ...fresh];
};
