import { describe, expect, it } from "vitest";
import { promptFolder, promptLabel, promptSlug, readPoint, slugOf, splitName } from "./prompt-name";

describe("names of prompts", () => {
  it.each([
    ["support/complaints/Triage", "support/complaints", "Triage"],
    [" /a // b/ c ", "a/b", "c"],
    ["Triage", "", "Triage"],
    ["///", "", ""],
    ["客服/投诉分类", "客服", "投诉分类"],
  ])("part %j into folder %j and name %j", (text, folder, name) => {
    expect(splitName(text)).toEqual({ folder, name });
  });

  it.each([
    [" a // b / ", "a/b"],
    ["/", ""],
    ["a b/客服", "a b/客服"],
  ])("folder %j is %j", (text, folder) => {
    expect(promptFolder.parse(text)).toBe(folder);
  });

  it.each(["a/../b", ".", "a/b/c/d/e/f/g/h/i", `${"x".repeat(61)}/a`, "a\nb", "a\0b"])("refuses folder %j", (text) => {
    expect(promptFolder.safeParse(text).success).toBe(false);
  });

  it.each([
    ["Complaint triage!", "complaint-triage"],
    ["Évaluation — 2", "evaluation-2"],
    ["投诉分类", "prompt"],
    ["x".repeat(100), "x".repeat(64)],
    [`${"x".repeat(63)} y`, "x".repeat(63)],
  ])("slug of %j is %j", (name, slug) => {
    expect(slugOf(name)).toBe(slug);
    expect(promptSlug.safeParse(slug).success).toBe(true);
  });

  it("take a number for a version, never for a label", () => {
    expect(readPoint("12")).toEqual({ version: 12 });
    expect(readPoint("v12")).toEqual({ label: "v12" });
    expect(promptLabel.safeParse("12").success).toBe(false);
    expect(readPoint("1234567890")).toBeNull();
    expect(readPoint("Production")).toBeNull();
    expect(readPoint("")).toBeNull();
  });
});
