import { RouteRefusal } from "@/server/guard/route-refusal";
import { fileLimits } from "./file-limits";

// On globalThis because Next loads this module more than once in one process.
const shared: typeof globalThis & { pipewrightUploads?: { underWay: number } } = globalThis;

/** Runs what brings files in, of which only so many may be under way: each holds bytes on this machine's disk. */
export const withUploadPlace = async <T>(work: () => Promise<T>): Promise<T> => {
  shared.pipewrightUploads ??= { underWay: 0 };
  const state = shared.pipewrightUploads;
  if (state.underWay >= fileLimits.uploadsAtOnce) {
    const hint = "Try again in a moment.";
    throw new RouteRefusal(
      429,
      "too-many-uploads",
      "Too many uploads are under way.",
      { hint },
      { "retry-after": "2" },
    );
  }
  state.underWay += 1;
  try {
    return await work();
  } finally {
    state.underWay -= 1;
  }
};
