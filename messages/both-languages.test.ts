import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { createTranslator } from "next-intl";
import { describe, expect, test } from "vitest";
import { locales } from "@/runtime/node/localized";
import { flattenMessages, messageArguments } from "./message-shape";

const namespacesOf = (locale: string): string[] =>
  readdirSync(path.join(import.meta.dirname, locale))
    .filter((file) => file.endsWith(".json"))
    .sort();
const read = (locale: string, file: string): Record<string, unknown> =>
  JSON.parse(readFileSync(path.join(import.meta.dirname, locale, file), "utf8"));

test("both languages have the same namespaces", () => {
  expect(namespacesOf("zh")).toEqual(namespacesOf("en"));
});

describe.each(namespacesOf("en"))("%s", (file) => {
  const english = flattenMessages(read("en", file));
  const chinese = new Map(flattenMessages(read("zh", file)));

  test("has the same keys in both languages", () => {
    expect([...chinese.keys()].sort()).toEqual(english.map(([key]) => key).sort());
  });

  test("is filled with the same things in both languages", () => {
    const names = (text: string) => [...messageArguments(text)].map((name) => name.replace(/:.*/, "")).sort();
    for (const [key, text] of english) expect([key, names(chinese.get(key) ?? "")]).toEqual([key, names(text)]);
  });

  test("has no empty text, and Chinese texts are Chinese where the English ones are words", () => {
    for (const [key, text] of english) {
      expect([key, text.trim()]).not.toEqual([key, ""]);
      expect([key, (chinese.get(key) ?? "").trim()]).not.toEqual([key, ""]);
    }
    const left = english.filter(
      ([key, text]) =>
        text.replace(/\{[^{}]*\}/g, "").split(/\s+/).length > 3 && !/\p{Script=Han}/u.test(chinese.get(key) ?? ""),
    );
    expect(left.map(([key]) => key)).toEqual([]);
  });

  test.each(locales)("is understood by the formatter in %s", (locale) => {
    for (const [key, text] of flattenMessages(read(locale, file))) {
      const values = Object.fromEntries(
        [...messageArguments(text)].map((name) => {
          const tag = /^<(\w+)>$/.exec(name)?.[1];
          if (tag) return [tag, (chunks: unknown) => String(chunks)];
          return [name.replace(/:.*/, ""), /:(plural|number)$/.test(name) ? 2 : "x"];
        }),
      );
      const t = createTranslator({
        locale,
        messages: { one: text },
        timeZone: "UTC",
        onError: (error) => {
          throw new Error(`${key}: ${error.message}`);
        },
      });
      expect(t.markup("one", values as never)).not.toBe("");
    }
  });
});
