import type { Localized } from "@/runtime/node/localized";
import type { MetricDefinition } from "../../contract/metric";

/** 0 or 1; 1 is good. */
export const yesOrNo = (key: string, title: Localized): MetricDefinition => ({
  key,
  title,
  scale: "binary",
  better: "higher",
});

/** 0 … 1; 1 is good. */
export const share = (key: string, title: Localized): MetricDefinition => ({
  key,
  title,
  scale: "unit",
  better: "higher",
});
