import type { Category } from "./define-node";
import type { Localized } from "./localized";

export interface CategoryInfo {
  readonly title: Localized;
  /** Name of a lucide icon, kebab-case. */
  readonly icon: string;
  /** Name of the CSS variable that holds the category's hue. */
  readonly hue: `--category-${Category}`;
}

/** How the palette, the cards and the docs show each category, in the order in which they show them. */
export const categoryInfo: Readonly<Record<Category, CategoryInfo>> = {
  io: { title: { en: "Input and output", zh: "输入与输出" }, icon: "arrow-left-right", hue: "--category-io" },
  prompt: { title: { en: "Prompt", zh: "提示词" }, icon: "message-square-text", hue: "--category-prompt" },
  agent: { title: { en: "Agent", zh: "智能体" }, icon: "bot", hue: "--category-agent" },
  classifier: { title: { en: "Classifier", zh: "分类器" }, icon: "tags", hue: "--category-classifier" },
  retrieval: { title: { en: "Retrieval", zh: "检索" }, icon: "library", hue: "--category-retrieval" },
  vision: { title: { en: "Vision", zh: "视觉" }, icon: "image", hue: "--category-vision" },
  speech: { title: { en: "Speech", zh: "语音" }, icon: "mic", hue: "--category-speech" },
  safety: { title: { en: "Safety", zh: "安全" }, icon: "shield-check", hue: "--category-safety" },
  "fine-tuned": {
    title: { en: "Fine-tuned model", zh: "微调模型" },
    icon: "sliders-horizontal",
    hue: "--category-fine-tuned",
  },
  text: { title: { en: "Text", zh: "文本" }, icon: "type", hue: "--category-text" },
  data: { title: { en: "Data", zh: "数据" }, icon: "braces", hue: "--category-data" },
  flow: { title: { en: "Flow", zh: "流程" }, icon: "git-branch", hue: "--category-flow" },
  tool: { title: { en: "Tool", zh: "工具" }, icon: "wrench", hue: "--category-tool" },
};

/** `prompt/chat` belongs to `prompt`. Null for a type of no known category. */
export const categoryOf = (type: string): Category | null => {
  const category = type.split("/", 1)[0] ?? "";
  return Object.hasOwn(categoryInfo, category) ? (category as Category) : null;
};
