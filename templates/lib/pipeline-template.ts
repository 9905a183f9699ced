import type { GraphDocument } from "@/runtime/graph/document";
import type { Locale, Localized } from "@/runtime/node/localized";
import type { TemplateSupplies } from "./supplies";

/** What has to be set up before a template can run. */
export type TemplateNeed =
  | "chat-model"
  | "embedding-model"
  | "vision-model"
  | "moderation-model"
  | "transcription-model"
  | "knowledge-base"
  | "trained-model";

export interface SampleInputs {
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** A pipeline to start from: plain data, safe in the browser. Its models are `default`, so that it runs in every workspace. */
export interface PipelineTemplate {
  /** Kept in pipelines that were made from it: never rename. */
  readonly id: string;
  readonly title: Localized;
  /** Two or three sentences: what it does, and what to expect of the small demo model. */
  readonly summary: Localized;
  readonly category: "start" | "customer-service" | "knowledge" | "industry" | "safety" | "finance";
  readonly needs: readonly TemplateNeed[];
  /** Suggested address of the published pipeline. */
  readonly slug: string;
  /** What it brings along; the document and the samples name it by stand-ins. */
  readonly supplies?: (locale: Locale) => TemplateSupplies;
  /** In words of the given language; the same nodes and wires in each. */
  readonly document: (locale: Locale) => GraphDocument;
  /** At least two cases worth trying; the first one fills the form. */
  readonly sampleInputs: (locale: Locale) => readonly [SampleInputs, SampleInputs, ...SampleInputs[]];
}
