import type { Locale } from "@/runtime/node/localized";
import { drawDocument } from "./lib/draw-document";
import type { PipelineTemplate } from "./lib/pipeline-template";

const words = {
  en: {
    input: "Offers and reviews",
    offers: "Offers (CSV)",
    reviews: "Reviews, one a line: supplier: text",
    budget: "Highest price",
    table: "Read the table",
    join: "Join offers and reviews",
    map: "What each review says",
    item: "Review",
    mood: "Praise or complaint?",
    result: "Kind",
    moods: [
      {
        name: "praise",
        examples: [
          "Everything arrived on time and well packed.",
          "Very good quality, we will order again.",
          "The support answered within the hour and solved it.",
          "The machine runs without a fault since spring.",
          "Friendly people, fair price, fast delivery.",
        ],
      },
      {
        name: "complaint",
        examples: [
          "The delivery came three weeks late.",
          "Two of the parts were broken on arrival.",
          "Nobody answers the phone when something goes wrong.",
          "The motor failed after a month.",
          "They sent the wrong model and would not take it back.",
        ],
      },
    ],
    neither: "neither",
    rank: "Rank, with reasons",
    say: {
      columns: ["supplier", "price", "delivery_days", "warranty_years"],
      missing: "The table needs the columns ",
      over: "above the highest price",
      best: "Recommended: ",
      none: "No offer is within the highest price. The cheapest one is ",
      price: "price",
      days: "days to deliver",
      years: "years of warranty",
      praised: "praised",
      complained: "complained of",
      quote: "for instance: ",
      score: "points",
      unread: "Reviews of nobody in the table: ",
      close: "The first two are less than 5 points apart: look at both.",
    },
    letter: "Write it down",
    template: `{{headline}}

{{table}}

{{notes}}`,
    output: "Result",
    bestTitle: "Recommendation",
    reportTitle: "Ranking with reasons",
    rankedTitle: "Ranking as data",
  },
  zh: {
    input: "报价与评价",
    offers: "报价（CSV）",
    reviews: "评价，每行一条：供应商：内容",
    budget: "最高价格",
    table: "读取表格",
    join: "合并报价与评价",
    map: "每条评价说了什么",
    item: "评价",
    mood: "表扬还是投诉？",
    result: "类别",
    moods: [
      {
        name: "表扬",
        examples: [
          "到货准时，包装完好。",
          "质量很好，下次还会订。",
          "客服一小时内就解决了问题。",
          "机器从春天用到现在没出过故障。",
          "态度友好，价格公道，发货快。",
        ],
      },
      {
        name: "投诉",
        examples: [
          "交货晚了三个星期。",
          "收到时有两个零件是坏的。",
          "出了问题电话一直没人接。",
          "电机用了一个月就坏了。",
          "发错型号还不肯退货。",
        ],
      },
    ],
    neither: "都不是",
    rank: "排序并说明理由",
    say: {
      columns: ["供应商", "价格", "交货天数", "质保年数"],
      missing: "表格需要这些列：",
      over: "超过最高价格",
      best: "推荐：",
      none: "没有报价在最高价格之内。最便宜的是 ",
      price: "价格",
      days: "天交货",
      years: "年质保",
      praised: "次表扬",
      complained: "次投诉",
      quote: "例如：",
      score: "分",
      unread: "不在表格中的供应商的评价：",
      close: "前两名相差不到 5 分，请两家都看一看。",
    },
    letter: "写成报告",
    template: `{{headline}}

{{table}}

{{notes}}`,
    output: "结果",
    bestTitle: "推荐",
    reportTitle: "排序及理由",
    rankedTitle: "排序数据",
  },
} as const;

/** Which review belongs to which offer. Names are compared without case and spaces. */
const joinCode = `const lines = inputs.reviews.split("\\n").map((line) => line.trim()).filter((line) => line !== "");
const reviews = lines.slice(0, 500).map((line) => {
  const at = line.search(/[:：]/);
  return at < 0 ? { supplier: "", text: line } : { supplier: line.slice(0, at).trim(), text: line.slice(at + 1).trim() };
});
return { reviews: reviews.filter(({ text }) => text !== "") };`;

/** Figures from the table, moods from the reviews, one number a supplier, and why. */
const rankCode = (locale: Locale): string => `const say = ${JSON.stringify(words[locale].say)};
const praise = ${JSON.stringify(words[locale].moods[0].name)};
const complaint = ${JSON.stringify(words[locale].moods[1].name)};
const chinese = ${JSON.stringify(locale === "zh")};
const [nameColumn, priceColumn, daysColumn, yearsColumn] = say.columns;
const fold = (text) => String(text ?? "").toLowerCase().replaceAll(" ", "");
const offers = inputs.offers.filter((row) => row[nameColumn] !== undefined && Number.isFinite(Number(row[priceColumn])));
if (offers.length === 0) throw new Error(say.missing + say.columns.join(", "));
const budget = Number(inputs.budget);
const opinions = inputs.reviews.map((review, index) => ({ ...review, mood: inputs.moods[index] }));
const prices = offers.map((row) => Number(row[priceColumn]));
const days = offers.map((row) => Number(row[daysColumn]) || 0);
const years = offers.map((row) => Number(row[yearsColumn]) || 0);
// 1 for the best of those on the table, the others in proportion: a tenth more costs a tenth.
const least = (value, values) => (value > 0 ? Math.min(...values) / value : 1);
const most = (value, values) => (Math.max(...values) > 0 ? value / Math.max(...values) : 1);
const ranked = offers.map((row, index) => {
  const own = opinions.filter(({ supplier }) => fold(supplier) === fold(row[nameColumn]));
  const praised = own.filter(({ mood }) => mood === praise);
  const complained = own.filter(({ mood }) => mood === complaint);
  // One more of each, so that a single review does not decide.
  const liked = (praised.length + 1) / (praised.length + complained.length + 2);
  const within = prices[index] <= budget;
  const score = Math.round(100 * (0.35 * least(prices[index], prices) + 0.2 * least(days[index], days) + 0.15 * most(years[index], years) + 0.3 * liked));
  const counts = chinese
    ? [praised.length + " " + say.praised, complained.length + " " + say.complained]
    : [say.praised + " " + praised.length + "x", say.complained + " " + complained.length + "x"];
  const reasons = [say.price + " " + row[priceColumn], days[index] + " " + say.days, years[index] + " " + say.years, ...counts];
  if (!within) reasons.unshift(say.over);
  const quote = (complained[0] ?? praised[0])?.text;
  if (quote !== undefined) reasons.push(say.quote + (chinese ? "“" + quote + "”" : '"' + quote + '"'));
  return { supplier: String(row[nameColumn]), price: prices[index], within, score, reasons };
});
ranked.sort((one, other) => Number(other.within) - Number(one.within) || other.score - one.score || one.price - other.price);
const [first, second] = ranked;
const cheapest = ranked.reduce((least, each) => (each.price < least.price ? each : least));
const headline = first.within ? say.best + first.supplier : say.none + cheapest.supplier + " (" + cheapest.price + ")";
const table = ranked.map(({ supplier, score, reasons }, index) => index + 1 + ". " + supplier + " (" + score + " " + say.score + "): " + reasons.join(chinese ? "，" : ", ")).join("\\n");
const known = new Set(offers.map((row) => fold(row[nameColumn])));
const strangers = [...new Set(opinions.map(({ supplier }) => supplier).filter((supplier) => !known.has(fold(supplier))))];
const notes = [];
if (first.within && second?.within && first.score - second.score < 5) notes.push(say.close);
if (strangers.length > 0) notes.push(say.unread + strangers.map((name) => name || "?").join(", "));
return { headline, table, notes: notes.join(" "), ranked };`;

export const decisionSupport: PipelineTemplate = {
  id: "decision-support",
  title: { en: "Choose a supplier: figures and reviews", zh: "选择供应商：数据加评价" },
  summary: {
    en: "Joins a table of offers with reviews in plain words and ranks the suppliers, each with its reasons and a line from its reviews. Prices and points come from code; the built-in embedding model only tells praise from complaints, and mistakes irony.",
    zh: "把报价表与文字评价合并，为供应商排序，每家都给出理由并引用一条评价。价格和分数由代码计算；内置向量模型只区分表扬和投诉，遇到反话会判断错。",
  },
  category: "finance",
  needs: ["embedding-model"],
  slug: "choose-supplier",
  document: (locale: Locale) => {
    const text = words[locale];
    return drawDocument(
      {
        input: {
          type: "io/input",
          label: text.input,
          config: {
            fields: [
              { name: "offers", title: text.offers, kind: "text", maxLength: 20_000 },
              { name: "reviews", title: text.reviews, kind: "text", maxLength: 20_000 },
              { name: "budget", title: text.budget, kind: "number" },
            ],
          },
          at: [0, 1],
        },
        table: { type: "data/table", label: text.table, config: { limit: 200 }, at: [1, 0] },
        join: {
          type: "tool/code",
          label: text.join,
          config: {
            code: joinCode,
            inputs: [{ name: "reviews", kind: "text" }],
            outputs: [{ name: "reviews", kind: "json" }],
          },
          at: [1, 2],
        },
        moods: {
          type: "flow/map",
          label: text.map,
          config: { concurrency: 4 },
          body: drawDocument(
            {
              input: {
                type: "io/input",
                label: text.item,
                config: { fields: [{ name: "item", kind: "json" }] },
                at: [0, 0],
              },
              review: { type: "data/json", label: text.item, config: { path: "text" }, at: [1, 0] },
              mood: {
                type: "classifier/examples",
                label: text.mood,
                config: {
                  labels: text.moods.map(({ name, examples }) => ({ name, examples: [...examples] })),
                  otherLabel: text.neither,
                  minimumSimilarity: 0.1,
                  model: "default",
                },
                at: [2, 0],
              },
              output: {
                type: "io/output",
                label: text.result,
                config: { outputs: [{ name: "mood", title: text.result }] },
                at: [3, 0],
              },
            },
            ["input.item > review.value", "review.value > mood.text", "mood.label > output.mood"],
          ),
          at: [2, 2],
        },
        rank: {
          type: "tool/code",
          label: text.rank,
          config: {
            code: rankCode(locale),
            inputs: [
              { name: "offers", kind: "json" },
              { name: "reviews", kind: "json" },
              { name: "moods", kind: "json" },
              { name: "budget", kind: "number" },
            ],
            outputs: [
              { name: "headline", kind: "text" },
              { name: "table", kind: "text" },
              { name: "notes", kind: "text" },
              { name: "ranked", kind: "json" },
            ],
          },
          at: [3, 1],
        },
        letter: { type: "text/template", label: text.letter, config: { template: text.template }, at: [4, 1] },
        output: {
          type: "io/output",
          label: text.output,
          config: {
            outputs: [
              { name: "best", title: text.bestTitle },
              { name: "report", title: text.reportTitle },
              { name: "ranked", title: text.rankedTitle },
            ],
          },
          at: [5, 1],
        },
      },
      [
        "input.offers > table.rows",
        "input.reviews > join.reviews",
        "join.reviews > moods.items",
        "table.rows > rank.offers",
        "join.reviews > rank.reviews",
        "moods.mood > rank.moods",
        "input.budget > rank.budget",
        "rank.headline > letter.headline",
        "rank.table > letter.table",
        "rank.notes > letter.notes",
        "rank.headline > output.best",
        "letter.text > output.report",
        "rank.ranked > output.ranked",
      ],
    );
  },
  sampleInputs: (locale: Locale) => samples[locale],
};

const samples = {
  en: [
    {
      name: "Three suppliers of pumps",
      inputs: {
        offers: `supplier,price,delivery_days,warranty_years
Northwind,1180,5,3
Alder & Sons,990,21,1
Riverside,1420,9,5`,
        reviews: `Northwind: The pump came after four days, well packed, and runs quietly.
Northwind: Good advice on the phone and a fair price.
Alder & Sons: We waited six weeks and nobody called back.
Alder & Sons: The seal was torn when it arrived.
Riverside: Excellent quality, the pump has run for two years without a fault.`,
        budget: 1500,
      },
    },
    {
      name: "Nobody within the budget",
      inputs: {
        offers: `supplier,price,delivery_days,warranty_years
Northwind,1180,5,3
Riverside,1420,9,5`,
        reviews: "Riverside: Excellent quality, we will order again.",
        budget: 900,
      },
    },
  ],
  zh: [
    {
      name: "三家水泵供应商",
      inputs: {
        offers: `供应商,价格,交货天数,质保年数
北风,1180,5,3
桤木,990,21,1
河岸,1420,9,5`,
        reviews: `北风：四天就到货，包装完好，水泵运行很安静。
北风：电话里建议很好，价格公道。
桤木：等了六个星期，也没有人回电话。
桤木：收到时密封圈是裂的。
河岸：质量非常好，水泵两年没出过故障。`,
        budget: 1500,
      },
    },
    {
      name: "都超出预算",
      inputs: {
        offers: `供应商,价格,交货天数,质保年数
北风,1180,5,3
河岸,1420,9,5`,
        reviews: "河岸：质量很好，下次还会订。",
        budget: 900,
      },
    },
  ],
} as const;
