import { describe, expect, it } from "vitest";
import { grade } from "./grade";
import { holdsFact } from "./holds-fact";
import { saysUnknown } from "./says-unknown";
import { type Fact, readTasks, type Task, taskKinds } from "./task";

const tasks = readTasks();
const task = (id: string): Task => {
  const found = tasks.find((each) => each.id === id);
  if (found === undefined) throw new Error(`no task ${id}`);
  return found;
};

describe("the graded set", () => {
  it("has 200 tasks a language, names of their own, and halves that are even in each kind", () => {
    expect(new Set(tasks.map(({ id }) => id)).size).toBe(tasks.length);
    for (const locale of ["en", "zh"]) {
      const own = tasks.filter((each) => each.locale === locale);
      expect(own.length).toBe(200);
      for (const kind of taskKinds) {
        const of = own.filter((each) => each.kind === kind);
        const tune = of.filter(({ half }) => half === "tune").length;
        expect([locale, kind, tune]).toEqual([locale, kind, Math.ceil(of.length / 2)]);
      }
    }
  });

  it("holds each right fact in one of its passages, and each wrong one in another", () => {
    for (const each of tasks) {
      if (each.kind !== "grounded") continue;
      for (const fact of each.right) {
        const holds = each.sources.filter(
          ({ text, heading = "" }) => holdsFact(`${heading} ${text}`, fact) || "text" in fact,
        );
        expect([each.id, fact, holds.length > 0]).toEqual([each.id, fact, true]);
      }
    }
  });

  it("takes no passage for an answer, and no silence", () => {
    for (const each of tasks) {
      if (each.kind !== "grounded" && each.kind !== "unknown") continue;
      const all = each.sources.map(({ text }) => text).join(" ");
      expect([each.id, grade(each, all).right]).toEqual([each.id, false]);
      for (const reply of ["", "  ", "…"]) expect([each.id, grade(each, reply).right]).toEqual([each.id, false]);
    }
  });

  it("wants no refusal where the passages hold the answer, and one where they do not", () => {
    for (const each of tasks) {
      if (each.kind !== "grounded" && each.kind !== "unknown") continue;
      for (const reply of ["I don't know.", "The passages do not mention it.", "我不知道。", "资料中没有提到。"])
        expect([each.id, grade(each, reply).right]).toEqual([each.id, each.kind === "unknown"]);
    }
  });

  it("takes the text itself for no summary, no label and no JSON", () => {
    for (const each of tasks) {
      if (each.kind === "grounded" || each.kind === "unknown") continue;
      expect([each.id, grade(each, each.text).right]).toEqual([each.id, false]);
      expect([each.id, grade(each, "").right]).toEqual([each.id, false]);
    }
  });
});

describe("a fact", () => {
  const cases: readonly (readonly [string, Fact, boolean])[] = [
    ["You have 28 days.", { number: 28, unit: "day" }, true],
    ["Twenty-eight days.", { number: 28, unit: "day" }, true],
    ["二十八天", { number: 28, unit: "day" }, true],
    ["28", { number: 28, unit: "day" }, true],
    ["Four weeks.", { number: 28, unit: "day" }, true],
    ["28 months", { number: 28, unit: "day" }, false],
    ["280 days", { number: 28, unit: "day" }, false],
    ["2.8 days", { number: 28, unit: "day" }, false],
    ["a year", { number: 12, unit: "month" }, true],
    ["2 hours 15 minutes", { number: 15, unit: "minute" }, true],
    ["The fee is €1,480.", { number: 1480, unit: "euro" }, true],
    ["1480 dollars of 1481 euros", { number: 1480, unit: "euro" }, true],
    ["1481 euros", { number: 1480, unit: "euro" }, false],
    ["十八万元", { number: 180000, unit: "yuan" }, true],
    ["18 万元", { number: 180000, unit: "yuan" }, true],
    ["六千八百元", { number: 6800, unit: "yuan" }, true],
    ["每公里一元二角", { number: 1.2, unit: "yuan" }, true],
    ["每公里 1.2 元", { number: 1.2, unit: "yuan" }, true],
    ["两角", { number: 0.2, unit: "yuan" }, true],
    ["百分之三", { number: 3, unit: "percent" }, true],
    ["4 percent", { number: 4, unit: "percent" }, true],
    ["at 4:00", { number: 4 }, false],
    ["on 4 May", { number: 4 }, false],
    ["the fourth day", { number: 4 }, true],
    ["一百二十个", { number: 120 }, true],
    ["31 March 2026", { date: "03-31" }, true],
    ["March 31st", { date: "2026-03-31" }, true],
    ["2025-03-31", { date: "2026-03-31" }, false],
    ["六月三十日", { date: "06-30" }, true],
    ["2028年6月30日", { date: "2028-06-30" }, true],
    ["二〇二八年六月三十日", { date: "2028-06-30" }, true],
    ["30 July", { date: "06-30" }, false],
    ["half past seven: 19:30", { time: "19:30" }, true],
    ["7:30 pm", { time: "19:30" }, true],
    ["下午七点半", { time: "19:30" }, true],
    ["上午七点半", { time: "19:30" }, false],
    ["八点前", { time: "08:00" }, true],
    ["E18", { code: "E18" }, true],
    ["code E-18", { code: "E18" }, true],
    ["E180", { code: "E18" }, false],
    ["E10", { code: "E18" }, false],
    ["Ms OKAFOR", { text: ["okafor"] }, true],
  ];
  it.each(cases)("%s, %j: %s", (reply, fact, held) => {
    expect(holdsFact(reply, fact)).toBe(held);
  });
});

describe("a reply", () => {
  it.each([
    ["en-g01", "Full-time staff have 26 days of holiday.", true],
    ["en-g01", "They have 20 days.", false],
    ["en-g01", "26 days, of which 20 days may be abroad.", false],
    ["en-g02", "It lapses on 30 April.", true],
    ["en-g03", "Before a quarter to eight, 7:45.", true],
    ["en-g18", "E14 means that the oven is too hot.", true],
    ["en-g18", "The probe has no contact.", false],
    ["en-u07", "E77 means that the door is open.", false],
    ["en-u07", "I don't know.", true],
    ["en-u07", "The manual does not mention E77.", true],
    ["zh-g01", "二十二天。", true],
    ["zh-g01", "22天", true],
    ["zh-g01", "三十天。", false],
    ["zh-g01", "每年假，每天。", false],
    ["zh-g23", "E14 表示室外机积雪或被遮挡。", true],
    ["zh-g23", "滤网堵塞。", false],
    ["zh-u07", "P9 表示滤网堵塞。", false],
    ["zh-u07", "资料中没有提到 P9。", true],
    ["en-l01", "delivery", true],
    ["en-l01", "billing", false],
    ["en-r11", "The meeting has been moved to Thursday at 15:00 in room Baltic.", true],
    ["en-r11", "The meeting has been moved to Tuesday.", false],
    ["en-r11", "会议改到周四 15:00 Thursday, Baltic.", false],
    ["zh-r12", "订单 5531 的二十把椅子将于周五到货，货到付款。", true],
    ["en-f01", "15", true],
    ["en-f01", "There were 15 people.", false],
    ["en-f06", "apples, bananas, grapes", true],
    ["en-f06", "apples, bananas, grapes, yoghurt", false],
    ["en-f06", "apples, bananas and grapes", false],
    ["en-f08", "- Switch off the pump\n- Open the valve\n- Drain the tank", true],
    ["en-f08", "1. Switch off the pump\n2. Open the valve\n3. Drain the tank", false],
    ["en-f09", "Keep this door closed.", false],
    ["zh-f06", "苹果、香蕉、葡萄", true],
    ["zh-f19", "于萌\n裴川\n柯岚", true],
    ["zh-f19", "于萌、裴川、柯岚", false],
  ])("%s %s: %s", (id, reply, isRight) => {
    expect(grade(task(id), reply).right).toBe(isRight);
  });

  it.each([
    ["en-j01", { customer: "Paula Stone", product: "grey office chair", quantity: 4, express: false }, true, true],
    ["en-j01", { customer: "Paula Stone", product: "grey office chair", quantity: "4", express: false }, false, true],
    ["en-j01", { customer: "Paula Stone", product: "chairs", quantity: 4 }, false, false],
    ["en-j12", { guest: "Ivan Petrov", nights: 3, arrival: "2026-06-12", breakfast: true }, true, true],
    ["en-j12", { guest: "Ivan Petrov", nights: 3, arrival: "12 June 2026", breakfast: true }, false, true],
    ["en-j18", { name: "Jonas Weber", company: "Weber Roofing", email: null, phone: "555 0172" }, true, true],
    ["en-j18", { name: "Jonas Weber", company: "Weber Roofing", email: "none", phone: "555 0172" }, false, true],
    ["zh-j31", { 主题: "预算会", 时间: "14:30", 参加人: ["刘洋", "孟飞", "秦岚"] }, true, true],
    ["zh-j31", { 主题: "预算会", 时间: "14:30", 参加人: ["刘洋"] }, false, true],
  ])("%s %j: right %s, valid %s", (id, value, isRight, isValid) => {
    expect(grade(task(id), JSON.stringify(value))).toMatchObject({ right: isRight, valid: isValid });
  });

  it("that is no JSON is not valid", () => {
    expect(grade(task("en-j01"), "Paula Stone wants 4 chairs")).toMatchObject({ right: false, valid: false });
  });
});

it.each(["I do not know the answer.", "It is not mentioned in the text.", "没有相关信息。", "无法确定。"])(
  "%s says that it does not know",
  (reply) => {
    expect(saysUnknown(reply)).toBe(true);
  },
);
it.each(["Reptiles are not allowed.", "The deposit is 4,440 euros.", "周一闭馆。", "不得堆放易燃物。"])(
  "%s is an answer",
  (reply) => {
    expect(saysUnknown(reply)).toBe(false);
  },
);
