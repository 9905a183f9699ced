import type { z } from "zod";
import { type AnyNode, type Catalog, inputPorts, outputPorts } from "@/runtime/node/catalog";
import { categoryInfo } from "@/runtime/node/category";
import { type Category, categories } from "@/runtime/node/define-node";
import { type FieldMeta, fieldMeta } from "@/runtime/node/field";
import { type Locale, type Localized, localize } from "@/runtime/node/localized";
import type { Ports } from "@/runtime/node/port";

const words = {
  title: { en: "Nodes", zh: "步骤" },
  lead: {
    en: "Every node of this program, written out from its definition. Ports that follow from the settings are those of a new node.",
    zh: "本程序的全部步骤，由步骤定义自动生成。随设置变化的端口，这里列出的是新建步骤时的端口。",
  },
  settings: { en: "Setting", zh: "设置" },
  meaning: { en: "What it does", zh: "作用" },
  initial: { en: "At first", zh: "初始值" },
  inputs: { en: "Inputs", zh: "输入" },
  outputs: { en: "Outputs", zh: "输出" },
  none: { en: "none", zh: "无" },
  optional: { en: "optional", zh: "可选" },
  example: { en: "Example", zh: "示例" },
  notSet: { en: "not set", zh: "未设置" },
} as const satisfies Record<string, Localized>;

/** The reference of every node as Markdown, one heading a category and a node. */
export const describeCatalog = (catalog: Catalog, locale: Locale): string => {
  const t = (key: keyof typeof words) => words[key][locale];
  const lines = [`# ${t("title")}`, "", t("lead")];
  for (const category of sorted(catalog)) {
    lines.push("", `## ${categoryInfo[category].title[locale]}`);
    const nodes = catalog.nodes.filter(({ type }) => type.startsWith(`${category}/`));
    for (const node of nodes) lines.push("", ...describeNode(node, locale));
  }
  return `${lines.join("\n")}\n`;
};

const sorted = (catalog: Catalog): readonly Category[] => {
  const used = new Set(catalog.nodes.map(({ type }) => type.split("/", 1)[0]));
  const order = Object.keys(categoryInfo) as Category[];
  return order.filter((category) => categories.includes(category) && used.has(category));
};

const describeNode = (node: AnyNode, locale: Locale): readonly string[] => {
  const t = (key: keyof typeof words) => words[key][locale];
  const config: unknown = node.config.parse({});
  const shape: Readonly<Record<string, z.ZodType>> = node.config.shape;
  const rows = Object.entries(shape).map(([name, schema]) => {
    const meta = fieldMeta(schema);
    const initial = (config as Readonly<Record<string, unknown>>)[name];
    return `| ${meta ? localize(meta.title, locale) : name} (\`${name}\`) | ${describeField(meta, locale)} | ${describeInitial(initial, t("notSet"))} |`;
  });
  return [
    `### ${localize(node.title, locale)} · \`${node.type}\``,
    "",
    localize(node.summary, locale),
    "",
    `| ${t("settings")} | ${t("meaning")} | ${t("initial")} |`,
    "| --- | --- | --- |",
    ...rows,
    "",
    `- ${t("inputs")}: ${describePorts(inputPorts(node, config), locale)}`,
    `- ${t("outputs")}: ${describePorts(outputPorts(node, config), locale)}`,
    ...node.examples.flatMap((example: AnyNode["examples"][number]) => [
      "",
      `${t("example")}: ${example.name}`,
      "",
      "```json",
      JSON.stringify(
        {
          config: example.config,
          ...(example.runInputs ? { runInputs: example.runInputs } : {}),
          inputs: example.inputs,
          ...scriptOf(example),
          outputs: example.outputs,
        },
        null,
        2,
      ),
      "```",
    ]),
  ];
};

const scripted = [
  "replies",
  "moderations",
  "transcripts",
  "rankings",
  "searches",
  "classifications",
  "chatModels",
  "webReplies",
  "mcpReplies",
] as const;

/** What models and services answered in an example. Vectors and files would fill the page. */
const scriptOf = (example: AnyNode["examples"][number]): Record<string, unknown> =>
  Object.fromEntries(scripted.flatMap((key) => (example[key] === undefined ? [] : [[key, example[key]]])));

/** A table cell: on one line, its bars and braces as plain text. */
const cell = (text: string): string => text.replace(/\s+/g, " ").replaceAll("|", "\\|");

const describeField = (meta: FieldMeta | undefined, locale: Locale): string => {
  const options = Object.entries(meta?.options ?? {}).map(
    ([value, title]) => `\`${value}\` ${localize(title, locale)}`,
  );
  return cell(
    [meta?.help ? localize(meta.help, locale) : "", options.join("; ")].filter((part) => part !== "").join(" "),
  );
};

const describeInitial = (value: unknown, notSet: string): string => {
  if (value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0))
    return notSet;
  return `\`${cell(JSON.stringify(value))}\``;
};

const describePorts = (ports: Ports, locale: Locale): string => {
  const each = Object.entries(ports).map(
    ([name, { kind, optional }]) => `\`${name}\` (${kind}${optional ? `, ${words.optional[locale]}` : ""})`,
  );
  return each.length === 0 ? words.none[locale] : each.join(", ");
};
