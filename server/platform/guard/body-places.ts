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

const tooMany = (): RouteRefusal =>
  new RouteRefusal(
    429,
    "too-many-uploads",
    "Too many large requests are being read.",
    { hint: "Try again in a moment." },
    { "retry-after": "1" },
  );

/** What is told how many bytes of a body have come; it may refuse more. */
export type Growth = (bytes: number) => RouteRefusal | null;

/** Reads a body, which takes a place once it is large: of these there are only so many at once, and of one API key only its share. */
export const withBodyPlace = async <T>(
  holder: Holder,
  read: (grow: Growth) => Promise<T>,
  places: FairPlaces = placesOfProcess(),
): Promise<T> => {
  let giveBack: (() => void) | null = null;
  try {
    return await read((bytes) => {
      if (bytes <= bodyPlaces.freeBytes || giveBack !== null) return null;
      giveBack = places.take(holder);
      return giveBack === null ? tooMany() : null;
    });
  } finally {
    (giveBack as (() => void) | null)?.();
  }
};
