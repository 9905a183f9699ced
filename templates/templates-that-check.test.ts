import { describe, expect, it } from "vitest";
import { catalog } from "@/nodes/index";
import { locales } from "@/runtime/node/localized";
import { planOf, runPlan } from "@/runtime/testing/run-plan";
import { ScriptedGateway } from "@/runtime/testing/scripted-gateway";
import { ScriptedServices } from "@/runtime/testing/scripted-services";
import { contractFields } from "./contract-fields";
import { decisionSupport } from "./decision-support";
import { hybridRouting } from "./hybrid-routing";
import type { PipelineTemplate } from "./lib/pipeline-template";
import { marketingCopy } from "./marketing-copy";

type Inputs = Readonly<Record<string, unknown>>;
const run = async (
  template: PipelineTemplate,
  locale: "en" | "zh",
  models: ScriptedGateway,
  changed: Inputs = {},
  index = 0,
) => {
  const inputs = { ...template.sampleInputs(locale)[index]?.inputs, ...changed };
  const plan = planOf(template.document(locale), catalog);
  const { state, events } = await runPlan(plan, inputs, { models, services: new ScriptedServices({}) });
  return { outputs: state.outputs ?? {}, state, events };
};

/** Praise along one axis, complaints along the other. A review that is not named lies near neither. */
const moodVectors = (locale: "en" | "zh", reviews: Readonly<Record<string, "praise" | "complaint">>) => {
  const document = decisionSupport.document(locale);
  const labels = document.nodes.find(({ id }) => id === "moods")?.body?.nodes.find(({ id }) => id === "mood")?.config
    .labels as unknown as readonly { readonly examples: readonly string[] }[];
  const axis = { praise: [1, 0, 0], complaint: [0, 1, 0] };
  return Object.fromEntries([
    ...labels.flatMap(({ examples }, index) =>
      examples.map((text) => [text, index === 0 ? axis.praise : axis.complaint] as const),
    ),
    ...Object.entries(reviews).map(([text, mood]) => [text, axis[mood]] as const),
  ]);
};

const offers = {
  en: "supplier,price,delivery_days,warranty_years\nNorth,100,5,2\nSouth,90,5,2\nEast,95,5,2",
  zh: "供应商,价格,交货天数,质保年数\nNorth,100,5,2\nSouth,90,5,2\nEast,95,5,2",
};

describe.each(locales)("decision-support in %s", (locale) => {
  const colon = locale === "zh" ? "：" : ":";
  const decide = (reviews: Readonly<Record<string, readonly [string, "praise" | "complaint"]>>, budget = 200) =>
    run(
      decisionSupport,
      locale,
      new ScriptedGateway({ vectors: moodVectors(locale, Object.fromEntries(Object.values(reviews))) }),
      {
        offers: offers[locale],
        reviews: Object.entries(reviews)
          .map(([name, [text]]) => `${name.replace(/\d$/, "")}${colon} ${text}`)
          .join("\n"),
        budget,
      },
    );

  it("lets complaints outweigh a lower price, and quotes one of them", async () => {
    const { outputs } = await decide({
      South: ["late again", "complaint"],
      South2: ["broken on arrival", "complaint"],
      South3: ["no answer", "complaint"],
      North: ["very good", "praise"],
      North2: ["on time", "praise"],
      North3: ["well made", "praise"],
    });
    expect(outputs.best).toMatch(/East|North/);
    expect(outputs.report).toContain("late again");
    expect(outputs.ranked).toHaveLength(3);
  });

  it("takes the cheapest where nothing else parts them, and says how close they are", async () => {
    const { outputs } = await decide({
      South: ["fine", "praise"],
      North: ["fine too", "praise"],
      East: ["ok", "praise"],
    });
    expect(outputs.best).toContain("South");
  });

  it("recommends nobody above the highest price, and says so", async () => {
    const { outputs } = await decide({ South: ["fine", "praise"] }, 50);
    expect(outputs.best).toMatch(/within the highest price|最高价格/);
    expect(outputs.best).toContain("South (90)");
  });

  it("names reviews of suppliers that no row has, and a review of nobody", async () => {
    const { outputs } = await decide({ West: ["great", "praise"], south: ["fine", "praise"] });
    expect(outputs.report).toMatch(/(?:nobody in the table|不在表格中).*West/s);
    expect(outputs.report).not.toMatch(/(?:nobody in the table|不在表格中).*south/s);
  });

  it("says which columns a table lacks", async () => {
    const { events } = await run(
      decisionSupport,
      locale,
      new ScriptedGateway({ vectors: moodVectors(locale, { fine: "praise" }) }),
      {
        offers: "a,b\n1,2",
        reviews: "North: fine",
        budget: 1,
      },
    );
    expect(JSON.stringify(events)).toMatch(/supplier, price|供应商/);
  });
});

describe.each(locales)("hybrid-routing in %s", (locale) => {
  const models = () => new ScriptedGateway({ replies: ["Thank you."] });

  it("sends personal data to the private step alone, and says which kind was found", async () => {
    const { outputs, state } = await run(hybridRouting, locale, models());
    expect(outputs).toMatchObject({ reply: "Thank you.", place: expect.stringMatching(/^(?:private|私有)$/) });
    expect(outputs.reason).toMatch(/phone/);
    expect(state.nodes.get("private")?.status).toBe("success");
    expect(state.nodes.get("public")?.status).toBe("skipped");
  });

  it("sends all else to the public step", async () => {
    const { outputs, state } = await run(hybridRouting, locale, models(), {}, 1);
    expect(outputs.place).toMatch(/^(?:public|公共)$/);
    expect(state.nodes.get("private")?.status).toBe("skipped");
  });
});

const contracts = {
  en: {
    provider: "Clearview Cleaning Ltd",
    customer: "Harbour Dental Practice",
    start_date: "2027-03-01",
    term_months: 24,
    monthly_fee: 1350,
    notice_months: 3,
    court: "Bremen",
  },
  zh: {
    provider: "明窗保洁有限公司",
    customer: "海港口腔诊所",
    start_date: "2027-03-01",
    term_months: 24,
    monthly_fee: 1350,
    notice_months: 3,
    court: "青岛",
  },
};

describe.each(locales)("contract-fields in %s", (locale) => {
  const proved = async (fields: object) =>
    (await run(contractFields, locale, new ScriptedGateway({ replies: [JSON.stringify(fields)] }))).outputs;

  it("proves what stands in the text, numbers in words and with commas too", async () => {
    expect(await proved(contracts[locale])).toMatchObject({
      verdict: expect.stringMatching(/Every field stands|都能在合同原文中找到/),
      fields: contracts[locale],
    });
  });

  it.each([
    ["start_date", "2027-01-03"],
    ["monthly_fee", 135],
    ["monthly_fee", 350],
    ["term_months", 36],
    ["provider", "Somebody Else"],
    ["court", ""],
  ])("names %s where the model made it %s", async (name, value) => {
    const outputs = await proved({ ...contracts[locale], [name]: value });
    expect(outputs.verdict).toMatch(/Not found in the text|没有找到/);
    expect(outputs.sheet).toContain("(?)");
  });
});

describe("contract-fields", () => {
  it.each([
    ["2027-03-01", "starts on March 1, 2027", true],
    ["2027-03-01", "starts on the 1st of March 2027", true],
    ["2027-03-01", "Beginn: 01.03.2027", true],
    ["2027-03-01", "begins 3/1/2027", true],
    ["2027-03-01", "自2027年 3 月 1 日起", true],
    ["2027-03-01", "starts on 11 March 2027", false],
    ["2027-03-01", "starts in March 2027", false],
  ])("looks for %s in: %s", async (start_date, text, stands) => {
    const models = new ScriptedGateway({ replies: [JSON.stringify({ ...contracts.en, start_date })] });
    const contract = `${contractFields.sampleInputs("en")[0].inputs.contract}`.replace("starts on 1 March 2027", text);
    const { outputs } = await run(contractFields, "en", models, { contract });
    expect(/Every field stands/.test(String(outputs.verdict))).toBe(stands);
  });

  it("takes 89.50 for 89.5, and not for 950", async () => {
    const fields = { ...contracts.en, monthly_fee: 89.5 };
    const contract = `${contractFields.sampleInputs("en")[0].inputs.contract}`.replace("1,350", "89.50");
    const verdictOf = async (monthly_fee: number) =>
      (
        await run(
          contractFields,
          "en",
          new ScriptedGateway({ replies: [JSON.stringify({ ...fields, monthly_fee })] }),
          { contract },
        )
      ).outputs.verdict;
    expect(await verdictOf(89.5)).toMatch(/Every field stands/);
    expect(await verdictOf(50)).toMatch(/Monthly fee/);
  });
});

describe.each(locales)("marketing-copy in %s", (locale) => {
  const good = {
    en: {
      attention: "Tea at work, warm for hours.",
      interest: "The Fjord boils in 3 minutes.",
      desire: "It stays warm for 2 hours.",
      action: "Order it for 49 euros.",
    },
    zh: {
      attention: "上班也能喝上热茶。",
      interest: "峡湾3分钟烧开。",
      desire: "保温2小时。",
      action: "现在49元下单。",
    },
  }[locale];
  const verdict = async (changed: object, banned?: string) =>
    (
      await run(
        marketingCopy,
        locale,
        new ScriptedGateway({ replies: [JSON.stringify({ ...good, ...changed })] }),
        banned === undefined ? {} : { banned },
      )
    ).outputs.verdict;

  it("passes copy that keeps to the guide", async () => {
    expect(await verdict({})).toMatch(/keeps to the style guide|符合风格指南/);
  });

  it.each([
    [{ action: "The BEST kettle, 最好的水壶。" }, /(?:best|最好)/],
    [{ action: "Get it free today. 立即报名，享受免费课程。" }, /free|免费/],
    [{ desire: "Warm for 24 hours. 保温24小时。" }, /\b24\b/],
    [{ interest: Array.from({ length: 64 }, () => "长").join(" ") }, /interest/],
    [{ attention: "Now! Now! 快！快！" }, /exclamation|感叹号/],
    [{ action: "  " }, /action/],
  ])("names what breaks it: %j", async (changed, finding) => {
    expect(await verdict(changed)).toMatch(finding);
  });

  it("takes a banned word for one only where it stands alone", async () => {
    expect(await verdict({ action: "A bestiary of teas. 49 euros." }, "best")).not.toMatch(/best/);
  });
});
