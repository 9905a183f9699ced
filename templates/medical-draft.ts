import type { Locale } from "@/runtime/node/localized";
import { drawDocument } from "./lib/draw-document";
import type { PipelineTemplate } from "./lib/pipeline-template";
import { supply } from "./lib/supplies";

const words = {
  en: {
    input: "Patient",
    photo: "Photo of the vital signs",
    complaint: "What the patient says",
    read: "Read the vital signs",
    question:
      "Give the temperature, the pulse, the systolic and the diastolic blood pressure and the oxygen as they stand on the sheet.",
    signs: "Outside the limits?",
    say: {
      temperature: "temperature",
      pulse: "pulse",
      systolic: "systolic pressure",
      diastolic: "diastolic pressure",
      oxygen: "oxygen",
      none: "none",
      unread: "not read",
    },
    complaintShort: "Complaint, in a sentence",
    system:
      "Say the complaint in one short sentence that begins with “The patient”. Use the patient's words. Add nothing.",
    examples: [
      {
        user: "My left knee has been swollen since I fell on the stairs on Sunday, and I can hardly bend it.",
        assistant: "The patient has a swollen left knee since a fall on the stairs on Sunday and can hardly bend it.",
      },
      {
        user: "I have had a headache for a week, and it gets worse when I lie down.",
        assistant: "The patient has had a headache for a week that gets worse when lying down.",
      },
    ],
    draft: "Draft the report",
    template: `Draft report. Not a diagnosis; to be read and signed by a doctor.

Complaint: {{complaint}}
Temperature {{signs.temperature}}, pulse {{signs.pulse}}, blood pressure {{signs.systolic}}/{{signs.diastolic}}, oxygen {{signs.oxygen}}
Outside the limits: {{outside}}`,
    review: "A doctor",
    reviewTitle: "Draft report",
    instructions: "Compare the draft with the photo and with what the patient says. Mend it, then approve.",
    rejected: "Rejected",
    rejectedText: "Rejected by a doctor. Nothing was filed.",
    late: "Nobody has read it",
    lateText: "No doctor has read the draft in time. Nothing was filed.",
    merge: "The report",
    output: "Result",
    reportTitle: "Report",
    fields: "Vital signs",
    reviewed: "Review",
  },
  zh: {
    input: "患者",
    photo: "生命体征照片",
    complaint: "患者主诉",
    read: "读取生命体征",
    // A small model that reads both languages follows English instructions better.
    question:
      "Give the temperature (体温), the pulse (脉搏), the systolic and the diastolic blood pressure (血压) and the oxygen (血氧) as they stand on the sheet.",
    signs: "是否超出范围？",
    say: {
      temperature: "体温",
      pulse: "脉搏",
      systolic: "收缩压",
      diastolic: "舒张压",
      oxygen: "血氧",
      none: "无",
      unread: "未读出",
    },
    complaintShort: "用一句话概括主诉",
    system: "用一句简短的话概括主诉，以“患者”开头。用患者的词，不要添加内容。",
    examples: [
      {
        user: "周日在楼梯上摔倒后，我的左膝一直肿，几乎弯不了。",
        assistant: "患者周日在楼梯上摔倒后左膝肿胀，几乎不能弯曲。",
      },
      { user: "我头疼一周了，躺下时更厉害。", assistant: "患者头疼一周，躺下时加重。" },
    ],
    draft: "起草报告",
    template: `报告草稿。不是诊断，须由医生阅读并签字。

主诉：{{complaint}}
体温 {{signs.temperature}}，脉搏 {{signs.pulse}}，血压 {{signs.systolic}}/{{signs.diastolic}}，血氧 {{signs.oxygen}}
超出范围：{{outside}}`,
    review: "医生",
    reviewTitle: "报告草稿",
    instructions: "对照照片和患者主诉检查草稿，修改后批准。",
    rejected: "已驳回",
    rejectedText: "医生已驳回，没有归档任何内容。",
    late: "无人阅读",
    lateText: "没有医生及时阅读草稿，没有归档任何内容。",
    merge: "报告",
    output: "结果",
    reportTitle: "报告",
    fields: "生命体征",
    reviewed: "审核结果",
  },
} as const;

const value = { type: "number" };
const schema = {
  type: "object",
  properties: { temperature: value, pulse: value, systolic: value, diastolic: value, oxygen: value },
  required: ["temperature", "pulse", "systolic", "diastolic", "oxygen"],
  additionalProperties: false,
};

/** Sample limits of an adult, for a drill: set your own ward's. A value that was not read is said, never taken for fine. */
const signsCode = (locale: Locale): string => `const say = ${JSON.stringify(words[locale].say)};
const limits = { temperature: [35.5, 38], pulse: [50, 100], systolic: [100, 160], diastolic: [60, 100], oxygen: [94, 100] };
const outside: string[] = [];
for (const [name, [least, most]] of Object.entries(limits)) {
  const value = inputs.signs[name];
  if (typeof value !== "number") outside.push(say[name] + " (" + say.unread + ")");
  else if (value < least || value > most) outside.push(say[name] + " " + value);
}
return { outside: outside.length === 0 ? say.none : outside.join(", ") };`;

export const medicalDraft: PipelineTemplate = {
  id: "medical-draft",
  title: { en: "Draft of a medical report, always reviewed", zh: "医疗报告草稿（必经审核）" },
  summary: {
    en: "Reads the vital signs off a photo into fixed fields, marks by code what is outside the limits, puts the complaint into a sentence, and drafts a report that waits for a doctor, always. A drill with invented data: the built-in vision model reads printed values and cannot judge an X-ray or a wound, for which you choose a VLM of your own.",
    zh: "从照片中把生命体征读入固定字段，用代码标出超出范围的数值，把主诉概括成一句话，起草报告，并且必须等待医生审核。这是用虚构数据做的演练：内置视觉模型只能读取印刷的数值，不能判断 X 光片或伤口，需要时请换成自己的视觉语言模型。",
  },
  category: "industry",
  needs: ["vision-model", "chat-model"],
  slug: "medical-draft",
  supplies: (locale: Locale) => ({
    files: {
      signs: { name: "vital-signs.jpg", mediaType: "image/jpeg", asset: `vital-signs.${locale}.jpg` },
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
              { name: "complaint", title: text.complaint, kind: "text", maxLength: 1000 },
            ],
          },
          at: [0, 1],
        },
        read: {
          type: "vision/describe",
          label: text.read,
          config: { model: "default", question: text.question, detail: "high", temperature: 0, maxTokens: 120, schema },
          at: [1, 0],
        },
        short: {
          type: "prompt/chat",
          label: text.complaintShort,
          config: {
            model: "default",
            system: text.system,
            user: "{{complaint}}",
            examples: text.examples.map((example) => ({ ...example })),
            temperature: 0,
            maxTokens: 80,
            stop: ["\n"],
          },
          at: [1, 2],
        },
        signs: {
          type: "tool/code",
          label: text.signs,
          config: {
            code: signsCode(locale),
            inputs: [{ name: "signs", kind: "json" }],
            outputs: [{ name: "outside", kind: "text" }],
          },
          at: [2, 0],
        },
        draft: { type: "text/template", label: text.draft, config: { template: text.template }, at: [3, 1] },
        review: {
          type: "flow/human-review",
          label: text.review,
          config: {
            kind: "edit",
            title: text.reviewTitle,
            instructions: text.instructions,
            shown: ["photo", "complaint"],
          },
          at: [4, 1],
        },
        rejected: {
          type: "text/template",
          label: text.rejected,
          config: { template: `${text.rejectedText}\n\n{{draft}}` },
          at: [5, 1],
        },
        late: {
          type: "text/template",
          label: text.late,
          config: { template: `${text.lateText}\n\n{{draft}}` },
          at: [5, 2],
        },
        merge: { type: "flow/merge", label: text.merge, config: { inputs: 3 }, at: [6, 1] },
        output: {
          type: "io/output",
          label: text.output,
          config: {
            outputs: [
              { name: "report", title: text.reportTitle },
              { name: "fields", title: text.fields },
              { name: "review", title: text.reviewed },
            ],
          },
          at: [7, 1],
        },
      },
      [
        "input.photo > read.image",
        "input.complaint > short.complaint",
        "read.json > signs.signs",
        "read.json > draft.signs",
        "signs.outside > draft.outside",
        "short.text > draft.complaint",
        "draft.text > review.value",
        "input.photo > review.photo",
        "input.complaint > review.complaint",
        "review.approved > merge.input1",
        "review.rejected > rejected.draft",
        "review.timedOut > late.draft",
        "rejected.text > merge.input2",
        "late.text > merge.input3",
        "merge.value > output.report",
        "read.json > output.fields",
        "review.review > output.review",
      ],
    );
  },
  sampleInputs: (locale: Locale) => {
    const photo = supply("files", "signs");
    const [first, second] = complaints[locale];
    return [
      { name: first.name, inputs: { photo, complaint: first.complaint } },
      { name: second.name, inputs: { photo, complaint: second.complaint } },
    ];
  },
};

const complaints = {
  en: [
    {
      name: "Fever and cough",
      complaint:
        "I have been coughing for four days, since last night I have a fever, and I am short of breath when I climb the stairs.",
    },
    { name: "Chest pain", complaint: "Since this morning I feel a pressure in my chest that goes into the left arm." },
  ],
  zh: [
    { name: "发烧咳嗽", complaint: "我咳嗽四天了，从昨晚开始发烧，上楼梯时喘不过气来。" },
    { name: "胸痛", complaint: "从今天早上开始胸口发闷，一直疼到左臂。" },
  ],
} as const;
