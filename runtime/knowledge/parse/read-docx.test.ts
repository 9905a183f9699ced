import { expect, it } from "vitest";
import { makeDocx } from "@/runtime/testing/make-office";
import { readFile, refusalOf } from "@/runtime/testing/read-for-test";

const run = (text: string) => `<w:r><w:t xml:space="preserve">${text}</w:t></w:r>`;
const p = (text: string, properties = "") => `<w:p><w:pPr>${properties}</w:pPr>${run(text)}</w:p>`;
const cell = (text: string) => `<w:tc>${p(text)}</w:tc>`;

it("reads headings by style and level, lists, tables and footnotes", async () => {
  const body = [
    p("手册", '<w:pStyle w:val="H1"/>'),
    p("Plug in &lt;here&gt;."),
    p("One", "<w:numPr/>"),
    p("Two", "<w:numPr/>"),
    p("Cleaning", '<w:pStyle w:val="2"/>'),
    p("Level by itself", '<w:outlineLvl w:val="2"/>'),
    p("Body", '<w:pStyle w:val="Loop"/>').replace("</w:p>", '<w:r><w:footnoteReference w:id="1"/></w:r></w:p>'),
    `<w:tbl><w:tr>${cell("Name")}${cell("Price")}</w:tr><w:tr>${cell("台灯")}<w:tc>${p("12")}${p("yuan")}</w:tc></w:tr></w:tbl>`,
  ].join("");
  const notes = {
    name: "word/footnotes.xml",
    content: `<w:footnotes><w:footnote w:id="1">${p("A note.")}</w:footnote></w:footnotes>`,
  };
  const { text, outline } = await readFile("a.docx", makeDocx(body, [notes]));
  expect(text.trim()).toBe(
    "手册\n\nPlug in <here>.\n\n- One\n- Two\n\nCleaning\n\nLevel by itself\n\nBody[1]\n[1] A note.\n\nName: 台灯 | Price: 12 yuan",
  );
  expect(outline.map((entry) => entry.kind === "heading" && [entry.level, entry.title])).toEqual([
    [1, "手册"],
    [2, "Cleaning"],
    [3, "Level by itself"],
  ]);
});

it("leaves out what was deleted, field codes and second copies, and keeps what was inserted", async () => {
  const body = `<w:p>${run("Kept ")}<w:del><w:r><w:delText>gone</w:delText></w:r></w:del><w:ins>${run("new")}</w:ins>
    <w:r><w:instrText>PAGE</w:instrText></w:r><mc:AlternateContent><mc:Choice><w:r><w:txbxContent>${p("Box")}</w:txbxContent></w:r></mc:Choice>
    <mc:Fallback>${run("Box again")}</mc:Fallback></mc:AlternateContent></w:p>`;
  expect((await readFile("a.docx", makeDocx(body))).text.trim()).toBe("Box\n\nKept new");
});

it("refuses a bomb by the size that it declares", async () => {
  const bomb = makeDocx("", [{ name: "word/footnotes.xml", content: Buffer.alloc(201_000_000, " ") }]);
  expect(bomb.length).toBeLessThan(300_000);
  expect(await refusalOf("a.docx", bomb)).toBe("zip-bomb");
});

it("refuses a bomb that lies about its size", async () => {
  const lying = { name: "word/footnotes.xml", content: Buffer.alloc(5_000_000, " "), declaredSize: 100 };
  expect(await refusalOf("a.docx", makeDocx(p("text"), [lying]))).toBe("zip-bomb");
});

it("refuses one of many parts, each of which is allowed", async () => {
  const padding = " ".repeat(160_000_000);
  const body = `${p("text")}${padding}`;
  const notes = { name: "word/footnotes.xml", content: `<w:footnotes>${padding}</w:footnotes>` };
  expect(await refusalOf("a.docx", makeDocx(body, [notes]))).toBe("zip-bomb");
});

it("expands no entities of its own making", async () => {
  const evil = `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><w:document><w:body>${p("&b;")}</w:body></w:document>`;
  expect(await refusalOf("a.docx", makeDocx("", [{ name: "word/document.xml", content: evil }]))).toBe("&b;\n\n");
});

it("says that a damaged file is damaged", async () => {
  const whole = makeDocx(p("text"));
  expect(await refusalOf("a.docx", whole.subarray(0, whole.length - 40))).toBe("broken");
  expect(await refusalOf("a.docx", makeDocx("<w:p>".repeat(300)))).toBe("broken");
});

it.each([
  ["a document of another format", '<w:altChunk r:id="a"/>'],
  ["a file", '<w:p><w:r><w:object><o:OLEObject Type="Embed" ProgID="Excel.Sheet.12" r:id="a"/></w:object></w:r></w:p>'],
])("says that %s was set in and left out", async (_, embedded) => {
  const { text, warnings } = await readFile("a.docx", makeDocx(`${p("Before")}${embedded}${p("After")}`));
  expect(text.trim()).toBe("Before\n\nAfter");
  expect(warnings.map(({ code, count }) => [code, count])).toEqual([["embedded-left-out", 1]]);
});
