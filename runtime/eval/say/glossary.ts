import type { Localized } from "@/runtime/node/localized";

export interface Entry {
  readonly name: Localized;
  /** One sentence for a reader who is no statistician. */
  readonly says: Localized;
}

const entry = (en: string, zh: string, saysEn: string, saysZh: string): Entry => ({
  name: { en, zh },
  says: { en: saysEn, zh: saysZh },
});

/** Intervals, by `Interval.method`. */
export const methods: Readonly<Record<string, Entry>> = {
  "student-adjusted": entry(
    "Student's t, adjusted",
    "经协变量调整的 Student t",
    "The mean difference as it would be if the cases taken were like all that could have been, by what was known of each before; slopes come from other cases than they correct.",
    "若所取用例与全部可取用例相同时的平均差异，依据事先已知的各用例信息；斜率取自其他用例。",
  ),
  "bradley-terry": entry(
    "Bradley and Terry",
    "Bradley 与 Terry",
    "The chance of each to be preferred to the baseline, by one model of all comparisons; a tie is half a win for each. Whoever only won or only lost has no bounds.",
    "由所有比较的统一模型得出各自优于基线的概率；平局各算半胜。只胜或只负者没有界限。",
  ),
  wilson: entry(
    "Wilson interval",
    "Wilson 区间",
    "The range of shares that fit what was counted; right for few cases too.",
    "与计数结果相符的比例范围，用例少时同样可靠。",
  ),
  "wilson-effective": entry(
    "Wilson interval, effective size",
    "Wilson 区间（有效样本量）",
    "Like Wilson's, with as many cases as are left once repeats, groups and weights are allowed for.",
    "与 Wilson 区间相同，但按扣除重复、分组和权重影响后的用例数计算。",
  ),
  "student-t": entry(
    "Student's t interval",
    "t 区间",
    "The mean, give or take what it varies by from case to case; cases of a group count as one.",
    "均值加减其随用例波动的范围；同组用例算作一个。",
  ),
  "bootstrap-t": entry(
    "Studentised bootstrap",
    "学生化自助法",
    "The cases are drawn again many times to see how far the mean strays; allows for lopsided scores.",
    "反复重新抽取用例，看均值会偏离多远；适用于偏态分数。",
  ),
  "student-skewed": entry(
    "Student's t interval, for skewed scores too",
    "t 区间（兼顾偏态）",
    "The mean, give or take what it varies by from case to case; cases of a group count as one. As wide as lopsided scores, and what was not seen in so few cases, ask for.",
    "均值加减其随用例波动的范围，同组用例算作一个；偏态分数以及少量用例中未出现的情况都已计入宽度。",
  ),
  "jackknife-t": entry(
    "Jackknife interval",
    "刀切法区间",
    "The score is worked out anew without each case in turn, to see how far it hangs on any; as wide at least as what no change in so many cases allows.",
    "依次去掉每个用例重新计算得分，看结果多大程度上取决于个别用例；其宽度至少相当于同样多的用例毫无变化时仍可能存在的差异。",
  ),
  "median-sign": entry(
    "Interval of the median",
    "中位数区间",
    "The difference of the usual case, between two cases that the true median is sure to lie between, whatever the outliers.",
    "典型用例的差异：真实中位数必定落在的两个用例之间，不受异常值影响。",
  ),
  "bca-bootstrap": entry(
    "BCa bootstrap",
    "BCa 自助法",
    "The cases are drawn again many times, the same for both variants, and the score is worked out anew each time.",
    "反复重新抽取用例（两个变体抽取相同用例），每次重新计算得分。",
  ),
  "tango-score": entry(
    "Score interval for paired shares",
    "配对比例得分区间",
    "The range of differences that fit the cases where only one of the two was right.",
    "与“仅一方正确”的用例数相符的差异范围。",
  ),
  "prediction-powered": entry(
    "Judge corrected by people",
    "经人工校正的评审",
    "What the judge says of all answers, put right by how far it was off where people labelled the same answers (PPI++).",
    "以评审模型对全部回答的评分为基础，再按人工标注处的偏差加以校正（PPI++）。",
  ),
  "newcombe-paired": entry(
    "Newcombe's paired interval",
    "Newcombe 配对区间",
    "Puts the two shares' own intervals together, allowing for how they go along.",
    "由两个比例各自的区间合成，并考虑二者的相关性。",
  ),
  "percentile-bootstrap": entry(
    "Percentile bootstrap",
    "百分位自助法",
    "The middle 95 % of the values in samples drawn anew, as they are.",
    "重抽样所得数值中间的 95 %，不作修正。",
  ),
  "confidence-sequence": entry(
    "Confidence sequence",
    "置信序列",
    "Bounds that stay valid however often you look while the experiment runs: values that somebody who bets on the cases would have got rich against are left out.",
    "实验运行期间无论查看多少次都有效的界限：若按用例逐一下注能够稳赢某个取值，该值即被排除。",
  ),
};

/** Tests, by `TestResult.name`. */
export const tests: Readonly<Record<string, Entry>> = {
  "paired-t-adjusted": entry(
    "Paired t test, adjusted",
    "经协变量调整的配对 t 检验",
    "Whether the adjusted mean difference is 0; a degree of freedom goes with each covariate.",
    "检验调整后的平均差异是否为 0；每个协变量占去一个自由度。",
  ),
  "prediction-powered": entry(
    "Test of a corrected judge",
    "校正后评审的检验",
    "Whether the difference that people's labels leave of the judge's is more than chance.",
    "经人工标注校正后，评审给出的差异是否超出偶然。",
  ),
  "mcnemar-mid-p": entry(
    "McNemar's test (mid-p)",
    "McNemar 检验（mid-p）",
    "Of the cases that only one variant got right: could the split be a coin's?",
    "在只有一个变体答对的用例中，这种分布会不会只是抛硬币的结果？",
  ),
  "sign-mid-p": entry(
    "Sign test (mid-p)",
    "符号检验（mid-p）",
    "Of the cases with a preference: could the split be a coin's?",
    "在有偏好的用例中，这种分布会不会只是抛硬币的结果？",
  ),
  "paired-t": entry(
    "Paired t test",
    "配对 t 检验",
    "Is the mean difference larger than it would be by chance?",
    "平均差异是否大于偶然所能造成的差异？",
  ),
  "paired-t-skewed": entry(
    "Paired t test, for skewed scores too",
    "配对 t 检验（兼顾偏态）",
    "Is the mean difference larger than it would be by chance, lopsided as the scores are?",
    "即使分数偏态，平均差异是否仍大于偶然所能造成的差异？",
  ),
  "bootstrap-t": entry(
    "Studentised bootstrap test",
    "学生化自助检验",
    "Is the mean difference larger than in drawn samples without one?",
    "平均差异是否大于无差异的重抽样本中的差异？",
  ),
  "mcnemar-exact": entry(
    "McNemar's exact test",
    "McNemar 精确检验",
    "The same question with exact counting: never too often wrong, and more often unsure.",
    "同样的问题，用精确计数回答：绝不会过多犯错，但更常无法确定。",
  ),
  "sign-exact": entry(
    "Exact sign test",
    "精确符号检验",
    "Of the few cases with a preference: could the split be a coin's? Counted exactly, because they are few.",
    "在少数有偏好的用例中，这种分布会不会只是抛硬币的结果？因数量少而精确计数。",
  ),
  "jackknife-t": entry(
    "Jackknife test",
    "刀切法检验",
    "Is the difference larger than leaving out single cases could explain?",
    "差异是否大于去掉个别用例所能解释的程度？",
  ),
  "wilcoxon-signed-rank": entry(
    "Wilcoxon signed-rank test",
    "Wilcoxon 符号秩检验",
    "Do cases go up as often and as far as down? Looks at ranks, so outliers weigh little.",
    "用例上升与下降的次数和幅度是否相当？只看秩次，异常值影响小。",
  ),
  "sign-flip": entry(
    "Permutation test (sign flips)",
    "置换检验（符号翻转）",
    "How often would the mean be as far from 0 if each case could as well have gone the other way?",
    "若每个用例都同样可能反向变化，均值偏离 0 至此的频率有多高？",
  ),
  "paired-bootstrap": entry(
    "Paired bootstrap test",
    "配对自助检验",
    "How often would drawing the cases anew turn the difference round?",
    "重新抽取用例后，差异方向反转的频率有多高？",
  ),
};

/** Effect sizes, by `effectSize.name`. */
export const effectSizes: Readonly<Record<string, Entry>> = {
  "odds-ratio": entry("Odds ratio", "优势比", "Cases won for every case lost.", "每输一个用例对应赢得的用例数。"),
  "cohen-dz": entry(
    "Cohen's d (paired)",
    "Cohen's d（配对）",
    "The difference, in units of how much it varies: 0.2 is small, 0.8 is large.",
    "以波动幅度为单位的差异：0.2 为小，0.8 为大。",
  ),
};

/** Warnings, by their key in `Verdict.cautions`. */
export const cautions: Readonly<Record<string, Entry>> = {
  "few-rows": entry(
    "Few cases",
    "用例较少",
    "With fewer than 30 independent cases, only large differences can show.",
    "独立用例少于 30 个时，只有较大的差异才能显现。",
  ),
  partial: entry(
    "Not finished",
    "尚未完成",
    "Some answers are missing; bounds are those that may be looked at while the experiment runs.",
    "部分结果尚缺；所示界限在实验运行期间查看依然有效。",
  ),
  dropped: entry(
    "Losers dropped",
    "已淘汰落后变体",
    "Variants that another was surely better than were not run any further. What is said of them rests on the cases until then and on bounds that hold at all times; their averages are of fewer cases.",
    "确定不如其他变体者不再继续运行。关于它们的结论仅依据淘汰前的用例以及随时有效的界限；其均值所依据的用例较少。",
  ),
  failures: entry(
    "Failed runs",
    "运行失败",
    "Some runs failed; look at whether one variant failed more often.",
    "部分运行失败；请查看是否某个变体失败更多。",
  ),
  unanswered: entry(
    "Answers missing",
    "缺少答案",
    "Some answers could not be had because a model was busy or away. They count neither for a variant nor against it; go on with the experiment to ask for them again.",
    "部分答案因模型繁忙或不可用而未能取得。它们既不计入任何变体的得分，也不计为失败；继续实验即可重新请求。",
  ),
  "uneven-missing": entry(
    "Unevenly scored",
    "评分不均",
    "One variant lacks scores on more cases than another; only cases that both have are compared.",
    "某个变体缺少分数的用例更多；只比较双方都有分数的用例。",
  ),
  clustered: entry(
    "Grouped cases",
    "分组用例",
    "Cases of one group depend on each other; each group counts as one.",
    "同组用例相互关联；每组算作一个。",
  ),
  "large-group": entry(
    "One large group",
    "存在过大的组",
    "One group holds over a tenth of the cases: what happens in it weighs more than all else, and the interval allows for that.",
    "某一组占用例的十分之一以上：该组的情况影响最大，区间已为此加宽。",
  ),
  "few-for-mean": entry(
    "Too few cases for the mean",
    "用例太少，无法判断均值",
    "With fewer than 72 cases a slow one in twenty may not have been seen at all, so the mean is not judged; look at the usual case.",
    "用例少于 72 个时，二十分之一的极端情况可能完全没有出现，因此不对均值下结论；请看典型用例的差异。",
  ),
  "mean-of-few": entry(
    "A few cases carry the mean",
    "均值由少数用例决定",
    "A few cases are so far out that they decide the mean, so it is not judged; look at the usual case.",
    "少数用例偏离过大，足以左右均值，因此不对均值下结论；请看典型用例的差异。",
  ),
  copies: entry(
    "Repeated cases",
    "重复用例",
    "Some cases ask the same as another (case, width and blanks aside); together they count as one.",
    "部分用例的输入与其他用例相同（不计大小写、全半角和空白）；它们合起来算作一个。",
  ),
  "follow-up": entry(
    "Asked before",
    "此前问过",
    "The same question was looked at before, with fewer cases or other answers. All looks share one chance of error, so a later one has to be surer.",
    "同一问题此前已用较少用例或其他答案查看过。所有查看共用一份出错概率，因此后来的查看须更有把握。",
  ),
  "answered-apart": entry(
    "Answered at different times",
    "回答时间不同",
    "Some answers were taken from an earlier experiment. Latency and cost are left out where the variants of a case were not answered together.",
    "部分答案取自先前的实验。若同一用例的各变体不是一起回答的，则不比较其耗时和成本。",
  ),
  "failed-as-worst": entry(
    "Failures count as the worst",
    "失败按最差计",
    "An answer that failed, ran out of time or could not be read counts as the slowest, dearest or furthest off that was seen.",
    "失败、超时或无法读取的回答，按所见的最慢、最贵或偏差最大的值计算。",
  ),
  "missing-could-turn": entry(
    "Missing values could turn it",
    "缺失值可能改变结论",
    "Some cases have a value for one variant only. Had they gone the other way, the result would be another, so none is named.",
    "部分用例只有一个变体有值。若这些用例的结果相反，结论就会不同，因此不下结论。",
  ),
  weighted: entry("Weighted cases", "加权用例", "Some cases count more than others.", "部分用例的权重更高。"),
  "judge-corrected": entry(
    "Judge corrected",
    "评审已校正",
    "What a judge says here is corrected by people's labels of some of the answers.",
    "此处评审模型的结论已按部分回答的人工标注校正。",
  ),
  "judge-not-accepted": entry(
    "Judge not accepted",
    "评审模型未获认可",
    "A model's judgement is shown but does not count until its agreement with people was accepted.",
    "模型评审仅供展示，在其与人工的一致性获认可前不计入结论。",
  ),
  leakage: entry(
    "Leakage",
    "数据泄漏",
    "Some cases are also examples in the prompt; scores on them are too good.",
    "部分用例也是提示中的示例，其得分偏高。",
  ),
  corrected: entry(
    "Many comparisons",
    "多重比较",
    "Intervals are wider because several variants are compared at once.",
    "由于同时比较多个变体，区间相应加宽。",
  ),
};

/** An entry, or the key itself where a report of a later version names something new. */
export const lookUp = (table: Readonly<Record<string, Entry>>, key: string): Entry =>
  (Object.hasOwn(table, key) ? table[key] : undefined) ?? { name: { en: key, zh: key }, says: { en: "", zh: "" } };
