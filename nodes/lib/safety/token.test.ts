import { describe, expect, it } from "vitest";
import { unmask } from "./token";

const originals = { "[EMAIL_1]": "a@b.io", "[EMAIL_2]": "[EMAIL_1]", "[RESIDENT_ID_1]": "11010519491231002X" };
const restored = (text: string) => unmask(text, originals).text;

describe("putting originals back", () => {
  it.each([
    "[EMAIL_1]",
    "[EMAIL\\_1]",
    "\\[EMAIL\\_1\\]",
    "[Email_1]",
    "[email 1]",
    "[ EMAIL_1 ]",
    "【EMAIL_1】",
    "［EMAIL_1］",
    "EMAIL_1",
    "EMAIL\\_1",
  ])("knows %s", (written) => {
    expect(unmask(`to ${written}.`, originals)).toEqual({ text: "to a@b.io.", count: 1, left: [] });
  });

  it.each([
    ["**[EMAIL_1]**", "**a@b.io**"],
    ["(EMAIL_1)", "(a@b.io)"],
    ["[[EMAIL_1]]", "[a@b.io]"],
    ["[see EMAIL_1]", "[see a@b.io]"],
    ["\\[EMAIL_1]", "\\a@b.io"],
    ["[Resident ID_1]", "11010519491231002X"],
    ["[EMAIL_2] EMAIL_1", "[EMAIL_1] a@b.io"],
  ])("leaves what stands around %s", (text, expected) => {
    expect(restored(text)).toBe(expected);
  });

  it.each(["MY_EMAIL_1", "EMAIL_1x", "[Figure 1]", "[1]", "[Source_2]", "COVID_19", "[constructor_1]", "[X_1]"])(
    "takes %s for no mask",
    (text) => {
      expect(unmask(text, originals)).toEqual({ text, count: 0, left: [] });
    },
  );

  it.each(["[EMAIL_9]", "EMAIL_9", "[邮箱_1]", "[电话1]", "[CORREO_1]", "[邮件 1]"])("says that %s is left", (text) => {
    expect(unmask(text, originals)).toEqual({ text, count: 0, left: [text] });
  });

  it("names at most 20 of what is left, and takes texts that are made to be slow", () => {
    const many = Array.from({ length: 100 }, (_, index) => `[EMAIL_${index + 10}]`).join(" ");
    expect(unmask(many, originals).left).toHaveLength(20);
    for (const piece of ["[", "A_", "ab ", "[ab ", "\\", "a1_", "[AB_1", "[电"]) restored(piece.repeat(100_000));
  });
});
