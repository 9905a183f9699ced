import type { Locale } from "@/runtime/node/localized";
import { drawDocument } from "./lib/draw-document";
import { groundedContextLength, groundedSettings } from "./lib/grounded-prompt";
import type { PipelineTemplate } from "./lib/pipeline-template";
import { serviceIntents } from "./lib/service-intents";
import { supply } from "./lib/supplies";

const words = {
  en: {
    message: "Message",
    talk: "The conversation so far",
    intent: "What is wanted?",
    number: "Find the customer number",
    account: "Look the account up",
    health: "Is the account system up?",
    compose: "Read the bill",
    decide: "Is it settled?",
    billText: "Say it",
    billPerson: "Not settled",
    search: "Search the help pages",
    answer: "Answer from the help pages",
    check: "Does it answer, and is it there?",
    handover: "For a person",
    review: "A colleague",
    reviewTitle: "A customer waits for an answer",
    instructions:
      "Write what the customer is to be told in place of what stands here, then approve. Reject to have them called back.",
    closed: "Nobody answered here",
    sorry: "Promise a call",
    sorryText: "I am sorry, I cannot answer this here. A colleague will call you back about “{{question}}”.",
    merge: "The answer",
    output: "Result",
    answerTitle: "Answer",
    intentTitle: "What was wanted",
    say: {
      which: "Please tell me your customer number: it has six digits and stands on every bill.",
      unknown: "I find no customer with the number ",
      down: "The account system does not answer. The customer asked: ",
      noBill: "There is no bill for that month.",
      bill: "Your bill for ",
      is: " is ",
      paid: "It is paid.",
      open: "It is not paid yet.",
      plan: "Your plan: ",
      marks: [" (", "). ", ", ", " ", "."],
    },
    months: [
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
    ],
  },
  zh: {
    message: "来信",
    talk: "此前的会话",
    intent: "用户想要什么？",
    number: "找出客户号",
    account: "查询账户",
    health: "账户系统是否可用？",
    compose: "读取账单",
    decide: "能直接回答吗？",
    billText: "说出结果",
    billPerson: "不能直接回答",
    search: "检索帮助页面",
    answer: "根据帮助页面回答",
    check: "答到了吗，页面里有吗？",
    handover: "交给人工",
    review: "客服同事",
    reviewTitle: "有客户在等待答复",
    instructions: "把此处的内容改写成要告诉客户的话，然后通过。若要改为回电，请拒绝。",
    closed: "无人在此答复",
    sorry: "承诺回电",
    sorryText: "很抱歉，我在这里无法回答。同事会就“{{question}}”给您回电。",
    merge: "回答",
    output: "结果",
    answerTitle: "回答",
    intentTitle: "用户意图",
    say: {
      which: "请告诉我您的客户号：六位数字，印在每张账单上。",
      unknown: "没有找到客户号 ",
      down: "账户系统没有响应。客户问的是：",
      noBill: "该月没有账单。",
      bill: "您的账单 ",
      is: " 为 ",
      paid: "已付清。",
      open: "尚未付款。",
      plan: "您的套餐：",
      marks: ["（", "）。", "、", "", "。"],
    },
    months: ["一月", "二月", "三月", "四月", "五月", "六月", "七月", "八月", "九月", "十月", "十一月", "十二月"],
  },
} as const;

/** The last number of six digits: of the message, else of what was said before. */
const numberCode = `const last = (text) => (text.match(/(?<![0-9])[0-9]{6}(?![0-9])/g) ?? []).at(-1);
return { number: last(inputs.message) ?? last(inputs.transcript) ?? "none", message: inputs.message };`;

/** No figure is a model's: what the account system says is read and said by code. */
const composeCode = (locale: Locale): string => {
  const { say, months } = words[locale];
  return `const say = ${JSON.stringify(say)};
const months = ${JSON.stringify(months)};
const settled = (text) => ({ result: { state: "settled", text } });
if (inputs.up !== 200 || (inputs.status !== 200 && inputs.status !== 404))
  return { result: { state: "open", text: say.down + inputs.message } };
if (inputs.number === "none") return settled(say.which);
if (inputs.status === 404) return settled(say.unknown + inputs.number + say.marks[4] + say.marks[3] + say.which);
const account = inputs.account;
const asked = inputs.message.toLowerCase();
// The longest name first: eleven holds one in Chinese.
const named = months.map((name, index) => ({ name, index })).sort((a, b) => b.name.length - a.name.length).find(({ name }) => asked.includes(name));
const digits = /(?<![0-9])(1[0-2]|[1-9]) ?\u6708/.exec(asked);
const month = named ? named.index + 1 : digits ? Number(digits[1]) : null;
const bill = month === null ? account.bills[0] : account.bills.find((each) => Number(each.month.slice(5)) === month);
if (!bill) return settled(say.noBill);
const [opens, closes, joins, between, stop] = say.marks;
const lines = bill.lines.map((line) => line.name + " " + line.amount.toFixed(2)).join(joins);
const total = bill.total.toFixed(2) + " " + account.currency;
return settled(say.bill + bill.month + say.is + total + opens + lines + closes + (bill.paid ? say.paid : say.open) + between + say.plan + account.plan + stop);`;
};

/** Where nobody answers, the run goes on without, and a person is asked. */
const unanswered = { onError: "default", defaultOutputs: { status: 0, headers: {}, body: {} } } as const;

export const smartCustomerService: PipelineTemplate = {
  id: "smart-customer-service",
  title: { en: "Smart customer service", zh: "智能客服" },
  summary: {
    en: "Remembers the conversation, tells what is wanted, looks accounts and bills up in a sample service, answers questions from help pages with a check, and hands over to a colleague what it cannot settle. Figures come from the service, never from the model; the built-in model answers short questions and does not hold long talks.",
    zh: "记住会话，判断用户意图，在示例服务中查询账户与账单，根据帮助页面回答并核对，无法处理的转给同事。金额都来自服务，从不出自模型；内置模型能回答简短的问题，不擅长长时间对话。",
  },
  category: "customer-service",
  needs: ["chat-model", "embedding-model", "knowledge-base"],
  slug: "smart-customer-service",
  supplies: (locale: Locale) => ({
    knowledge: {
      [`mobile-support-${locale}`]: {
        name: { en: "Mobile operator's help (sample)", zh: "移动运营商帮助（示例）" }[locale],
        chunkBy: "heading",
        chunkSize: { en: 600, zh: 250 }[locale],
        documents: [
          {
            name: { en: "Help.md", zh: "帮助.md" }[locale],
            mediaType: "text/markdown",
            asset: `mobile-support.${locale}.md`,
          },
        ],
      },
    },
  }),
  document: (locale: Locale) => {
    const text = words[locale];
    const service = "http://samples.pipewright.internal";
    return drawDocument(
      {
        input: {
          type: "io/input",
          label: text.message,
          config: { fields: [{ name: "message", title: text.message, kind: "text", maxLength: 1000 }] },
          at: [0, 2],
        },
        talk: {
          type: "io/conversation",
          label: text.talk,
          config: { remember: "messages", messages: 6, message: "message", answer: "answer" },
          at: [0, 4],
        },
        intent: {
          type: "classifier/examples",
          label: text.intent,
          config: {
            labels: serviceIntents[locale].map(({ name, examples }) => ({ name, examples: [...examples] })),
            otherLabel: "question",
            minimumSimilarity: 0.1,
            model: "default",
          },
          at: [1, 2],
        },
        number: {
          type: "tool/code",
          label: text.number,
          config: {
            code: numberCode,
            inputs: [
              { name: "message", kind: "text" },
              { name: "transcript", kind: "text" },
            ],
            outputs: [
              { name: "number", kind: "text" },
              { name: "message", kind: "text" },
            ],
          },
          at: [2, 0],
        },
        account: {
          type: "tool/http",
          label: text.account,
          config: {
            url: `${service}/accounts/{{number}}`,
            query: [{ name: "language", value: locale }],
            onStatus: "pass",
            seconds: 10,
          },
          policy: unanswered,
          at: [3, 0],
        },
        health: {
          type: "tool/http",
          label: text.health,
          config: {
            url: `${service}/health`,
            query: [{ name: "account", value: "{{number}}" }],
            onStatus: "pass",
            seconds: 5,
          },
          policy: unanswered,
          at: [3, 1],
        },
        compose: {
          type: "tool/code",
          label: text.compose,
          config: {
            code: composeCode(locale),
            inputs: [
              { name: "number", kind: "text" },
              { name: "message", kind: "text" },
              { name: "account", kind: "json" },
              { name: "status", kind: "number" },
              { name: "up", kind: "number" },
            ],
            outputs: [{ name: "result", kind: "json" }],
          },
          at: [4, 0],
        },
        decide: {
          type: "flow/switch",
          label: text.decide,
          config: { path: "state", cases: [{ name: "settled", test: "equals", value: "settled" }] },
          at: [5, 0],
        },
        billText: { type: "text/template", label: text.billText, config: { template: "{{result.text}}" }, at: [6, 0] },
        billPerson: {
          type: "text/template",
          label: text.billPerson,
          config: { template: "{{result.text}}" },
          at: [6, 1],
        },
        search: {
          type: "retrieval/search",
          label: text.search,
          config: {
            knowledgeBase: supply("knowledge", `mobile-support-${locale}`),
            topK: 3,
            minimumScore: 0.3,
            contextLength: groundedContextLength,
          },
          at: [2, 3],
        },
        answer: {
          type: "prompt/chat",
          label: text.answer,
          config: { ...groundedSettings(locale), history: true },
          at: [3, 3],
        },
        check: { type: "retrieval/answer-check", label: text.check, config: { threshold: 0.5 }, at: [4, 3] },
        handover: { type: "flow/merge", label: text.handover, config: { inputs: 5 }, at: [7, 3] },
        review: {
          type: "flow/human-review",
          label: text.review,
          config: {
            kind: "edit",
            title: text.reviewTitle,
            instructions: text.instructions,
            shown: ["message", "transcript"],
          },
          at: [8, 3],
        },
        closed: { type: "flow/merge", label: text.closed, config: { inputs: 2 }, at: [9, 4] },
        sorry: { type: "text/template", label: text.sorry, config: { template: text.sorryText }, at: [10, 4] },
        merge: { type: "flow/merge", label: text.merge, config: { inputs: 4 }, at: [11, 2] },
        output: {
          type: "io/output",
          label: text.output,
          config: {
            outputs: [
              { name: "answer", title: text.answerTitle },
              { name: "intent", title: text.intentTitle },
            ],
          },
          at: [12, 2],
        },
      },
      [
        "input.message > intent.text",
        "intent.bill > number.message",
        "talk.transcript > number.transcript",
        "number.number > account.number",
        "number.number > health.number",
        "number.number > compose.number",
        "number.message > compose.message",
        "account.body > compose.account",
        "account.status > compose.status",
        "health.status > compose.up",
        "compose.result > decide.value",
        "decide.settled > billText.result",
        "decide.default > billPerson.result",
        "intent.question > search.query",
        "intent.question > answer.question",
        "search.context > answer.context",
        "talk.history > answer.history",
        "answer.text > check.answer",
        "input.message > check.question",
        "search.sources > check.documents",
        "intent.person > handover.input1",
        "search.empty > handover.input2",
        "check.unanswered > handover.input3",
        "check.unsupported > handover.input4",
        "billPerson.text > handover.input5",
        "handover.value > review.value",
        "input.message > review.message",
        "talk.transcript > review.transcript",
        "review.rejected > closed.input1",
        "review.timedOut > closed.input2",
        "closed.value > sorry.question",
        "billText.text > merge.input1",
        "check.supported > merge.input2",
        "review.approved > merge.input3",
        "sorry.text > merge.input4",
        "merge.value > output.answer",
        "intent.label > output.intent",
      ],
    );
  },
  sampleInputs: (locale: Locale) => samples[locale],
};

const samples = {
  en: [
    { name: "A bill", inputs: { message: "What is my bill for November? My customer number is 100417." } },
    { name: "A follow-up, after that", inputs: { message: "And what was it in October?" } },
    { name: "A question", inputs: { message: "What does roaming cost in Switzerland?" } },
    { name: "A person", inputs: { message: "I want to talk to a person, please." } },
  ],
  zh: [
    { name: "账单", inputs: { message: "我十一月的账单是多少？客户号是 100417。" } },
    { name: "接着追问", inputs: { message: "那十月份呢？" } },
    { name: "提问", inputs: { message: "在瑞士漫游多少钱？" } },
    { name: "转人工", inputs: { message: "请帮我转人工。" } },
  ],
} as const;
