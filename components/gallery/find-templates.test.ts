import { expect, test } from "vitest";
import { findTemplates } from "./find-templates";

const templates = [
  {
    id: "email-reply",
    title: { en: "Polite e-mail reply", zh: "礼貌的邮件回复" },
    summary: { en: "Answers a complaint kindly.", zh: "得体地答复投诉。" },
  },
  {
    id: "complaint-triage",
    title: { en: "Complaint triage", zh: "投诉分类" },
    summary: { en: "Sorts what customers write.", zh: "给客户来信分类。" },
  },
];
const ids = (query: string, locale: "en" | "zh" = "en") => findTemplates(templates, query, locale).map(({ id }) => id);

test("an empty query keeps everything in order", () => {
  expect(ids("  ")).toEqual(["email-reply", "complaint-triage"]);
});

test("a title that matches comes before a summary that matches", () => {
  expect(ids("complaint")).toEqual(["complaint-triage", "email-reply"]);
  expect(ids("投诉", "zh")).toEqual(["complaint-triage", "email-reply"]);
});

test("every word has to be there, in any order and case, in either language", () => {
  expect(ids("REPLY polite")).toEqual(["email-reply"]);
  expect(ids("triage polite")).toEqual([]);
  expect(ids("邮件")).toEqual(["email-reply"]);
});

test("full-width letters find what ordinary ones find", () => {
  expect(ids("ｔｒｉａｇｅ")).toEqual(["complaint-triage"]);
});
