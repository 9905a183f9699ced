import type { Starter } from "./starter";

export const diagnosis: Starter = {
  key: "diagnosis",
  kind: "chat",
  taskType: "diagnosis",
  summary: { en: "From symptoms to the likeliest cause and the next check.", zh: "从症状到最可能的原因和下一步检查。" },
  settings: { temperature: 0, maxTokens: 400 },
  text: {
    en: {
      name: "Diagnosis",
      system:
        "You are a technician who finds faults of {{device}}. You say how sure you are, and you never invent a symptom.",
      user: `Find the cause of this fault.

Symptoms:
"""
{{symptoms}}
"""

Reply in three lines:
1. Likeliest cause, with high, medium or low certainty
2. What else it could be
3. The next check that tells them apart

If the symptoms do not say enough, ask one question instead.`,
      variables: { device: "What is repaired", symptoms: "What somebody saw or heard" },
      tests: [
        { inputs: { device: "washing machines", symptoms: "It fills with water, hums, and the drum does not turn." } },
        { inputs: { device: "laptops", symptoms: "It charges only when the plug is held at an angle." } },
        { inputs: { device: "heat pumps", symptoms: "It is loud." } },
      ],
    },
    zh: {
      name: "故障诊断",
      system: "你是查找{{device}}故障的技术员。请说明把握程度，绝不编造症状。",
      user: `请找出下面故障的原因。

症状：
"""
{{symptoms}}
"""

用三行回答：
1. 最可能的原因，并注明把握：高、中或低
2. 其他可能
3. 能区分两者的下一步检查

如果症状不足以判断，请改为提出一个问题。`,
      variables: { device: "维修对象", symptoms: "看到或听到的现象" },
      tests: [
        { inputs: { device: "洗衣机", symptoms: "进水后嗡嗡响，滚筒不转。" } },
        { inputs: { device: "笔记本电脑", symptoms: "只有斜着按住插头才能充电。" } },
        { inputs: { device: "热泵", symptoms: "声音很大。" } },
      ],
    },
  },
};

export const sums: Starter = {
  key: "sums",
  kind: "chat",
  taskType: "reasoning",
  summary: { en: "A sum in words, worked out line by line.", zh: "文字题，逐行计算。" },
  settings: { temperature: 0, maxTokens: 400 },
  text: {
    en: {
      name: "Sums, step by step",
      system: "You solve sums in words. You work them out line by line and check the result before you give it.",
      user: `Solve this:
"""
{{question}}
"""

1. List the numbers with their units.
2. Work out one step a line.
3. Put the result in and see whether it fits.
4. End with one line: Answer: <number alone>

If a number is missing, end with: Answer: unknown`,
      examples: [
        {
          user: "A box holds 12 eggs. How many boxes do 30 eggs need?",
          assistant:
            "Eggs: 30; a box: 12 eggs.\n30 / 12 = 2.5, so a third box is begun.\n2 boxes hold 24, 3 boxes hold 36: it fits.\nAnswer: 3",
        },
        {
          user: "Tickets cost 8 euros. How much do the children pay?",
          assistant: "A ticket: 8 euros; children: not given.\nAnswer: unknown",
        },
      ],
      variables: { question: "A sum in words" },
      tests: [
        {
          inputs: {
            question: "A train leaves at 9:40 and takes 2 h 35 min. How many minutes past noon does it arrive?",
          },
          expected: "15",
        },
        { inputs: { question: "Three pens cost 4.50. What do seven cost?" }, expected: "10.5" },
        { inputs: { question: "A coat of 80 is reduced by 15 %. What is the new price?" }, expected: "68" },
        { inputs: { question: "Ben is older than Ida. How old is Ben?" }, expected: "unknown" },
      ],
    },
    zh: {
      name: "逐步计算",
      system: "你解答文字应用题，逐行计算，给出结果前先验算。",
      user: `请解答：
"""
{{question}}
"""

1. 列出数字和单位。
2. 每行计算一步。
3. 代回检验是否成立。
4. 最后一行写：答案：<只写数字>

如果条件不足，最后一行写：答案：未知`,
      examples: [
        {
          user: "一盒装12个鸡蛋，30个鸡蛋需要几盒？",
          assistant: "鸡蛋：30个；每盒：12个。\n30 ÷ 12 = 2.5，需要第三盒。\n2盒装24个，3盒装36个：成立。\n答案：3",
        },
        { user: "一张票8元，孩子们要付多少？", assistant: "票价：8元；孩子人数：未给出。\n答案：未知" },
      ],
      variables: { question: "文字应用题" },
      tests: [
        { inputs: { question: "火车9:40出发，行驶2小时35分，几点后多少分钟（以12点为准）到达？" }, expected: "15" },
        { inputs: { question: "三支笔4.5元，七支多少元？" }, expected: "10.5" },
        { inputs: { question: "80元的外套降价15%，新价格是多少？" }, expected: "68" },
        { inputs: { question: "小本比小艾大，小本几岁？" }, expected: "未知" },
      ],
    },
  },
};

export const claim: Starter = {
  key: "insurance-claim",
  kind: "chat",
  taskType: "reasoning",
  summary: {
    en: "A claim against its policy: covered, not covered, or for a person.",
    zh: "对照保单审核理赔：赔付、不赔付或转人工。",
  },
  settings: { temperature: 0, maxTokens: 500 },
  text: {
    en: {
      name: "Insurance claim",
      system: "You review claims against the words of a policy. A doubt goes to a person; you never decide it away.",
      user: `Review the claim.

Policy:
"""
{{policy}}
"""

Claim:
"""
{{claim}}
"""

1. Which sentence of the policy applies? Quote it.
2. Which facts of the claim does it ask for? Say for each: there, missing, or against it.
3. Is an exclusion met? Quote it.
4. Reply at the end with one line: Decision: covered, Decision: not covered, or Decision: person – and the reason in one sentence.

If a fact is missing, the decision is person.`,
      variables: { policy: "The words that apply", claim: "What happened, and what is asked for" },
      tests: [
        {
          inputs: {
            policy: "Water from burst pipes is covered up to 5,000. Rain through open windows is not covered.",
            claim: "A pipe in the kitchen burst on 3 March; the floor costs 1,800.",
          },
          expected: "covered",
        },
        {
          inputs: {
            policy: "Water from burst pipes is covered up to 5,000. Rain through open windows is not covered.",
            claim: "We left the window open and the rain ruined the carpet: 600.",
          },
          expected: "not covered",
        },
        {
          inputs: {
            policy: "Theft of bicycles is covered if they were locked.",
            claim: "My bicycle was stolen at the station. It cost 900.",
          },
          expected: "person",
        },
      ],
    },
    zh: {
      name: "保险理赔",
      system: "你对照保单条款审核理赔。有疑问一律转人工，不自行裁断。",
      user: `请审核理赔。

保单：
"""
{{policy}}
"""

理赔：
"""
{{claim}}
"""

1. 适用保单的哪一句？请引用。
2. 该条款要求哪些事实？逐一说明：有、缺少或不符。
3. 是否符合免责条款？请引用。
4. 最后一行写：结论：赔付、结论：不赔付或结论：人工，并用一句话说明理由。

如果缺少事实，结论为人工。`,
      variables: { policy: "适用的条款", claim: "发生了什么，要求什么" },
      tests: [
        {
          inputs: {
            policy: "水管爆裂造成的损失最高赔付5000元。雨水从开着的窗户进入不赔付。",
            claim: "3月3日厨房水管爆裂，地板维修1800元。",
          },
          expected: "赔付",
        },
        {
          inputs: {
            policy: "水管爆裂造成的损失最高赔付5000元。雨水从开着的窗户进入不赔付。",
            claim: "我们没关窗，雨水弄坏了地毯，600元。",
          },
          expected: "不赔付",
        },
        {
          inputs: { policy: "上锁的自行车被盗予以赔付。", claim: "我的自行车在车站被盗，价值900元。" },
          expected: "人工",
        },
      ],
    },
  },
};

export const investment: Starter = {
  key: "investment",
  kind: "chat",
  taskType: "reasoning",
  summary: {
    en: "Six steps from the figures to a judgement that says what would change it.",
    zh: "从数据到判断的六个步骤，并说明何时会改变看法。",
  },
  settings: { temperature: 0, maxTokens: 900 },
  text: {
    en: {
      name: "Investment in six steps",
      system:
        "You analyse companies for a reader who decides alone. You use the figures you are given, and say where one is missing. This is no advice.",
      user: `Analyse {{company}}.

Figures and notes:
"""
{{figures}}
"""

1. Business: how it earns money, in two sentences.
2. Growth: what the figures say, with the numbers.
3. Profit: margins, and what moves them.
4. Debt and cash: how long it could go on as it is.
5. Price: what is already in it.
6. Judgement: strong, mixed or weak; the two reasons that weigh most; what would change it.

Write at most three sentences a step. If a figure is missing, name it and do not guess.`,
      variables: { company: "Name", figures: "What is known" },
      tests: [
        {
          inputs: {
            company: "Northlight Lamps",
            figures: "Revenue 40 m (+12 %), net margin 9 %, debt 5 m, cash 11 m, price 14 times earnings.",
          },
        },
        { inputs: { company: "Ferry Foods", figures: "Revenue 120 m (−3 %), net margin 1 %, debt 60 m, cash 4 m." } },
        { inputs: { company: "Blue Harbour", figures: "Founded 2024; no figures published." } },
      ],
    },
    zh: {
      name: "投资分析六步",
      system: "你为独立决策的读者分析公司。只使用给出的数据，缺少时请指出。本分析不构成投资建议。",
      user: `请分析{{company}}。

数据与说明：
"""
{{figures}}
"""

1. 业务：用两句话说明如何盈利。
2. 增长：数据说明了什么，请引用数字。
3. 利润：利润率及其影响因素。
4. 负债与现金：按现状能维持多久。
5. 价格：已经反映了什么。
6. 判断：强、一般或弱；最重要的两条理由；什么情况会改变判断。

每步最多三句。如果缺少数据，请指出，不要猜测。`,
      variables: { company: "公司名称", figures: "已知数据" },
      tests: [
        { inputs: { company: "北光灯具", figures: "收入4000万（+12%），净利率9%，负债500万，现金1100万，市盈率14。" } },
        { inputs: { company: "渡船食品", figures: "收入1.2亿（−3%），净利率1%，负债6000万，现金400万。" } },
        { inputs: { company: "蓝港", figures: "2024年成立，未公布数据。" } },
      ],
    },
  },
};
