import { z } from "zod";
import { field } from "@/runtime/node/field";
import { embeddingModel, moderationModel } from "../model-fields";
import { personalKinds } from "./personal/detector";
import { checkWordList, wordListLimits } from "./word-list";
import { wordCategories } from "./words/starter";

const wordList = z
  .string()
  .max(wordListLimits.characters)
  .superRefine((text, context) => {
    const checked = checkWordList(text);
    if (!checked.ok) context.addIssue({ code: "custom", message: checked.error });
  });

const threshold = z.number().min(0).max(1).default(0.9);
const thresholdHelp = {
  en: "A higher score blocks. 1 never does.",
  zh: "得分高于此值即拦截；设为 1 则从不拦截。",
} as const;

/** What safety/check looks for, part by part. */
export const checkConfig = z.object({
  checkWords: z
    .boolean()
    .default(true)
    .meta(field({ title: { en: "Look for sensitive words", zh: "查找敏感词" }, control: "switch" })),
  wordsAction: z
    .enum(["block", "hide", "report"])
    .default("block")
    .meta(
      field({
        title: { en: "A sensitive word", zh: "遇到敏感词" },
        when: { checkWords: [true] },
        control: "select",
        options: {
          block: { en: "blocks the text", zh: "拦截文本" },
          hide: { en: "becomes ***", zh: "替换为 ***" },
          report: { en: "is only reported", zh: "仅报告" },
        },
      }),
    ),
  starterLists: z
    .array(z.enum(["en", "zh"]))
    .max(2)
    .default(["en", "zh"])
    .meta(
      field({
        title: { en: "Lists to start from", zh: "内置词表" },
        when: { checkWords: [true] },
        control: "choices",
        options: { en: { en: "English", zh: "英文" }, zh: { en: "Chinese", zh: "中文" } },
      }),
    ),
  starterCategories: z
    .array(z.enum(wordCategories))
    .max(wordCategories.length)
    .default([...wordCategories])
    .meta(
      field({
        title: { en: "Their categories", zh: "内置词表的类别" },
        when: { checkWords: [true] },
        control: "choices",
        options: {
          insult: { en: "Insults", zh: "辱骂" },
          gambling: { en: "Gambling", zh: "赌博" },
          drugs: { en: "Drugs", zh: "毒品" },
          violence: { en: "Violence", zh: "暴力" },
          sexual: { en: "Sexual", zh: "色情" },
          fraud: { en: "Fraud", zh: "欺诈" },
        },
      }),
    ),
  words: wordList.default("").meta(
    field({
      title: { en: "Your own words", zh: "自定义敏感词" },
      help: {
        en: "One a line, up to 100,000. Case and full-width forms make no difference; a Latin word counts only where it stands by itself.",
        zh: "每行一个，最多 100,000 个。不区分大小写和全角半角；拉丁字母的词须独立成词才算。",
      },
      when: { checkWords: [true] },
      control: "word-list",
    }),
  ),
  evasions: z
    .boolean()
    .default(true)
    .meta(
      field({
        title: { en: "See through disguises", zh: "识别变形写法" },
        help: {
          en: "Also finds Chinese words that are parted by blanks, signs or a line end, such as 赌*博, or written in traditional characters, words that a hyphen breaks at a line end, and words with invisible characters.",
          zh: "也能找出用空格、符号或换行隔开的词（如“赌*博”）、繁体写法、行末用连字符断开的词，以及夹有不可见字符的词。",
        },
        when: { checkWords: [true] },
        control: "switch",
      }),
    ),
  findPersonal: z
    .boolean()
    .default(true)
    .meta(field({ title: { en: "Look for personal data", zh: "查找个人信息" }, control: "switch" })),
  personalAction: z
    .enum(["mask", "hash", "keep", "block"])
    .default("mask")
    .meta(
      field({
        title: { en: "Personal data", zh: "遇到个人信息" },
        help: {
          en: "A number counts within the text; a fingerprint is the same in every run, so that records can be joined. “Put personal data back” undoes both.",
          zh: "编号只在本文内有效；指纹在每次运行中都相同，便于关联记录。两者都可用“还原个人信息”恢复。",
        },
        when: { findPersonal: [true] },
        control: "select",
        options: {
          mask: { en: "becomes [EMAIL_1]", zh: "替换为 [EMAIL_1]" },
          hash: { en: "becomes a fingerprint, [EMAIL_3f9a…]", zh: "替换为指纹，如 [EMAIL_3f9a…]" },
          keep: { en: "is only reported", zh: "仅报告" },
          block: { en: "blocks the text", zh: "拦截文本" },
        },
      }),
    ),
  personalKinds: z
    .array(z.enum(personalKinds))
    .max(personalKinds.length)
    .default([...personalKinds])
    .meta(
      field({
        title: { en: "Kinds of personal data", zh: "个人信息的种类" },
        when: { findPersonal: [true] },
        control: "choices",
        options: {
          "resident-id": { en: "Chinese resident ID", zh: "居民身份证号" },
          "bank-card": { en: "Bank card", zh: "银行卡号" },
          passport: { en: "Passport", zh: "护照号" },
          phone: { en: "Phone", zh: "电话号码" },
          email: { en: "E-mail", zh: "电子邮箱" },
          ip: { en: "IP address", zh: "IP 地址" },
          name: { en: "Name", zh: "姓名" },
        },
      }),
    ),
  names: wordList.default("").meta(
    field({
      title: { en: "Names to find", zh: "要查找的姓名" },
      help: {
        en: "One a line. Without a list, names are found behind a title (Mr. Smith, 王先生) or a label (Name: …).",
        zh: "每行一个。不提供名单时，只能识别带称谓（Mr. Smith、王先生）或标签（姓名：…）的姓名。",
      },
      when: { findPersonal: [true] },
      control: "word-list",
    }),
  ),
  checkToxicity: z
    .boolean()
    .default(true)
    .meta(
      field({
        title: { en: "Judge by a moderation model", zh: "用审核模型判断" },
        help: {
          en: "Insults, threats and the like. The model reads the text after personal data was masked.",
          zh: "辱骂、威胁等内容。模型读到的是已遮蔽个人信息的文本。",
        },
        control: "switch",
      }),
    ),
  toxicityThreshold: threshold.meta(
    field({
      title: { en: "Toxicity threshold", zh: "有害内容阈值" },
      help: thresholdHelp,
      when: { checkToxicity: [true] },
      control: "slider",
      step: 0.01,
    }),
  ),
  checkInjection: z
    .boolean()
    .default(true)
    .meta(
      field({
        title: { en: "Look for prompt injection", zh: "查找提示词注入" },
        help: {
          en: "Text that tries to give the model orders of its own. Rules find the common forms in English and Chinese.",
          zh: "企图向模型另行下达指令的文本。规则可识别常见的中英文写法。",
        },
        control: "switch",
      }),
    ),
  compareByMeaning: z
    .boolean()
    .default(false)
    .meta(
      field({
        title: { en: "Compare with known attacks by meaning", zh: "与已知攻击比较语义" },
        help: {
          en: "Finds paraphrases that no rule knows, with an embedding model. Tell its threshold from your own texts.",
          zh: "借助向量模型找出规则之外的改写。阈值请根据自己的文本确定。",
        },
        when: { checkInjection: [true] },
        control: "switch",
      }),
    ),
  injectionThreshold: threshold.meta(
    field({
      title: { en: "Injection threshold", zh: "注入阈值" },
      help: thresholdHelp,
      when: { checkInjection: [true] },
      control: "slider",
      step: 0.01,
    }),
  ),
  blockedText: z
    .string()
    .max(2000)
    .default("")
    .meta(
      field({
        title: { en: "Answer when blocked", zh: "拦截时的回复" },
        help: {
          en: "What the port “blocked” delivers. Empty: the reasons, in English.",
          zh: "“blocked” 端口输出的内容。留空则输出拦截原因（英文）。",
        },
        control: "multiline",
        group: "output",
      }),
    ),
  moderationModel: moderationModel,
  embeddingModel: embeddingModel,
});
export type CheckConfig = z.output<typeof checkConfig>;
