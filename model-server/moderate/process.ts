import path from "node:path";
import { ok } from "@/runtime/graph/result";
import { serveFamily } from "../family/serve-family";
import { type Moderation, moderateText } from "./moderate-text";
import { SequenceClassifier } from "./sequence-classifier";

export interface ModerationSettings {
  /** Folder of the weights. */
  readonly folder: string;
  readonly threads: number;
}

const { folder, threads } = JSON.parse(process.argv[2] ?? "{}") as ModerationSettings;
/** As the Chinese model was trained; the English one, with its two layers, loses a few words among many. */
const readings = {
  zh: { windowTokens: 128, overlapTokens: 24 },
  en: { windowTokens: 48, overlapTokens: 16 },
} as const;
const load = (language: "zh" | "en") => {
  let loading: Promise<SequenceClassifier> | undefined;
  return () => {
    loading ??= SequenceClassifier.load({
      model: path.join(folder, language, "model.onnx"),
      vocabulary: path.join(folder, language, "vocab.txt"),
      lowercase: language === "en",
      ...readings[language],
      threads,
    });
    return loading;
  };
};
const moderators = { chinese: load("zh"), english: load("en") };

serveFamily({
  moderate: async (input, signal) => {
    const results: Moderation[] = [];
    for (const text of input as readonly string[]) results.push(await moderateText(text, moderators, signal));
    return ok(results);
  },
});
