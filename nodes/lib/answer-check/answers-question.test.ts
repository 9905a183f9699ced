import { describe, expect, it } from "vitest";
import { answersQuestion } from "./answers-question";
import { askedFor } from "./asked-for";
import { declines } from "./declines";

describe("what a question asks for", () => {
  it.each([
    ["How many days of annual leave do I have?", "count"],
    ["How much may a hotel cost?", "count"],
    ["What is the deposit?", "count"],
    ["每年有多少天年假？", "count"],
    ["光盘能借几天？", "count"],
    ["保修多久？", "count"],
    ["When must I call in sick?", "words"],
    ["At what time does the shop close?", "moment"],
    ["班车几点发车？", "moment"],
    ["展会在哪天举行？", "moment"],
    ["Which code is shown?", "code"],
    ["What is the serial number?", "code"],
    ["要打哪个电话？", "code"],
    ["What does the code E18 mean?", "words"],
    ["E14 代表什么故障？", "words"],
    ["这个代码是什么意思？", "words"],
    ["How often is the filter cleaned?", "words"],
    ["滤网多久洗一次？", "words"],
    ["Can I return a broken lamp?", null],
    ["坏了的台灯能退吗？", null],
    ["Is it red or blue?", null],
    ["How much do you like it?", "words"],
  ])("%s: %s", (question, kind) => {
    expect(askedFor(question)).toBe(kind);
  });
});

describe("an answer that says nothing of what is asked", () => {
  it.each([
    ["每年有多少天年假？", "每年假，每天。"],
    ["每年有多少天年假？", "员工一般有年假。"],
    ["How many days of annual leave do I have?", "Every employee has annual leave."],
    ["How long is the guarantee?", "The guarantee is long."],
    ["What does a main dish cost?", "A main dish is paid at the desk."],
    ["一级故障多久恢复？", "一级故障。"],
    ["At what time does the library close?", "The library closes."],
    ["图书馆几点关门？", "图书馆会关门。"],
    ["Which code is on the display?", "The code is on the display."],
    ["要打哪个电话？", "请打电话。"],
    ["What does E18 mean?", "E18 means E18."],
    ["What does E18 mean?", "E18."],
    ["E18 是什么意思？", "E18 的意思是 E18。"],
    ["Who keeps the list of courses?", "The list of courses."],
    ["How many days are left?", "I don't know."],
    ["How many days are left?", "The passages do not say it, there are 3 passages."],
    ["还剩几天？", "资料中没有提到。"],
    ["Where is the meeting?", "I am not sure where the meeting is."],
  ])("%s %s", (question, answer) => {
    expect(answersQuestion(question, answer)).toBe(false);
  });
});

describe("an answer that says it", () => {
  it.each([
    ["每年有多少天年假？", "二十八天。"],
    ["每年有多少天年假？", "每位员工每年有 28 天年假。"],
    ["How many days of annual leave do I have?", "Twenty-eight days."],
    ["What does parking cost?", "Parking is free."],
    ["停车多少钱？", "停车免费。"],
    ["How many of them are broken?", "None of them."],
    ["How long do I hold the key?", "Until the light goes out."],
    ["How long is the lease?", "A year."],
    ["房子最多住几个人？", "最多四人。"],
    ["How fast is a class A fault mended?", "Within eight hours."],
    ["When does the lease begin?", "On 1 September."],
    ["When may I call?", "At any time."],
    ["At what time does it close?", "At noon."],
    ["Which day is it closed?", "On Monday."],
    ["周几不能居家办公？", "周三不能居家办公。"],
    ["年假能留到什么时候？", "次年二月底。"],
    ["Which version is it?", "Version 4.6."],
    ["要打哪个电话？", "请拨打分机 4911。"],
    ["What does E18 mean?", "The drain pump is blocked."],
    ["E14 代表什么故障？", "室外机被遮挡。"],
    ["How often is the filter cleaned?", "Every week."],
    ["滤网多久洗一次？", "每天。"],
    ["Can I return a broken lamp?", "Yes."],
    ["坏了的台灯能退吗？", "可以。"],
    ["Is it red or blue?", "Blue."],
    ["Is the shop open?", "No, it is not."],
    ["Who keeps the list?", "Ms Okafor."],
    ["培训台账归谁管？", "陈静。"],
    ["What should I do now?", "Switch the machine off and pull the plug."],
    ["我现在应该怎么做？", "关机并拔下电源插头。"],
    ["Why was it closed?", "Because of a storm, it is not known when it opens again, and so on. ".repeat(4)],
  ])("%s %s", (question, answer) => {
    expect(answersQuestion(question, answer)).toBe(true);
  });
});

it.each([
  "I don't know.",
  "I can’t say.",
  "I'm not sure.",
  "It isn't mentioned in the passages.",
  "The text does not mention it.",
  "我不知道。",
  "资料中没有说明。",
  "No information is given.",
])("%s declines to answer", (answer) => {
  expect(declines(answer)).toBe(true);
});
it.each([
  "The fee does not include breakfast.",
  "Breakfast is not provided.",
  "没有找到钥匙。",
  "Do not use the machine.",
  "不要继续使用机器。",
  "The deposit is not refundable.",
  "没有锁好机门。",
])("%s is an answer", (answer) => {
  expect(declines(answer)).toBe(false);
});
