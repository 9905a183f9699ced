import { z } from "zod";
import { chunkSteps } from "@/runtime/knowledge/chunk/chunk-document";
import { chunkDefaults, chunkLimits } from "@/runtime/knowledge/chunk/chunk-settings";
import { markdownHeadings } from "@/runtime/knowledge/chunk/text-headings";
import { defineNode } from "@/runtime/node/define-node";
import { field } from "@/runtime/node/field";
import { NodeFailure } from "@/runtime/node/node-failure";
import * as port from "@/runtime/node/port";
import { inTurns } from "@/runtime/node/steps";

const longest = 2_000_000;

const config = z.object({
  by: z
    .enum(["structure", "heading", "token"])
    .default(chunkDefaults.by)
    .meta(
      field({
        title: { en: "Split by", zh: "切分方式" },
        help: {
          en: "All ways prefer the end of a paragraph or sentence. Headings are those of Markdown.",
          zh: "各种方式都优先在段落或句子结尾处切分。标题指 Markdown 标题。",
        },
        control: "select",
        group: "main",
        options: {
          structure: { en: "Paragraphs, packed up to the size", zh: "段落，合并至设定长度" },
          heading: { en: "Headings, long sections up to the size", zh: "标题，过长的小节再按长度切分" },
          token: { en: "Paragraphs, size in tokens", zh: "段落，长度按 token 计" },
        },
      }),
    ),
  size: z
    .int()
    .min(chunkLimits.minimumSize)
    .max(chunkLimits.maximumSize)
    .default(chunkDefaults.size)
    .meta(
      field({
        title: { en: "Longest piece", zh: "每段最大长度" },
        help: {
          en: "In characters, or in tokens when split by tokens: a Chinese sign counts as one, four Latin letters as one.",
          zh: "单位为字符；按 token 切分时，一个汉字计 1 个，四个拉丁字母计 1 个。",
        },
        control: "number",
        group: "main",
      }),
    ),
  overlap: z
    .int()
    .min(0)
    .max(chunkLimits.maximumSize / 2)
    .default(0)
    .meta(
      field({
        title: { en: "Overlap", zh: "重叠长度" },
        help: {
          en: "How much of a piece's end the next one repeats at most, and never more than half of a piece.",
          zh: "下一段最多重复上一段末尾的长度，且不会超过一段的一半。",
        },
        control: "number",
        group: "main",
      }),
    ),
});

const piece = z.object({
  text: z.string(),
  /** Where it stands in the text that was given, in UTF-16 code units. */
  start: z.int(),
  end: z.int(),
  heading: z.string().optional(),
});

const examplePiece = (text: string, start: number, heading?: string) => ({
  text,
  start,
  end: start + text.length,
  ...(heading ? { heading } : {}),
});
const english = [
  "The lamp has three steps of brightness, which are chosen with the round knob.",
  "Clean it with a dry cloth only!",
];
const chinese = ["# 安装", "请将底座放在平稳的桌面上。", "# 清洁", "请先拔下电源，再用干布擦拭。"] as const;
const manual = `${chinese[0]}\n\n${chinese[1]}\n\n${chinese[2]}\n\n${chinese[3]}`;
const first = `${chinese[0]}\n\n${chinese[1]}`;
const second = `${chinese[2]}\n\n${chinese[3]}`;

export const textSplit = defineNode({
  type: "text/split",
  version: 1,
  title: { en: "Split text", zh: "文本切分" },
  summary: {
    en: "Cuts a long text into pieces at headings, paragraphs and sentences; never in the middle of a sign.",
    zh: "在标题、段落和句子处把长文本切分为多段，不会切断字符。",
  },
  icon: "scissors",
  keywords: ["chunk", "segment", "passages", "tokens", "loop", "for each", "分段", "切块", "分块", "循环"],
  config,
  inputs: { text: port.text({ en: "Text", zh: "文本" }) },
  outputs: { pieces: port.json(z.array(piece), { en: "Pieces", zh: "文本段" }) },
  preview: ({ by, size, overlap }) => `${by} · ${size}${overlap > 0 ? ` / ${overlap}` : ""}`,
  examples: [
    {
      name: "Ends each piece with a sentence",
      config: { by: "structure", size: 90, overlap: 0 },
      inputs: { text: english.join(" ") },
      outputs: {
        pieces: [examplePiece(english[0] ?? "", 0), examplePiece(english[1] ?? "", (english[0] ?? "").length + 1)],
      },
    },
    {
      name: "Begins a piece with each heading",
      config: { by: "heading" },
      inputs: { text: manual },
      outputs: { pieces: [examplePiece(first, 0, "安装"), examplePiece(second, first.length + 2, "清洁")] },
    },
    {
      name: "Makes no piece of an empty text",
      config: { by: "token", size: 200, overlap: 20 },
      inputs: { text: " \n" },
      outputs: { pieces: [] },
    },
  ],
  run: async ({ config: settings, inputs: { text }, ctx }) => {
    if (text.length > longest) {
      throw new NodeFailure(
        "value-invalid",
        `The text has ${text.length} characters; at most ${longest} can be split.`,
      );
    }
    const outline = markdownHeadings(text).map((heading) => ({ kind: "heading" as const, ...heading }));
    const chunks = await inTurns(chunkSteps({ text, outline }, settings), { signal: ctx.signal });
    return {
      pieces: chunks.map(({ text: cut, start, end, heading }) => ({
        text: cut,
        start,
        end,
        ...(heading === undefined ? {} : { heading }),
      })),
    };
  },
});
