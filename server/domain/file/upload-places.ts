import { FairPlaces, type Holder } from "@/server/platform/guard/fair-places";
import { RouteRefusal } from "@/server/platform/guard/route-refusal";
import { fileLimits } from "./file-limits";

// On globalThis because Next loads this module more than once in one process.
const shared: typeof globalThis & { pipewrightUploads?: FairPlaces } = globalThis;

/** Runs what brings files in, of which only so many may be under way, and of one holder only its share: each holds bytes on this machine's disk. */
export const withUploadPlace = async <T>(holder: Holder, work: () => Promise<T>): Promise<T> => {
  shared.pipewrightUploads ??= new FairPlaces(fileLimits.uploadsAtOnce);
  const giveBack = shared.pipewrightUploads.take(holder);
  if (giveBack === null) {
    const hint = "Try again in a moment.";
    throw new RouteRefusal(
      429,
      "too-many-uploads",
      "Too many uploads are under way.",
      { hint },
      { "retry-after": "2" },
    );
  }
  try {
    return await work();
  } finally {
    giveBack();
  }
};
