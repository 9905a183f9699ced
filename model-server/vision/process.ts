import path from "node:path";
import { ok } from "@/runtime/graph/result";
import { serveFamily } from "../family/serve-family";
import type { Sight } from "./describe-sights";
import { type FoundObject, ObjectDetector } from "./objects/object-detector";
import { openImage } from "./open-image";
import { SafetyRater, unsafeScore } from "./safety/safety-rater";
import { TextReader } from "./text/text-reader";

export interface VisionSettings {
  /** Folder of the weights. */
  readonly folder: string;
  readonly threads: number;
}

export interface LookInput {
  readonly image: Uint8Array;
  /** Only read the text: what scanned pages need. */
  readonly textOnly: boolean;
}

const { folder, threads } = JSON.parse(process.argv[2] ?? "{}") as VisionSettings;
const once = <T>(load: () => Promise<T>) => {
  let loading: Promise<T> | undefined;
  return () => {
    loading ??= load();
    return loading;
  };
};
const textReader = once(() => TextReader.load(path.join(folder, "text"), threads));
const objectDetector = once(() => ObjectDetector.load(path.join(folder, "objects"), threads));
const safetyRater = once(() => SafetyRater.load(path.join(folder, "safety"), threads));

serveFamily({
  look: async (input, signal) => {
    const { image, textOnly } = input as LookInput;
    const opened = await openImage(image);
    if (!opened.ok) return opened;
    const { picture, original } = opened.value;
    signal.throwIfAborted();
    const lines = await (await textReader()).read(picture, signal);
    const sight: Sight = { ...original, lines, objects: [], unsafeScore: 0 };
    if (textOnly) return ok(sight);
    const objects = counted(await (await objectDetector()).detect(picture));
    return ok({ ...sight, objects, unsafeScore: unsafeScore(await (await safetyRater()).rate(picture)) });
  },
});

function counted(found: readonly FoundObject[]): Sight["objects"] {
  const counts = new Map<string, number>();
  for (const { name } of found) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].map(([name, count]) => ({ name, count }));
}
