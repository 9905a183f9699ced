import { z } from "zod";
import { field } from "@/runtime/node/field";
import type { ModelControl } from "@/runtime/node/model-use";

/** `<endpoint slug>/<model name>`, or `default`. */
export const modelField = (control: ModelControl) =>
  z
    .string()
    .trim()
    .min(1)
    .max(300)
    .default("default")
    .meta(field({ title: { en: "Model", zh: "模型" }, control }));
