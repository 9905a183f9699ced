import type { Locale } from "@/runtime/node/localized";
import { drawDocument } from "./lib/draw-document";
import type { PipelineTemplate } from "./lib/pipeline-template";

const words = {
  en: {
    input: "Contract",
    contract: "Text of the contract",
    extract: "Take out the fields",
    system:
      "Fill the fields from the contract. Copy names and the city as they are written. The start is a date, written YYYY-MM-DD; amounts and months are plain numbers.",
    prove: "Find each field in the text",
    missing: "Not found in the text, so look yourself: ",
    all: "Every field stands in the text of the contract.",
    labels: {
      provider: "Provider",
      customer: "Customer",
      start_date: "Start",
      term_months: "Term in months",
      monthly_fee: "Monthly fee",
      notice_months: "Notice in months",
      court: "Court",
    },
    output: "Result",
    fields: "Fields",
    sheet: "Fields to read",
    verdict: "Proof",
    numbers: [
      "zero",
      "one",
      "two",
      "three",
      "four",
      "five",
      "six",
      "seven",
      "eight",
      "nine",
      "ten",
      "eleven",
      "twelve",
    ],
  },
  zh: {
    input: "合同",
    contract: "合同正文",
    extract: "提取字段",
    system: "根据合同填写各字段。名称和城市照抄原文，开始日期写成 YYYY-MM-DD 的形式，金额和月数写成数字。",
    prove: "在原文中核对每个字段",
    missing: "在原文中没有找到，请自行核对：",
    all: "每个字段都能在合同原文中找到。",
    labels: {
      provider: "服务方",
      customer: "客户",
      start_date: "开始日期",
      term_months: "期限（月）",
      monthly_fee: "每月费用",
      notice_months: "提前通知（月）",
      court: "管辖法院所在地",
    },
    output: "结果",
    fields: "字段",
    sheet: "字段一览",
    verdict: "核对结果",
    numbers: ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"],
  },
} as const;

const schema = {
  type: "object",
  properties: {
    provider: { type: "string", maxLength: 60 },
    customer: { type: "string", maxLength: 60 },
    start_date: { type: "string", format: "date" },
    term_months: { type: "integer" },
    monthly_fee: { type: "number" },
    notice_months: { type: "integer" },
    court: { type: "string", maxLength: 30 },
  },
  required: ["provider", "customer", "start_date", "term_months", "monthly_fee", "notice_months", "court"],
  additionalProperties: false,
};

const months = [
  "january",
  "february",
  "march",
  "april",
  "may",
  "june",
  "july",
  "august",
  "september",
  "october",
  "november",
  "december",
];

/** A model may make a field up; what stands in the text is proved, what does not is named. */
const proveCode = (locale: Locale): string => {
  const { labels, missing, all, numbers } = words[locale];
  return `const months = ${JSON.stringify(months)};
const labels = ${JSON.stringify(labels)};
const numbers = ${JSON.stringify(numbers)};
// Spaces and the commas between thousands say nothing.
const fold = (text) => String(text).toLowerCase().replace(/\\s+/g, "").replace(/(\\d),(?=\\d{3})/g, "$1");
const text = fold(inputs.contract);
const figures = new Set((text.match(/\\d+(?:\\.\\d+)?/g) ?? []).map(Number));
const holdsNumber = (value) => figures.has(value) || (numbers[value] !== undefined && text.includes(numbers[value]));
/** The ways in which a contract may write a day. */
const holdsDate = (value) => {
  const [year, month, day] = value.split("-").map(Number);
  const name = months[month - 1];
  const two = (number) => String(number).padStart(2, "0");
  const written = [value, [year, month, day].join("/"), year + "年" + month + "月" + day + "日", name + day + "," + year, name + day + year];
  for (const each of [day, two(day), day + "st", day + "nd", day + "rd", day + "th"]) written.push(each + name + year, each + "of" + name + year);
  for (const sign of [".", "/", "-"]) {
    written.push([day, month, year].join(sign), [two(day), two(month), year].join(sign));
    if (sign === "/") written.push([month, day, year].join(sign), [two(month), two(day), year].join(sign));
  }
  // The 1 of 11 is another day.
  const begins = (each) => {
    for (let at = text.indexOf(each); at >= 0; at = text.indexOf(each, at + 1)) if (!/\\d/.test(text[at - 1] ?? "")) return true;
    return false;
  };
  return written.some(begins);
};
const holds = (value) => {
  if (typeof value === "number") return holdsNumber(value);
  if (/^\\d{4}-\\d{2}-\\d{2}$/.test(value)) return holdsDate(value);
  return fold(value ?? "") !== "" && text.includes(fold(value));
};
const unproven = [];
const lines = [];
for (const [name, label] of Object.entries(labels)) {
  const value = inputs.fields[name];
  const proven = holds(value);
  if (!proven) unproven.push(label);
  lines.push("- " + label + ": " + value + (proven ? "" : " (?)"));
}
return {
  sheet: lines.join("\\n"),
  verdict: unproven.length === 0 ? ${JSON.stringify(all)} : ${JSON.stringify(missing)} + unproven.join(", "),
};`;
};

export const contractFields: PipelineTemplate = {
  id: "contract-fields",
  title: { en: "Fields of a contract, each proved", zh: "提取合同字段并逐项核对" },
  summary: {
    en: "Takes parties, dates, amounts and deadlines out of a contract as typed JSON, and looks each one up in the text: what does not stand there is named. The built-in model gets a page right most of the time and mixes up two dates or two amounts at times; a proof says that a value stands in the text, not that it is the right one.",
    zh: "从合同中提取当事人、日期、金额和期限，得到带类型的 JSON，并逐项在原文中查找，找不到的会指出。内置模型处理一页合同大多正确，有时会混淆两个日期或金额；核对只说明该值出现在原文中，不保证就是正确的那一个。",
  },
  category: "industry",
  needs: ["chat-model"],
  slug: "contract-fields",
  document: (locale: Locale) => {
    const text = words[locale];
    return drawDocument(
      {
        input: {
          type: "io/input",
          label: text.input,
          config: { fields: [{ name: "contract", title: text.contract, kind: "text", maxLength: 20_000 }] },
          at: [0, 0.5],
        },
        extract: {
          type: "prompt/chat",
          label: text.extract,
          config: {
            model: "default",
            system: text.system,
            user: "{{contract}}",
            schema,
            temperature: 0,
            maxTokens: 200,
          },
          at: [1, 0],
        },
        prove: {
          type: "tool/code",
          label: text.prove,
          config: {
            code: proveCode(locale),
            inputs: [
              { name: "contract", kind: "text" },
              { name: "fields", kind: "json" },
            ],
            outputs: [
              { name: "sheet", kind: "text" },
              { name: "verdict", kind: "text" },
            ],
          },
          at: [2, 1],
        },
        output: {
          type: "io/output",
          label: text.output,
          config: {
            outputs: [
              { name: "sheet", title: text.sheet },
              { name: "verdict", title: text.verdict },
              { name: "fields", title: text.fields },
            ],
          },
          at: [3, 0.5],
        },
      },
      [
        "input.contract > extract.contract",
        "input.contract > prove.contract",
        "extract.json > prove.fields",
        "prove.sheet > output.sheet",
        "prove.verdict > output.verdict",
        "extract.json > output.fields",
      ],
    );
  },
  sampleInputs: (locale: Locale) => samples[locale],
};

const samples = {
  en: [
    {
      name: "Cleaning contract",
      inputs: {
        contract: `Between Clearview Cleaning Ltd (the provider) and Harbour Dental Practice (the customer).
The provider cleans the rooms of the customer on every working day after 6 p.m.
The contract starts on 1 March 2027 and runs for 24 months.
The customer pays 1,350 euros a month. Each side may end the contract with three months' notice.
The courts of Bremen decide on disputes.`,
      },
    },
    {
      name: "Printer lease",
      inputs: {
        contract: `Lease of two printers. Provider: Copyhaus Printing Services. Customer: Lindgren Architects.
Delivery and start of the lease: 15 September 2026. Term: 36 months, monthly fee 89.50 euros, paper not included.
Notice: one month before the end of the term. Place of jurisdiction is Graz.`,
      },
    },
  ],
  zh: [
    {
      name: "保洁合同",
      inputs: {
        contract: `服务方：明窗保洁有限公司。客户：海港口腔诊所。
服务方于每个工作日晚六点以后打扫客户的办公场所。
合同自2027年3月1日起生效，期限24个月。
客户每月支付1350元。任何一方可提前3个月通知解除合同。
争议由青岛的法院管辖。`,
      },
    },
    {
      name: "打印机租赁",
      inputs: {
        contract: `租赁两台打印机。服务方：复印之家服务公司。客户：林格建筑事务所。
自2026年9月15日交付并开始租赁，期限36个月，每月费用89.5元，不含纸张。
期满前1个月通知。由杭州的法院管辖。`,
      },
    },
  ],
} as const;
