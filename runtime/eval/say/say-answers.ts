import { type Locale, localize } from "@/runtime/node/localized";
import type { Comparison, MetricReport, Report } from "../contract/report";
import { formatBound, formatDifference, percentOf, roundCases } from "./format-value";
import { lookUp, methods, tests } from "./glossary";

/** What a statistician would ask of a result, and what is to be said to it. */
export interface SaidAnswer {
  readonly key: "compared" | "rows" | "left-out" | "method" | "many" | "looks" | "power" | "seeds";
  readonly question: string;
  readonly lines: readonly string[];
}

const questions: Readonly<Record<SaidAnswer["key"], Readonly<Record<Locale, string>>>> = {
  compared: { en: "What is compared?", zh: "比较的是什么？" },
  rows: { en: "On which cases?", zh: "基于哪些用例？" },
  "left-out": { en: "What was left out or counted otherwise, and why?", zh: "排除或另行计入了什么？为什么？" },
  method: { en: "Which interval, which test?", zh: "用了什么区间和检验？" },
  many: { en: "How was it corrected for many comparisons?", zh: "多重比较如何校正？" },
  looks: { en: "What of looking while it runs, and of asking again?", zh: "边运行边查看、重复提问如何处理？" },
  power: { en: "What may have gone unseen?", zh: "可能漏掉了多大的差异？" },
  seeds: { en: "Is it the same when it is worked out again?", zh: "重新计算，结果相同吗？" },
};

/** Metrics and variants named in one answer; the table below has them all. */
const mostNamed = 8;

type Say = (en: string, zh: string) => string;

interface About {
  readonly report: Report;
  readonly metric: MetricReport;
  readonly locale: Locale;
  readonly say: Say;
  /** The comparison that the sentence is about; null where there is none. */
  readonly comparison: Comparison | null;
}

/** A unit in Latin letters stands apart from the Chinese behind it. */
const apart = (text: string): string => (/[\w%]$/.test(text) ? `${text} ` : text);

const labelOf = (report: Report, variant: number) => report.variants[variant]?.label ?? "";

const compared = ({ report, metric, locale, say, comparison }: About): string[] => {
  const baseline = labelOf(report, report.baseline);
  const others = report.variants.flatMap(({ label }, variant) => (variant === report.baseline ? [] : [label]));
  const title = metric.title[locale];
  if (others.length === 0)
    return [
      say(
        `Nothing: there is one variant, “${baseline}”, whose ${title} is measured.`,
        `没有比较：只有一个变体“${baseline}”，测量其${title}。`,
      ),
    ];
  const listed = new Intl.ListFormat(locale === "zh" ? "zh-CN" : "en", { type: "conjunction" }).format(
    others.slice(0, mostNamed).map((label) => `“${label}”`),
  );
  const margin = comparison?.nonInferiority?.margin ?? null;
  const small = margin === null ? null : formatDifference(margin, metric, locale).replace(/^\+/, "");
  const isShare = metric.scale !== "number" || metric.kind === "pair";
  return [
    metric.kind === "pair"
      ? say(
          `${listed} with “${baseline}”, case by case: how much more often it was preferred than the other was.`,
          `${listed}与“${baseline}”逐例比较：被选中的次数之差。`,
        )
      : say(
          `${title} of ${listed}, each minus that of “${baseline}”, on the same cases. ${metric.better === "higher" ? "Higher" : "Lower"} is better. The metric was chosen before the experiment ran.`,
          `${listed}的${title}，各减去“${baseline}”在相同用例上的值；${metric.better === "higher" ? "越高" : "越低"}越好。该指标在实验开始前选定。`,
        ),
    small !== null
      ? say(
          `Differences of up to ${small} were said beforehand to count as none.`,
          `事先约定：不超过 ${apart(small)}的差异不算差异。`,
        )
      : isShare
        ? say("Differences of up to 1 point count as none.", "不超过 1 个百分点的差异不算差异。")
        : say(
            "Differences of up to a twentieth of the baseline's value count as none.",
            "不超过基线值二十分之一的差异不算差异。",
          ),
  ];
};

const rows = ({ report, say }: About): string[] => {
  const { rows: count, repeats, cells, clusters = count, copies = 0 } = report;
  const lines = [
    say(
      `${count} ${count === 1 ? "case" : "cases"}, each answered ${repeats === 1 ? "once" : `${repeats} times`} by each variant; ${cells.done} of ${cells.total} answers are there.`,
      `${count} 个用例，每个变体各回答 ${repeats} 次；${cells.total} 个回答中已有 ${cells.done} 个。`,
    ),
  ];
  if (repeats > 1)
    lines.push(
      say(
        "Repeats of a case are averaged: they make its value surer, and no further cases of it.",
        "同一用例的重复先取平均：数值更稳，但不算更多用例。",
      ),
    );
  if (clusters < count)
    lines.push(
      say(
        `${clusters} of them are independent: cases of one group count as one, and so do cases that ask the same${copies > 0 ? ` (${copies} ${copies === 1 ? "repeats" : "repeat"} another)` : ""}.`,
        `其中 ${clusters} 个相互独立：同组用例、问题相同的用例各算作一个${copies > 0 ? `（${copies} 个与其他用例重复）` : ""}。`,
      ),
    );
  return lines;
};

/** What happened to the answers of each variant. */
const answersApart = ({ report, say }: About): string[] =>
  report.variants.flatMap(
    ({ label, cells, attempts = cells, failures, unanswered = 0, notWhole = 0, cached, cachedFailures = 0 }) => {
      const lines: string[] = [];
      if (attempts > cells)
        lines.push(
          say(
            `“${label}”: ${attempts} attempts at ${cells} ${cells === 1 ? "answer" : "answers"}: ${attempts - cells + failures} failed, since a step was tried again as the pipeline says, or a model was away and was asked later. The last attempt at an answer counts.`,
            `“${label}”：${cells} 个回答共尝试 ${attempts} 次，其中 ${attempts - cells + failures} 次失败（步骤按流水线设置重试，或模型当时不可用而稍后再问）。每个回答以最后一次尝试为准。`,
          ),
        );
      if (failures > 0)
        lines.push(
          say(
            `“${label}”: ${failures} ${failures === 1 ? "answer" : "answers"} failed. They stay in: as an empty answer, and as the slowest, dearest or furthest off that was seen.`,
            `“${label}”：${failures} 个回答失败，仍计入：视为空回答，并按所见最慢、最贵或偏差最大的值计算。`,
          ),
        );
      if (cached > 0)
        lines.push(
          say(
            `“${label}”: ${cached} ${cached === 1 ? "answer was" : "answers were"} taken from an earlier experiment${cachedFailures > 0 ? `, ${cachedFailures} of them failures, which are not tried until they succeed` : ""}.`,
            `“${label}”：${cached} 个回答取自早先的实验${cachedFailures > 0 ? `，其中 ${cachedFailures} 个为失败，不会反复重试直到成功` : ""}。`,
          ),
        );
      if (unanswered > 0)
        lines.push(
          say(
            `“${label}”: ${unanswered} ${unanswered === 1 ? "answer" : "answers"} could not be had, since a model was busy or away. They count for no variant, and nothing is said that they could turn.`,
            `“${label}”：${unanswered} 个回答因模型繁忙或不可用而未取得，不计入任何变体；凡可能因此翻转的结论都不下。`,
          ),
        );
      if (notWhole > 0)
        lines.push(
          say(
            `“${label}”: ${notWhole} ${notWhole === 1 ? "answer went" : "answers went"} on with a reply that was cut off, held back or empty, and ${notWhole === 1 ? "counts" : "count"} like any other.`,
            `“${label}”：${notWhole} 个回答所用的模型回复被截断、拦截或为空，照常计入。`,
          ),
        );
      return lines;
    },
  );

/** What happened to the values of each metric. */
const valuesApart = ({ report, locale, say }: About): string[] =>
  report.metrics.flatMap(({ title, values, apart = 0, counts }) => {
    const name = title[locale];
    const lines: string[] = [];
    if (!counts)
      lines.push(
        say(
          `${name}: shown only. A judge counts once people's labels show that it agrees with them.`,
          `${name}：仅供展示。评审模型须经人工标注证明与人一致后才计入。`,
        ),
      );
    if (apart > 0)
      lines.push(
        say(
          `${name}: ${apart} ${apart === 1 ? "case is" : "cases are"} left out, whose answers were given in different experiments: what one takes and costs hangs on the moment.`,
          `${name}：排除 ${apart} 个用例，其回答来自不同实验；耗时与费用取决于当时状况，不可比。`,
        ),
      );
    for (const { variant, missing, lacking = 0 } of values) {
      const label = labelOf(report, variant);
      if (lacking > 0)
        lines.push(
          say(
            `${name}: ${lacking} ${lacking === 1 ? "case" : "cases"} of “${label}” count as the worst value seen, since the answer failed or could not be read.`,
            `${name}：“${label}”有 ${lacking} 个用例因回答失败或无法解析，按所见最差值计入。`,
          ),
        );
      // What a variant lacks because it was not run any further is said above.
      if (missing > apart && !report.dropped?.some((drop) => drop.variant === variant))
        lines.push(
          say(
            `${name}: ${missing - apart} ${missing - apart === 1 ? "case" : "cases"} of “${label}” have no value, since the scorer did not apply or the answer is missing.`,
            `${name}：“${label}”有 ${missing - apart} 个用例没有数值，因为评分器不适用或缺少回答。`,
          ),
        );
    }
    return lines;
  });

/** Variants that were not run to the end. */
const dropped = ({ report, metric, locale, say }: About): string[] =>
  (report.dropped ?? []).map(({ variant, rows: after, by, lead, confidence }) =>
    say(
      `“${labelOf(report, variant)}” was not run beyond ${after} cases: “${labelOf(report, by)}” was surely better by then (${formatDifference(lead.value, metric, locale)}, ${percentOf(confidence)} % bounds that hold at every look). It is compared on these cases alone.`,
      `“${labelOf(report, variant)}”在 ${after} 个用例后不再运行：当时“${labelOf(report, by)}”已确定更好（${formatDifference(lead.value, metric, locale)}，${percentOf(confidence)} % 随时有效的界限）。它只在这些用例上比较。`,
    ),
  );

const mostLines = 14;

const leftOut = (about: About): string[] => {
  const { say, comparison } = about;
  const lines = [...dropped(about), ...answersApart(about), ...valuesApart(about)];
  if (lines.length === 0)
    return [say("Nothing: every answer of every variant counts as it is.", "没有：每个变体的每个回答都如实计入。")];
  const more = lines.length - mostLines;
  const shown =
    more > 0
      ? [
          ...lines.slice(0, mostLines),
          say(`And ${more} more of the kind; the table of metrics has them.`, `另有 ${more} 条同类情况，见指标表。`),
        ]
      : lines;
  return comparison?.turnedByMissing
    ? [
        ...shown,
        say(
          "What is missing could turn the result, so it is left undecided.",
          "缺失的部分可能使结果翻转，因此不下结论。",
        ),
      ]
    : shown;
};

const pText = (p: number) => (p < 0.001 ? "p < 0.001" : `p = ${p.toFixed(3)}`);

const method = ({ report, metric, locale, say, comparison }: About): string[] => {
  const lines: string[] = [];
  const entry = (table: typeof methods, name: string) => {
    const { name: title, says } = lookUp(table, name);
    return `${localize(title, locale)}${say(": ", "：")}${localize(says, locale)}`;
  };
  const { difference, test, typical, confidence, corrected } = comparison ?? {};
  if (difference) {
    const bounds =
      difference.low === null || difference.high === null || confidence === undefined
        ? ""
        : say(
            ` Here ${formatBound(difference.low, metric, locale)} to ${formatBound(difference.high, metric, locale)}, with ${percentOf(confidence)} % confidence.`,
            `此处为 ${formatBound(difference.low, metric, locale)} 至 ${formatBound(difference.high, metric, locale)}，置信度 ${percentOf(confidence)} %。`,
          );
    lines.push(`${entry(methods, difference.method)}${bounds}`);
  }
  if (test) {
    const adjusted =
      test.adjustedPValue > test.pValue
        ? say(`, ${pText(test.adjustedPValue)} after the correction`, `，校正后 ${pText(test.adjustedPValue)}`)
        : "";
    lines.push(
      `${entry(tests, test.name)} ${say(`Here ${pText(test.pValue)}${adjusted}.`, `此处 ${pText(test.pValue)}${adjusted}。`)}`,
    );
    lines.push(
      say(
        "Interval, test and decision come from one rule: the interval leaves out 0 exactly where the test decides.",
        "区间、检验与结论出自同一规则：检验显著之处，区间恰好不含 0。",
      ),
    );
  } else if (difference)
    lines.push(
      say(
        "No test while answers are missing: until then only bounds count that may be looked at any time.",
        "回答未齐之前不做检验，只采用可随时查看的界限。",
      ),
    );
  if (corrected)
    lines.push(
      say(
        `The judge alone says ${formatDifference(corrected.judge, metric, locale)}; ${corrected.labels} labels of people correct it.`,
        `仅凭评审模型为 ${formatDifference(corrected.judge, metric, locale)}；由 ${corrected.labels} 条人工标注加以校正。`,
      ),
    );
  if (typical)
    lines.push(
      say(
        "Of times, tokens and costs the usual case, a median, is told beside the mean, which a few cases may carry.",
        "对耗时、词元与费用，除均值外另给出典型用例（中位数），因为均值可能受个别用例左右。",
      ),
    );
  if (lines.length === 0) {
    const used = metric.values.find(({ estimate }) => estimate !== null)?.estimate?.method;
    lines.push(used === undefined ? say("None: nothing was measured.", "没有：未测到任何值。") : entry(methods, used));
  }
  return lines.length > 0 || report.metrics.length === 0 ? lines : [];
};

const percentText = (share: number) => `${Number((100 * share).toPrecision(2))} %`;

const many = ({ report, metric, say }: About): string[] => {
  const { correction, metrics, segments, dropping, look } = report;
  const counted = (all: readonly MetricReport[]) =>
    all.reduce((sum, { comparisons }) => sum + comparisons.filter(({ difference }) => difference !== null).length, 0);
  const main = counted([metric]);
  const others = counted(metrics.filter((each) => each !== metric && each.counts));
  const parts = segments.reduce((sum, { comparisons }) => sum + comparisons.length, 0);
  const names = { holm: "Holm", "benjamini-hochberg": "Benjamini-Hochberg" } as const;
  const name = correction === undefined ? null : names[correction];
  const by = name === null ? "" : say(` by ${name}`, `（${name} 法）`);
  const lines = [
    main > 1
      ? say(
          `The ${main} comparisons of the main metric are corrected for one another${by}.`,
          `主要指标的 ${main} 项比较相互校正${by}。`,
        )
      : say("The main metric has one comparison: nothing to correct.", "主要指标只有一项比较，无需校正。"),
  ];
  if (dropping !== undefined) {
    const pairs = (report.variants.length * (report.variants.length - 1)) / 2;
    const said = percentText(look?.own ?? 1 - report.confidence);
    lines.push(
      say(
        `Dropping losers and what is said of the others share one error: “dropped” may be wrong in ${percentText(dropping.alpha)}, for all ${pairs} pairs of variants together, the comparisons with the baseline in ${said}.`,
        `淘汰落后者与对其余变体的结论共用同一错误率：“被淘汰”占 ${percentText(dropping.alpha)}，由全部 ${pairs} 对变体共享；与基线的比较占 ${said}。`,
      ),
    );
  }
  if (others > 0)
    lines.push(
      say(
        `Other metrics, ${others} ${others === 1 ? "comparison" : "comparisons"}, are a family of their own${by}: what else was measured makes the main metric no less sure.`,
        `其他指标共 ${others} 项比较，自成一族校正${by}：多测的指标不会削弱主要指标的把握。`,
      ),
    );
  if (parts > 0)
    lines.push(
      say(
        `Segments, ${parts} ${parts === 1 ? "comparison" : "comparisons"}, are another one${by}.`,
        `分组共 ${parts} 项比较，另成一族${by}。`,
      ),
    );
  return lines;
};

const looks = ({ report, say }: About): string[] => {
  const { look } = report;
  const again =
    look === undefined || look.number === 1
      ? say(
          `It is the first look at this question. Error allowed: ${percentText(1 - report.confidence)}.`,
          `这是对该问题的第一次查看。允许的错误率：${percentText(1 - report.confidence)}。`,
        )
      : say(
          `It is look ${look.number} at this question. All looks together may err in ${percentText(look.alpha)}, this one in ${percentText(look.own)}.`,
          `这是对该问题的第 ${look.number} 次查看。所有查看合计允许的错误率为 ${percentText(look.alpha)}，本次为 ${percentText(look.own)}。`,
        );
  return [
    again,
    say(
      "While it runs, only bounds decide that hold at any number of looks; the chart over time shows them.",
      "运行期间，只有无论查看多少次都成立的界限才能下结论；见随时间变化的图。",
    ),
  ];
};

const power = ({ metric, locale, say, comparison }: About): string[] => {
  if (comparison?.detectable == null)
    return [say("Nobody can say: too little is known of how far cases vary.", "无法判断：对用例间波动所知太少。")];
  const size = formatDifference(comparison.detectable, metric, locale).replace(/^\+/, "");
  const lines = [
    say(
      `With these cases a true difference of ${size} would be found in four of five tries; a smaller one may well be there.`,
      `以这些用例，真实差异为 ${apart(size)}时有八成把握能发现；更小的差异仍可能存在。`,
    ),
  ];
  if (comparison.moreRows !== null)
    lines.push(
      say(
        `About ${roundCases(comparison.moreRows)} more cases would settle it in four of five tries, if the difference stays as seen.`,
        `若差异保持如此，再加约 ${roundCases(comparison.moreRows)} 个用例有八成把握见分晓。`,
      ),
    );
  return lines;
};

const seeds = ({ report, say }: About): string[] => [
  say(
    `Yes: the same answers give the same figures, to the last digit. Seed ${report.seed} drew the order of the cases and every resample.`,
    `相同：同样的回答得出完全相同的数字。用例顺序与每次重抽样均由种子 ${report.seed} 决定。`,
  ),
  say(
    "“JSON, to verify” among the exports holds all that it follows from; `pipewright verify` works it out again without the app.",
    "导出菜单中的“JSON（可复核）”含有全部依据；`pipewright verify` 无需应用即可重新计算。",
  ),
];

const answers = { compared, rows, "left-out": leftOut, method, many, looks, power, seeds } as const;

/** Answers to what a statistician would ask of a report, in order; the sentence of the verdict stays plain. Empty where the report has no main metric. */
export const sayAnswers = (report: Report, locale: Locale): SaidAnswer[] => {
  const metric = report.metrics.find(({ id }) => id === report.primary);
  if (metric === undefined) return [];
  const variant = report.verdict.variant ?? metric.comparisons[0]?.variant;
  const comparison = metric.comparisons.find((each) => each.variant === variant) ?? null;
  const say: Say = (en, zh) => (locale === "zh" ? zh : en);
  const about = { report, metric, locale, say, comparison };
  const single = report.variants.length < 2;
  return (Object.keys(answers) as SaidAnswer["key"][])
    .filter((key) => !single || !["many", "looks", "power"].includes(key))
    .map((key) => ({ key, question: questions[key][locale], lines: answers[key](about) }));
};
