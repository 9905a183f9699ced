import type { Starter } from "./starter";

export const classification: Starter = {
  key: "classification",
  kind: "chat",
  taskType: "classification",
  summary: { en: "One label out of a list, and a way out.", zh: "从列表中选一个类别，并留有退路。" },
  settings: { temperature: 0, maxTokens: 16 },
  text: {
    en: {
      name: "Classification",
      system: "You sort messages of customers. You reply with one label and nothing else.",
      user: `Sort the message into one of these labels:
- delivery: late, lost or damaged on the way
- billing: charges, refunds, invoices
- product: does not work, broke, is not as described

Message:
"""
{{message}}
"""

Reply with the label alone. If none fits, reply with other.`,
      examples: [
        { user: "The box arrived open and soaked.", assistant: "delivery" },
        { user: "I was charged twice in May.", assistant: "billing" },
      ],
      variables: { message: "What the customer wrote" },
      tests: [
        { inputs: { message: "My parcel has been on its way for three weeks." }, expected: "delivery" },
        { inputs: { message: "Where is the refund that you promised?" }, expected: "billing" },
        { inputs: { message: "The kettle leaks from the bottom since day one." }, expected: "product" },
        { inputs: { message: "Do you also sell gift cards?" }, expected: "other" },
      ],
    },
    zh: {
      name: "分类",
      system: "你负责给客户消息分类。只回复一个类别，不写其他内容。",
      user: `请把消息归入以下类别之一：
- 物流：迟到、丢失或运输中损坏
- 账单：扣款、退款、发票
- 质量：无法使用、损坏、与描述不符

消息：
"""
{{message}}
"""

只回复类别名称。如果都不合适，请回复“其他”。`,
      examples: [
        { user: "箱子送到时是打开的，还湿透了。", assistant: "物流" },
        { user: "五月份被扣了两次款。", assistant: "账单" },
      ],
      variables: { message: "客户所写的内容" },
      tests: [
        { inputs: { message: "我的包裹已经在路上三个星期了。" }, expected: "物流" },
        { inputs: { message: "答应我的退款在哪里？" }, expected: "账单" },
        { inputs: { message: "水壶第一天就从底部漏水。" }, expected: "质量" },
        { inputs: { message: "你们也卖礼品卡吗？" }, expected: "其他" },
      ],
    },
  },
};

export const extraction: Starter = {
  key: "extraction",
  kind: "chat",
  taskType: "extraction",
  summary: {
    en: "Fields of a text as JSON; what is not there stays null.",
    zh: "把文本中的字段提取为 JSON，没有的保持 null。",
  },
  settings: { temperature: 0, maxTokens: 300 },
  text: {
    en: {
      name: "Extraction",
      system: "You copy facts out of texts. You never add what a text does not say.",
      user: `Extract from the text below:
- name: the person who writes
- order: the order number, as it is written
- date: the date of the purchase as YYYY-MM-DD

Text:
"""
{{text}}
"""

Reply with JSON of these three fields and nothing else. If a field is not in the text, its value is null.`,
      examples: [
        {
          user: "Ada Lund here, order A-77 of 3 May 2026.",
          assistant: '{"name": "Ada Lund", "order": "A-77", "date": "2026-05-03"}',
        },
        { user: "My order is still not here!", assistant: '{"name": null, "order": null, "date": null}' },
      ],
      variables: { text: "Any text" },
      tests: [
        {
          inputs: { text: "This is Omar Reyes. I bought it on 12 January 2026, order 5521-B." },
          expected: '{"name": "Omar Reyes", "order": "5521-B", "date": "2026-01-12"}',
        },
        { inputs: { text: "Order Q9 is broken. — Mei" }, expected: '{"name": "Mei", "order": "Q9", "date": null}' },
        { inputs: { text: "Hello?" }, expected: '{"name": null, "order": null, "date": null}' },
      ],
    },
    zh: {
      name: "信息提取",
      system: "你从文本中摘录事实，绝不添加文本没有说的内容。",
      user: `请从下面的文本中提取：
- name：写信人
- order：订单号，按原文
- date：购买日期，格式 YYYY-MM-DD

文本：
"""
{{text}}
"""

只回复含这三个字段的 JSON。如果文本中没有某个字段，其值为 null。`,
      examples: [
        {
          user: "我是陈晨，2026年5月3日的订单 A-77。",
          assistant: '{"name": "陈晨", "order": "A-77", "date": "2026-05-03"}',
        },
        { user: "我的订单还没到！", assistant: '{"name": null, "order": null, "date": null}' },
      ],
      variables: { text: "任意文本" },
      tests: [
        {
          inputs: { text: "我叫王芳，2026年1月12日购买，订单号 5521-B。" },
          expected: '{"name": "王芳", "order": "5521-B", "date": "2026-01-12"}',
        },
        { inputs: { text: "订单 Q9 坏了。——小梅" }, expected: '{"name": "小梅", "order": "Q9", "date": null}' },
        { inputs: { text: "你好？" }, expected: '{"name": null, "order": null, "date": null}' },
      ],
    },
  },
};

export const summary: Starter = {
  key: "summary",
  kind: "chat",
  taskType: "summary",
  summary: { en: "Three sentences for a reader with a question in mind.", zh: "三句话，写给带着问题的读者。" },
  settings: { temperature: 0.2, maxTokens: 300 },
  text: {
    en: {
      name: "Summary",
      system: "You summarise for busy people. You use only what stands in the text.",
      user: `Summarise the text for {{reader}}.

Text:
"""
{{text}}
"""

Write at most three sentences: what happened, what follows from it, what the reader has to decide. Keep names, numbers and dates as they are. If the text leaves one of the three open, say so.`,
      examples: [
        {
          user: "For a shop manager: The cooling failed at 02:10 and was repaired at 05:40; 12 boxes of milk were thrown away.",
          assistant:
            "The cooling failed from 02:10 to 05:40. Twelve boxes of milk were thrown away. The text does not say what has to be decided.",
        },
        {
          user: "For the board: Sales rose by 4 % while returns doubled. The team asks for a second tester.",
          assistant: "Sales rose by 4 %. Returns doubled at the same time. The board has to decide on a second tester.",
        },
      ],
      variables: { reader: "Who reads it", text: "What is summarised" },
      tests: [
        {
          inputs: {
            reader: "the head of support",
            text: "On Monday 412 tickets came in, 150 of them about the new login. A fix is ready and waits for approval.",
          },
        },
        {
          inputs: {
            reader: "a new colleague",
            text: "The warehouse moves to Lyon in June. Orders of the last week of May leave two days late.",
          },
        },
        {
          inputs: {
            reader: "the owner",
            text: "Rent rises by 3 % from April. The contract ends in December and can be prolonged until September.",
          },
        },
      ],
    },
    zh: {
      name: "摘要",
      system: "你为忙碌的人写摘要，只使用文中的内容。",
      user: `请为{{reader}}总结下面的文本。

文本：
"""
{{text}}
"""

最多三句：发生了什么，由此产生什么影响，读者需要决定什么。姓名、数字和日期保持原样。如果文中没有提到其中一项，请说明。`,
      examples: [
        {
          user: "写给店长：凌晨2:10制冷故障，5:40修好，扔掉12箱牛奶。",
          assistant: "制冷在2:10至5:40发生故障。扔掉了12箱牛奶。文中没有提到需要决定的事项。",
        },
        {
          user: "写给董事会：销售额增长4%，退货翻倍。团队申请增加一名测试人员。",
          assistant: "销售额增长4%。同时退货翻倍。董事会需要决定是否增加一名测试人员。",
        },
      ],
      variables: { reader: "读者是谁", text: "要总结的内容" },
      tests: [
        { inputs: { reader: "客服主管", text: "周一收到412张工单，其中150张与新的登录有关。修复已完成，等待批准。" } },
        { inputs: { reader: "新同事", text: "仓库六月迁往里昂。五月最后一周的订单会晚两天发出。" } },
        { inputs: { reader: "老板", text: "四月起租金上涨3%。合同十二月到期，九月前可以续签。" } },
      ],
    },
  },
};
