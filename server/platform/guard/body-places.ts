import { FairPlaces, type Holder } from "./fair-places";
import { RouteRefusal } from "./route-refusal";

export const bodyPlaces = {
  /** Bytes up to which a body takes no place. */
  freeBytes: 1024 * 1024,
  /** Larger bodies of callers that are read at once in this process: together they hold some 750 MB at most. One key alone gets a third of them. */
  atOnce: 48,
} as const;

// On globalThis because Next loads this module more than once in one process.
const shared: typeof globalThis & { pipewrightBodies?: FairPlaces } = globalThis;

const placesOfProcess = (): FairPlaces => {
  shared.pipewrightBodies ??= new FairPlaces(bodyPlaces.atOnce);
  return shared.pipewrightBodies;
};

/** A body that does not say its length may be of any. */
const isLarge = (headers: Headers): boolean => {
  const length = headers.get("content-length");
  return length === null || !(Number(length) <= bodyPlaces.freeBytes);
};

/** Reads a body; of large ones only so many at once, and of one API key only its share. `holder` null: nobody who is counted. */
export const withBodyPlace = async <T>(
  holder: Holder | null,
  headers: Headers,
  read: () => Promise<T>,
  places: FairPlaces = placesOfProcess(),
): Promise<T> => {
  if (holder === null || !isLarge(headers)) return read();
  const giveBack = places.take(holder);
  if (giveBack === null) {
    const hint = "Try again in a moment.";
    throw new RouteRefusal(
      429,
      "too-many-uploads",
      "Too many large requests are being read.",
      { hint },
      { "retry-after": "1" },
    );
  }
  try {
    return await read();
  } finally {
    giveBack();
  }
};
