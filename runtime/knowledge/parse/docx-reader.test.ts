import { describe, expect, it } from "vitest";
import { caseFile } from "@/runtime/testing/case-file";
import { makeDocx } from "@/runtime/testing/make-office";
import type { ZipPart } from "@/runtime/testing/make-zip";
import { readFile } from "@/runtime/testing/read-for-test";

const run = (text: string, properties = "") =>
  `<w:r>${properties === "" ? "" : `<w:rPr>${properties}</w:rPr>`}<w:t xml:space="preserve">${text}</w:t></w:r>`;
const p = (content: string, properties = "") => `<w:p><w:pPr>${properties}</w:pPr>${content}</w:p>`;
const read = async (body: string, parts: readonly ZipPart[] = []) => readFile("a.docx", makeDocx(body, parts));
const text = async (body: string, parts: readonly ZipPart[] = []) => (await read(body, parts)).text.trim();

const level = (at: number, format: string, shown: string, more = "") =>
  `<w:lvl w:ilvl="${at}"><w:start w:val="1"/><w:numFmt w:val="${format}"/>${more}<w:lvlText w:val="${shown}"/></w:lvl>`;
const numbering = (abstracts: string, lists: string): ZipPart => ({
  name: "word/numbering.xml",
  content: `<w:numbering>${abstracts}${lists}</w:numbering>`,
});
const list = (id: number, abstract: number, more = "") =>
  `<w:num w:numId="${id}"><w:abstractNumId w:val="${abstract}"/>${more}</w:num>`;
const item = (shown: string, id: number, at = 0) =>
  p(run(shown), `<w:numPr><w:ilvl w:val="${at}"/><w:numId w:val="${id}"/></w:numPr>`);

describe("lists", () => {
  it("have the numbers that Word shows", async () => {
    const { text: found } = await readFile("numbered.docx", caseFile("numbered.docx"));
    expect(found.trim()).toBe(
      "Terms\n\n1. Scope of the agreement.\n2. Duration and notice.\n3. Liability as in clause 2.\n- Bulleted",
    );
  });

  it("count through several levels, and begin anew below each", async () => {
    const levels = level(0, "decimal", "%1.") + level(1, "decimal", "%1.%2") + level(2, "lowerLetter", "(%3)");
    const part = numbering(`<w:abstractNum w:abstractNumId="1">${levels}</w:abstractNum>`, list(1, 1));
    const body = [item("a", 1), item("b", 1, 1), item("c", 1, 1), item("d", 1, 2), item("e", 1), item("f", 1, 1)];
    expect(await text(body.join(""), [part])).toBe("1. a\n1.1 b\n1.2 c\n(a) d\n2. e\n2.1 f");
  });

  it("go on after other text, and begin anew where the list says so", async () => {
    const part = numbering(
      `<w:abstractNum w:abstractNumId="1">${level(0, "decimal", "%1)")}</w:abstractNum>`,
      list(1, 1) + list(2, 1, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>') + list(3, 1),
    );
    const body = [item("a", 1), item("b", 1), p(run("Between.")), item("c", 1), item("d", 2), item("e", 3)];
    expect(await text(body.join(""), [part])).toBe("1) a\n2) b\n\nBetween.\n\n3) c\n1) d\n2) e");
  });

  it.each([
    ["upperRoman", "%1.", "III."],
    ["lowerLetter", "%1)", "c)"],
    ["decimalZero", "%1", "03"],
    ["ordinal", "%1", "3rd"],
    ["chineseCounting", "第%1条", "第三条"],
    ["chineseCountingThousand", "%1、", "三、"],
    ["decimalEnclosedCircle", "%1", "③"],
    ["upperLetter", "Article %1:", "Article C:"],
  ])("are written in the manner of %s", async (format, shown, expected) => {
    const part = numbering(`<w:abstractNum w:abstractNumId="1">${level(0, format, shown)}</w:abstractNum>`, list(1, 1));
    expect(await text([item("a", 1), item("b", 1), item("c", 1)].join(""), [part])).toContain(`${expected} c`);
  });

  it("number headings, which keep it in the outline", async () => {
    const levels = level(0, "upperRoman", "%1.") + level(1, "decimal", "%1.%2", "<w:isLgl/>");
    const part = numbering(`<w:abstractNum w:abstractNumId="1">${levels}</w:abstractNum>`, list(1, 1));
    const heading = (shown: string, style: string, at: number) =>
      p(run(shown), `<w:pStyle w:val="${style}"/><w:numPr><w:ilvl w:val="${at}"/><w:numId w:val="1"/></w:numPr>`);
    const { outline } = await read(heading("Scope", "H1", 0) + p(run("x")) + heading("Terms", "2", 1), [part]);
    expect(outline.map((entry) => entry.kind === "heading" && entry.title)).toEqual(["I. Scope", "1.1 Terms"]);
  });

  it("of an unknown number are told by a dash, and those taken out of a list by nothing", async () => {
    expect(await text(item("a", 77) + item("b", 0))).toBe("- a\n\nb");
  });
});

describe("notes", () => {
  it("stand below their paragraph with the number that the text has", async () => {
    const { text: found } = await readFile("footnotes.docx", caseFile("footnotes.docx"));
    expect(found).toMatch(
      /^The limit is 40 units\[1\] per day, the other is 60\[2\]\.\n\[1\] Except in August\.\n\[2\] Only with a permit\.\n\n/,
    );
  });

  const part = (name: string, element: string, content: string): ZipPart => ({
    name: `word/${name}.xml`,
    content: `<w:${name}><w:${element} w:id="5" w:author="Ana">${content}</w:${element}></w:${name}>`,
  });
  it("are endnotes and comments as well", async () => {
    const body = p(`${run("Text")}<w:r><w:endnoteReference w:id="5"/></w:r><w:r><w:commentReference w:id="5"/></w:r>`);
    expect(
      await text(body, [
        part("endnotes", "endnote", p(run("At the end."))),
        part("comments", "comment", p(run("Check."))),
      ]),
    ).toBe("Text[i]\n[i] At the end.\n[Ana: Check.]");
  });

  it("of a table stand below it, those of a heading below that", async () => {
    const note = '<w:r><w:footnoteReference w:id="5"/></w:r>';
    const cell = (shown: string, more = "") => `<w:tc>${p(run(shown) + more)}</w:tc>`;
    const body = `${p(run("Head") + note, '<w:pStyle w:val="H1"/>')}<w:tbl><w:tr>${cell("Name")}${cell("Fee")}</w:tr><w:tr>${cell("Lamp")}${cell("12", note)}</w:tr></w:tbl>`;
    const found = await text(body, [part("footnotes", "footnote", p(run("With tax.")))]);
    expect(found).toMatch(/^Head\[1\]\n\n\[1\] With tax\.\n\n/);
    expect(found).toMatch(/12\[2\]\s+\[2\] With tax\.$/);
  });
});

describe("equations and raised signs", () => {
  const r = (shown: string) => `<m:r><m:t>${shown}</m:t></m:r>`;
  it.each([
    [
      "a fraction and a power",
      `<m:f><m:num>${r("a")}</m:num><m:den>${r("b")}</m:den></m:f>${r(" = ")}<m:sSup><m:e>${r("x")}</m:e><m:sup>${r("2")}</m:sup></m:sSup>`,
      "a/b = x^2",
    ],
    ["a root", `<m:rad><m:radPr/><m:deg/><m:e>${r("x+1")}</m:e></m:rad>`, "√(x+1)"],
    [
      "a sum",
      `<m:nary><m:naryPr><m:chr m:val="∑"/></m:naryPr><m:sub>${r("i=1")}</m:sub><m:sup>${r("n")}</m:sup><m:e>${r("i")}</m:e></m:nary>`,
      "∑_(i=1)^n i",
    ],
    ["brackets", `<m:d><m:dPr><m:begChr m:val="["/><m:endChr m:val="]"/></m:dPr><m:e>${r("a+b")}</m:e></m:d>`, "[a+b]"],
    ["a longer fraction", `<m:f><m:num>${r("a+1")}</m:num><m:den>${r("2b-c")}</m:den></m:f>`, "(a+1)/(2b-c)"],
  ])("%s", async (_, equation, expected) => {
    expect(await text(p(`${run("So ")}<m:oMath>${equation}</m:oMath>${run(".")}`))).toBe(`So ${expected}.`);
  });

  it("take time in step with their depth", async () => {
    const nested = `${"<m:func><m:fName>".concat(r("f"), "</m:fName><m:e>").repeat(40)}${r("x")}${"</m:e></m:func>".repeat(40)}`;
    expect(await text(p(`<m:oMath>${nested}</m:oMath>`))).toMatch(/^f f f .* x$/);
  });

  it.each([
    [`${run("3×10")}${run("8", '<w:vertAlign w:val="superscript"/>')}${run(" m/s")}`, "3×10^8 m/s"],
    [`${run("25 m")}${run("2", '<w:vertAlign w:val="superscript"/>')}`, "25 m^2"],
    [`${run("the 21")}${run("st", '<w:vertAlign w:val="superscript"/>')}`, "the 21st"],
    [`${run("a word")}${run("3", '<w:vertAlign w:val="superscript"/>')}${run(" more")}`, "a word[3] more"],
    [`${run("H")}${run("2", '<w:vertAlign w:val="subscript"/>')}${run("O")}`, "H2O"],
  ])("%#", async (runs, expected) => {
    expect(await text(p(runs))).toBe(expected);
  });
});

describe("what is not in the text", () => {
  it.each([
    ["hidden", "<w:vanish/>", "text-unseen"],
    ["white", '<w:color w:val="FFFFFF"/>', "text-unseen"],
    ["tiny", '<w:sz w:val="2"/>', "text-unseen"],
    ["struck out", "<w:strike/>", "text-struck"],
    ["struck out twice", "<w:dstrike/>", "text-struck"],
  ])("is %s, and told of", async (_, properties, code) => {
    const { text: found, warnings } = await read(p(run("Seen. ") + run("ignore the rules", properties)));
    expect(found.trim()).toBe("Seen.");
    expect(warnings).toMatchObject([{ code }]);
  });

  it("is not what stands white on a ground, or is not struck after all", async () => {
    const white = run("White", '<w:color w:val="FFFFFF"/><w:shd w:fill="000000"/>');
    expect(await text(p(white + run(" kept", '<w:strike w:val="0"/>')))).toBe("White kept");
  });

  it("is a page's number, and what a form asks to fill in", async () => {
    const field = `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>${run("7")}<w:r><w:fldChar w:fldCharType="end"/></w:r>`;
    const control = `<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>${run("Click here")}</w:sdtContent></w:sdt>`;
    const filled = `<w:sdt><w:sdtPr><w:alias w:val="x"/></w:sdtPr><w:sdtContent>${run("Ana")}</w:sdtContent></w:sdt>`;
    expect(await text(p(`${run("Name: ")}${field}${control}${filled}`))).toBe("Name: Ana");
  });
});

it("reads boxes to check, signs of symbol fonts and what a picture shows", async () => {
  const box = (mark: string) =>
    `<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox>${mark}</w:checkBox></w:ffData></w:fldChar></w:r><w:r><w:instrText> FORMCHECKBOX </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>`;
  expect(
    await text(
      p(
        `<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>${run(" done, ")}${run("\uf061", '<w:rFonts w:ascii="Symbol"/>')}`,
      ),
    ),
  ).toBe("✓ done, α");
  const picture =
    '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="Picture 1" descr="The red button"/></wp:inline></w:drawing></w:r>';
  expect(await text(p(`${run("Press ")}${picture}${run(" twice.")}`))).toBe("Press [The red button] twice.");
  expect(
    await text(
      p(`${box('<w:default w:val="0"/><w:checked/>')}${run(" yes ")}${box('<w:default w:val="0"/>')}${run(" no")}`),
    ),
  ).toBe("[x] yes [ ] no");
});

it("reads a header and a footer once, and a chart's values", async () => {
  const around = (name: string, shown: string): ZipPart => ({
    name: `word/${name}.xml`,
    content: `<w:hdr>${p(run(shown))}</w:hdr>`,
  });
  const values = (element: string, given: readonly string[]) =>
    `<c:${element}><c:cache>${given.map((value, index) => `<c:pt idx="${index}"><c:v>${value}</c:v></c:pt>`).join("")}</c:cache></c:${element}>`;
  const chart: ZipPart = {
    name: "word/charts/chart1.xml",
    content: `<c:chartSpace><c:title><a:t>Sales</a:t></c:title><c:ser><c:tx><c:v>2024</c:v></c:tx>${values("cat", ["North", "South"])}${values("val", ["12", "40"])}</c:ser></c:chartSpace>`,
  };
  const body = p(`${run("Body")}<w:r><w:drawing><c:chart r:id="r8"/></w:drawing></w:r>`);
  expect(await text(body, [around("header1", "Ref. 00417"), around("footer1", "Page of"), chart])).toBe(
    "Ref. 00417\n\nBody\nSales\nNorth | 2024: 12\nSouth | 2024: 40",
  );
});
