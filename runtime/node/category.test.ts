import { expect, test } from "vitest";
import { categoryInfo, categoryOf } from "./category";
import { categories } from "./define-node";
import { locales } from "./localized";

test("every category has a title in every language, an icon and a hue of its own", () => {
  expect(Object.keys(categoryInfo).sort()).toEqual([...categories].sort());
  for (const category of categories) {
    const { title, icon, hue } = categoryInfo[category];
    for (const locale of locales) expect(title[locale]).toMatch(/\S/);
    expect(icon).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(hue).toBe(`--category-${category}`);
  }
});

test("a type belongs to the category before its slash", () => {
  expect(categoryOf("fine-tuned/chat")).toBe("fine-tuned");
  expect(categoryOf("constructor/x")).toBeNull();
  expect(categoryOf("")).toBeNull();
});
