// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the templates are inside the source under test.
import { parseSync } from "oxc-parser";
import { describe, expect, test } from "vitest";
import { hardCodedTexts } from "./hard-coded-text";
import { interfaceFiles, type SyntaxNode } from "./source-files";

const textsIn = (text: string) =>
  hardCodedTexts({ name: "a.tsx", text, program: parseSync("a.tsx", text).program as unknown as SyntaxNode });

describe("hardCodedTexts", () => {
  test.each([
    ["<p>Hello</p>", ['a.tsx:1 "Hello"']],
    ['<p>\n  {"Hello"}\n</p>', ['a.tsx:2 "Hello"']],
    ['<p>{busy ? "Wait" : t("go")}</p>', ['a.tsx:1 "Wait"']],
    ["<p>{busy && `Wait ${n}`}</p>", ['a.tsx:1 "Wait"']],
    ['<img alt="A picture" />', ['a.tsx:1 "A picture"']],
    ['<Field help={ok ? "" : "Wrong"} />', ['a.tsx:1 "Wrong"']],
    ["<>再见</>", ['a.tsx:1 "再见"']],
  ])("finds it in %s", (source, found) => {
    expect(textsIn(source)).toEqual(found);
  });

  test.each([
    '<p className="font bold">{t("hello")}</p>',
    "<code>npm start</code>",
    "<Kbd>Esc</Kbd>",
    '<p>{"·"} {n} {"$ ?"}</p>',
    '<Input placeholder="https://example.com" type="text" />',
    '<Item hint="Ctrl D" />',
    "<p>{`/api/v1/pipelines/${slug}`}</p>",
    'const title = "not shown here";',
  ])("finds nothing in %s", (source) => {
    expect(textsIn(source)).toEqual([]);
  });
});

test("every text of the interface is a message", () => {
  expect(interfaceFiles().flatMap(hardCodedTexts)).toEqual([]);
});
