import type { Starter } from "./starter";

export const styleGuide: Starter = {
  key: "style-guide",
  kind: "text",
  taskType: "style",
  summary: { en: "Tone and vocabulary, for other prompts to include.", zh: "语气与用词，供其他提示词引用。" },
  text: {
    en: {
      name: "Style guide",
      system: "",
      user: `Tone: {{tone}}.
Say: {{vocabulary}}.
Never say: {{avoid}}.
Address the reader directly. One thought a sentence. No exclamation marks.`,
      variables: {
        tone: "warm and plain",
        vocabulary: "words of the house, by commas",
        avoid: "words that are not used",
      },
      tests: [
        { inputs: { tone: "warm and plain", vocabulary: "parcel, order number", avoid: "shipment, kindly" } },
        { inputs: { tone: "exact and cool", vocabulary: "customer, invoice", avoid: "client, bill" } },
        { inputs: { tone: "playful", vocabulary: "buddy, treat", avoid: "pet, product" } },
      ],
    },
    zh: {
      name: "文风指南",
      system: "",
      user: `语气：{{tone}}。
使用：{{vocabulary}}。
避免：{{avoid}}。
直接面向读者。每句只说一件事。不用感叹号。`,
      variables: { tone: "亲切、平实", vocabulary: "本公司的用语，用逗号分隔", avoid: "不使用的词" },
      tests: [
        { inputs: { tone: "亲切平实", vocabulary: "包裹，订单号", avoid: "货件，敬请" } },
        { inputs: { tone: "准确冷静", vocabulary: "客户，发票", avoid: "顾客，账单" } },
        { inputs: { tone: "活泼", vocabulary: "小伙伴，零食", avoid: "宠物，产品" } },
      ],
    },
  },
};

export const peel: Starter = {
  key: "peel",
  kind: "chat",
  taskType: "reply",
  summary: {
    en: "A reply by PEEL: problem, examples, explanation, logical chain.",
    zh: "按 PEEL 回复：问题、例子、解释、逻辑链。",
  },
  settings: { temperature: 0.3, maxTokens: 400 },
  text: {
    en: {
      name: "Reply by PEEL",
      system: "You answer complaints for a shop. You promise nothing that the facts do not hold.",
      user: `Answer the complaint.

Complaint:
"""
{{complaint}}
"""

Facts:
"""
{{facts}}
"""

Write four short paragraphs, without headings:
1. Problem: say in your own words what went wrong for the customer.
2. Examples: name the two details that show you have read it.
3. Explanation: what the facts say about the reason; if they say nothing, write that we are looking into it.
4. Logical chain: what happens next, because of that, and by when.

At most 120 words.`,
      variables: { complaint: "What the customer wrote", facts: "What we know" },
      tests: [
        {
          inputs: {
            complaint: "Two weeks late and the box was open.",
            facts: "Carrier lost a truck on 4 May. Replacement leaves tomorrow.",
          },
        },
        { inputs: { complaint: "Nobody answers the phone.", facts: "The line was down from Monday to Tuesday." } },
        { inputs: { complaint: "The shade is not what I ordered.", facts: "" } },
      ],
    },
    zh: {
      name: "PEEL 回复",
      system: "你代表商店回复投诉。事实没有支持的，不作承诺。",
      user: `请回复投诉。

投诉：
"""
{{complaint}}
"""

事实：
"""
{{facts}}
"""

写四个短段落，不用标题：
1. 问题：用自己的话说出客户遇到了什么。
2. 例子：提到两处细节，表明你读过。
3. 解释：事实说明了什么原因；如果没有，请写我们正在查明。
4. 逻辑链：因此接下来会做什么，何时完成。

不超过200字。`,
      variables: { complaint: "客户所写的内容", facts: "已知事实" },
      tests: [
        { inputs: { complaint: "晚了两周，箱子还是打开的。", facts: "承运商5月4日丢失一辆卡车的货物。明天补发。" } },
        { inputs: { complaint: "电话没人接。", facts: "周一到周二线路故障。" } },
        { inputs: { complaint: "颜色和我订的不一样。", facts: "" } },
      ],
    },
  },
};

export const aida: Starter = {
  key: "aida",
  kind: "chat",
  taskType: "marketing",
  summary: { en: "Copy by AIDA: attention, interest, desire, action.", zh: "按 AIDA 写文案：注意、兴趣、欲望、行动。" },
  settings: { temperature: 0.8, maxTokens: 400 },
  text: {
    en: {
      name: "Copy by AIDA",
      system: "You write copy that holds what it says. You use only the facts you are given.",
      user: `Write copy for {{product}}, for {{audience}}.

Facts:
"""
{{facts}}
"""

Four lines, one each:
1. Attention: at most 8 words.
2. Interest: one fact that this reader cares about.
3. Desire: what is different for them afterwards.
4. Action: one thing to do, with a verb.

No superlatives. If a line has no fact to stand on, leave it empty.`,
      variables: { product: "What is sold", audience: "Who reads it", facts: "What is true of it" },
      tests: [
        {
          inputs: {
            product: "a folding bicycle",
            audience: "commuters",
            facts: "9.8 kg; folds in 12 seconds; 2 years of warranty",
          },
        },
        { inputs: { product: "oat bread", audience: "parents", facts: "five ingredients; stays fresh for 4 days" } },
        {
          inputs: {
            product: "a language course",
            audience: "nurses",
            facts: "20 minutes a day; made with two hospitals",
          },
        },
      ],
    },
    zh: {
      name: "AIDA 文案",
      system: "你写的文案言之有据，只使用给出的事实。",
      user: `请为{{audience}}撰写{{product}}的文案。

事实：
"""
{{facts}}
"""

共四行，每行一项：
1. 注意：不超过12个字。
2. 兴趣：一个读者关心的事实。
3. 欲望：之后对他们有何不同。
4. 行动：用动词写出要做的一件事。

不用最高级。如果某行没有事实依据，请留空。`,
      variables: { product: "销售的产品", audience: "读者", facts: "产品的事实" },
      tests: [
        { inputs: { product: "折叠自行车", audience: "通勤者", facts: "9.8公斤；12秒折叠；保修2年" } },
        { inputs: { product: "燕麦面包", audience: "家长", facts: "五种原料；保鲜4天" } },
        { inputs: { product: "语言课程", audience: "护士", facts: "每天20分钟；与两家医院共同编写" } },
      ],
    },
  },
};

export const costar: Starter = {
  key: "co-star",
  kind: "chat",
  taskType: "writing",
  summary: {
    en: "A request by CO-STAR: context, objective, style, tone, audience, response.",
    zh: "按 CO-STAR 组织要求：背景、目标、风格、语气、读者、回复。",
  },
  settings: { temperature: 0.7, maxTokens: 600 },
  text: {
    en: {
      name: "Request by CO-STAR",
      system:
        "You write for others. You keep to every line of the request; if two of them contradict each other, you say so and ask.",
      user: `Write what is asked for below.

Context: {{context}}
Objective: {{objective}}
Style: {{style}}
Tone: {{tone}}
Audience: {{audience}}
Response: {{response}}`,
      variables: {
        context: "What the reader has to know first",
        objective: "What the text is to achieve",
        style: "Such as a report, a letter",
        tone: "Such as calm, glad",
        audience: "Who reads it",
        response: "Form and length",
      },
      tests: [
        {
          inputs: {
            context: "Prices rise by 4 % in May",
            objective: "Keep customers informed",
            style: "letter",
            tone: "calm",
            audience: "customers of many years",
            response: "at most 120 words",
          },
        },
        {
          inputs: {
            context: "A server failed for 3 hours",
            objective: "Say what we learnt",
            style: "report",
            tone: "matter of fact",
            audience: "engineers",
            response: "three points",
          },
        },
        {
          inputs: {
            context: "New canteen",
            objective: "Invite to the opening",
            style: "notice",
            tone: "glad",
            audience: "all colleagues",
            response: "two sentences",
          },
        },
      ],
    },
    zh: {
      name: "CO-STAR 写作",
      system: "你代人写作，严格遵守每一项要求；如果其中两项互相矛盾，请指出并询问。",
      user: `请按以下要求写作。

背景：{{context}}
目标：{{objective}}
风格：{{style}}
语气：{{tone}}
读者：{{audience}}
回复：{{response}}`,
      variables: {
        context: "读者须先了解的情况",
        objective: "文本要达到的目的",
        style: "如报告、信函",
        tone: "如平和、喜悦",
        audience: "读者",
        response: "形式与长度",
      },
      tests: [
        {
          inputs: {
            context: "五月起涨价4%",
            objective: "告知客户",
            style: "信函",
            tone: "平和",
            audience: "多年老客户",
            response: "不超过200字",
          },
        },
        {
          inputs: {
            context: "服务器故障3小时",
            objective: "说明教训",
            style: "报告",
            tone: "客观",
            audience: "工程师",
            response: "三点",
          },
        },
        {
          inputs: {
            context: "新食堂",
            objective: "邀请参加开业",
            style: "通知",
            tone: "喜悦",
            audience: "全体同事",
            response: "两句话",
          },
        },
      ],
    },
  },
};

export const code: Starter = {
  key: "code",
  kind: "chat",
  taskType: "code",
  summary: {
    en: "One function, with its cases, in the language that is asked for.",
    zh: "用指定语言写一个函数，并列出用例。",
  },
  settings: { temperature: 0, maxTokens: 800 },
  text: {
    en: {
      name: "Code",
      system: "You write {{language}} for colleagues who have to maintain it. You use the standard library alone.",
      user: `Write one function.

What it does:
"""
{{task}}
"""

1. Begin with its signature and one line of comment.
2. Handle empty input and the largest that the task names.
3. End with three calls and what they return, as comments.

Reply with one code block and nothing else. If the task can be read in two ways, take the simpler one and say so in the comment.`,
      variables: { language: "TypeScript, Python …", task: "What the function does" },
      tests: [
        { inputs: { language: "Python", task: "Count how often each word occurs in a text." } },
        { inputs: { language: "TypeScript", task: "Split a list into parts of at most n items." } },
        { inputs: { language: "SQL", task: "The newest order of each customer." } },
      ],
    },
    zh: {
      name: "编写代码",
      system: "你用{{language}}编写同事需要维护的代码，只使用标准库。",
      user: `请编写一个函数。

功能：
"""
{{task}}
"""

1. 先写函数签名和一行注释。
2. 处理空输入和任务所述的最大输入。
3. 最后用注释写出三个调用及其返回值。

只回复一个代码块。如果任务有两种理解，请取较简单的一种，并在注释中说明。`,
      variables: { language: "TypeScript、Python……", task: "函数的功能" },
      tests: [
        { inputs: { language: "Python", task: "统计文本中每个词出现的次数。" } },
        { inputs: { language: "TypeScript", task: "把列表分成每份最多 n 项。" } },
        { inputs: { language: "SQL", task: "每个客户最新的订单。" } },
      ],
    },
  },
};

export const creative: Starter = {
  key: "creative",
  kind: "chat",
  taskType: "creative",
  summary: { en: "A very short story with a turn.", zh: "有转折的小小说。" },
  settings: { temperature: 1, maxTokens: 400 },
  text: {
    en: {
      name: "Creative writing",
      system: "You write very short stories. You show what people do; you name no feeling.",
      user: `Write a story about {{subject}}, set in {{place}}.

- 80 to 120 words, past tense
- two people, one object that changes hands
- the last sentence puts the first in another light

If the subject is a real person, invent one in their place.`,
      variables: { subject: "What it is about", place: "Where" },
      tests: [
        { inputs: { subject: "a lost key", place: "a ferry at night" } },
        { inputs: { subject: "the last day of a shop", place: "a small town" } },
        { inputs: { subject: "a wrong number", place: "an archive" } },
      ],
    },
    zh: {
      name: "创意写作",
      system: "你写小小说，只写人物做了什么，不直接说出感受。",
      user: `请写一个关于{{subject}}的故事，发生在{{place}}。

- 150到200字
- 两个人物，一件易手的物品
- 最后一句让第一句有了新的含义

如果主题是真实人物，请改用虚构人物。`,
      variables: { subject: "主题", place: "地点" },
      tests: [
        { inputs: { subject: "丢失的钥匙", place: "夜间渡轮" } },
        { inputs: { subject: "小店的最后一天", place: "小镇" } },
        { inputs: { subject: "打错的电话", place: "档案馆" } },
      ],
    },
  },
};
