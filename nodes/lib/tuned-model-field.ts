import { z } from "zod";
import { field } from "@/runtime/node/field";

/** `<model slug>@<stage or version>`, e.g. "intent@production"; empty until one is chosen. */
export const tunedReference = z.string().trim().max(200);

/**
 * A registered classifier, with the labels it had when it was chosen: the step's ports follow from its settings alone, so that a graph can be read without
 * the registry.
 */
export const tunedClassifier = z
  .object({ reference: tunedReference, labels: z.array(z.string().min(1).max(60)).max(1_000) })
  .default({ reference: "", labels: [] })
  .meta(
    field({
      title: { en: "Model", zh: "模型" },
      help: {
        en: "A classifier of the registry, by stage or version. “production” follows the version that is in production; its labels are taken over here when you choose it.",
        zh: "模型库中的分类模型，按阶段或版本选择。“production” 始终指向生产中的版本；选择时会把它的标签带入此处。",
      },
      control: "tuned-classifier",
      group: "main",
    }),
  );

export const tunedChatModel = tunedReference.default("").meta(
  field({
    title: { en: "Model", zh: "模型" },
    help: {
      en: "A chat model or adapter of the registry, by stage or version. “production” follows the version that is in production.",
      zh: "模型库中的对话模型或适配器，按阶段或版本选择。“production” 始终指向生产中的版本。",
    },
    control: "tuned-chat-model",
    group: "main",
  }),
);
