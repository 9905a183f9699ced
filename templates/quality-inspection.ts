import type { Locale } from "@/runtime/node/localized";
import { drawDocument } from "./lib/draw-document";
import type { PipelineTemplate } from "./lib/pipeline-template";
import { supply } from "./lib/supplies";

const words = {
  en: {
    input: "Photo of the part",
    photo: "Photo",
    station: "Station",
    stations: ["Incoming goods", "Assembly", "Final inspection"],
    read: "Read the part and its tag",
    question: "Give the part, the lot, the defect and its length in mm as they stand on the tag.",
    rule: "Longer than 10 mm?",
    reject: "Reject",
    accept: "Accept with note",
    rejectText: `# Inspection report: REJECTED
Station: {{station}}
Part {{report.part}}, lot {{report.lot}}
Defect: {{report.defect}}, {{report.length_mm}} mm. Over the limit of 10 mm: hold the lot.`,
    acceptText: `# Inspection report: accepted with note
Station: {{station}}
Part {{report.part}}, lot {{report.lot}}
Defect: {{report.defect}}, {{report.length_mm}} mm. Within the limit of 10 mm.`,
    merge: "The report",
    output: "Result",
    reportTitle: "Report",
    fields: "Fields",
  },
  zh: {
    input: "零件照片",
    photo: "照片",
    station: "工位",
    stations: ["来料检验", "装配", "终检"],
    read: "读取零件和标签",
    // A small model that reads both languages follows English instructions better.
    question:
      "Give the part (零件), the lot (批次), the defect (缺陷) and its length in mm (长度) as they stand on the tag.",
    rule: "超过 10 毫米？",
    reject: "拒收",
    accept: "让步接收",
    rejectText: `# 检验报告：拒收
工位：{{station}}
零件 {{report.part}}，批次 {{report.lot}}
缺陷：{{report.defect}}，{{report.length_mm}} 毫米。超过 10 毫米上限：整批封存。`,
    acceptText: `# 检验报告：让步接收
工位：{{station}}
零件 {{report.part}}，批次 {{report.lot}}
缺陷：{{report.defect}}，{{report.length_mm}} 毫米。未超过 10 毫米上限。`,
    merge: "报告",
    output: "结果",
    reportTitle: "报告",
    fields: "字段",
  },
} as const;

/** Fixed fields: whatever the model sees, the report has these and no others. */
const schema = {
  type: "object",
  properties: {
    part: { type: "string", maxLength: 20 },
    lot: { type: "string", maxLength: 20 },
    defect: { type: "string", maxLength: 30 },
    length_mm: { type: "number" },
  },
  required: ["part", "lot", "defect", "length_mm"],
  additionalProperties: false,
};

export const qualityInspection: PipelineTemplate = {
  id: "quality-inspection",
  title: { en: "Quality inspection report from a photo", zh: "照片生成质检报告" },
  summary: {
    en: "Turns the photo of a part into a report with fixed fields and applies the acceptance limit. The built-in vision model reads the tag and cannot judge a surface: choose a VLM for defects that nobody has written down.",
    zh: "把零件照片变成固定字段的报告，并按验收上限作出判定。内置视觉模型只能读取标签，无法判断表面缺陷：需要识别未标注的缺陷时，请换成视觉语言模型。",
  },
  category: "industry",
  needs: ["vision-model"],
  slug: "quality-inspection",
  supplies: (locale: Locale) => ({
    files: {
      flange: {
        name: "flange.jpg",
        mediaType: "image/jpeg",
        asset: locale === "zh" ? "flange-scratch-zh.jpg" : "flange-scratch.jpg",
      },
    },
  }),
  document: (locale: Locale) => {
    const text = words[locale];
    return drawDocument(
      {
        input: {
          type: "io/input",
          label: text.input,
          config: {
            fields: [
              { name: "photo", title: text.photo, kind: "image" },
              { name: "station", title: text.station, kind: "choice", options: [...text.stations] },
            ],
          },
          at: [0, 1],
        },
        read: {
          type: "vision/describe",
          label: text.read,
          config: { model: "default", question: text.question, detail: "high", temperature: 0, maxTokens: 200, schema },
          at: [1, 1],
        },
        rule: {
          type: "flow/branch",
          label: text.rule,
          config: { conditions: [{ path: "length_mm", operator: "greater", value: "10" }] },
          at: [2, 1],
        },
        reject: { type: "text/template", label: text.reject, config: { template: text.rejectText }, at: [3, 0] },
        accept: { type: "text/template", label: text.accept, config: { template: text.acceptText }, at: [3, 2] },
        merge: { type: "flow/merge", label: text.merge, config: { inputs: 2 }, at: [4, 1] },
        output: {
          type: "io/output",
          label: text.output,
          config: {
            outputs: [
              { name: "report", title: text.reportTitle },
              { name: "fields", title: text.fields },
            ],
          },
          at: [5, 1],
        },
      },
      [
        "input.photo > read.image",
        "read.json > rule.value",
        "rule.yes > reject.report",
        "rule.no > accept.report",
        "input.station > reject.station",
        "input.station > accept.station",
        "reject.text > merge.input1",
        "accept.text > merge.input2",
        "merge.value > output.report",
        "read.json > output.fields",
      ],
    );
  },
  sampleInputs: (locale: Locale) => {
    const [incoming, , final] = words[locale].stations;
    const photo = supply("files", "flange");
    return [
      { name: final, inputs: { photo, station: final } },
      { name: incoming, inputs: { photo, station: incoming } },
    ];
  },
};
