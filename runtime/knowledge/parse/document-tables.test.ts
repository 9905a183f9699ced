import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readFile } from "@/runtime/testing/read-for-test";
import { chunkDocument } from "../chunk/chunk-document";

const fixture = (name: string) => readFile(name, readFileSync(new URL(`fixtures/${name}`, import.meta.url)));
const chunksOf = async (name: string, size = 300) =>
  chunkDocument(await fixture(name), { by: "structure", size, overlap: 0 }).map(({ text }) => text);

describe("every passage of a long table names its columns", () => {
  it.each([
    ["mdtable.md", /^Country: Country\d+ \| Fee: \d+ \| Days: \d+$/],
    ["tables.docx", /^Country: Country\d+ \| Fee: \d+ \| Days: \d+$/],
    ["long-table.docx", /^Item: Item \d+ \| Size: [SM] \| Price: \d+$/],
  ])("%s", async (name, row) => {
    const chunks = await chunksOf(name);
    expect(chunks.length).toBeGreaterThan(3);
    for (const chunk of chunks.slice(1)) for (const line of chunk.split("\n")) expect(line).toMatch(row);
  });

  it("of a page", async () => {
    const rows = Array.from({ length: 60 }, (_, row) => `<tr><td>Country${row}</td><td>${row}</td></tr>`).join("");
    const { text, tables } = await readFile(
      "a.html",
      `<table><caption>Fees</caption><tr><th>Country</th><th>Fee</th></tr>${rows}</table>`,
    );
    expect(text).toMatch(/^Fees\n\nCountry: Country0 \| Fee: 0\nCountry: Country1 \| Fee: 1\n/);
    expect(tables?.[0]?.rows).toHaveLength(60);
  });
});

describe("cells that span others", () => {
  it("repeat their value in Word", async () => {
    const { text } = await fixture("tables.docx");
    expect(text).toContain("Region: Europe | Service: Standard | Fee: 5\nRegion: Europe | Service: Express | Fee: 12");
    expect(text).toContain("Region: Elsewhere | Service: Elsewhere | Fee: 30");
    expect(text).toContain("Outer | k1 | v1; k2 | v2");
  });

  it("repeat their value in a page", async () => {
    const { text } = await readFile(
      "a.html",
      `<table><tr><th>Region</th><th>Service</th><th>Fee</th></tr><tr><td rowspan="2">Europe</td><td>Standard</td><td>5</td></tr>
       <tr><td>Express</td><td>12</td></tr><tr><td colspan="2">Elsewhere</td><td>30</td></tr></table>`,
    );
    expect(text.trim().split("\n")).toEqual([
      "Region: Europe | Service: Standard | Fee: 5",
      "Region: Europe | Service: Express | Fee: 12",
      "Region: Elsewhere | Service: Elsewhere | Fee: 30",
    ]);
  });

  it("are bounded", async () => {
    const { tables } = await readFile(
      "a.html",
      `<table><tr><th>a</th><th>b</th></tr><tr><td colspan="99999999" rowspan="99999999">1</td></tr><tr><td>2</td><td>3</td></tr></table>`,
    );
    expect(tables?.[0]?.columns.length).toBeLessThanOrEqual(500);
  });
});

it("keeps the row of a page's table whose cells hold paragraphs, breaks and lists", async () => {
  expect((await fixture("cells.html")).text.trim()).toBe("Cell one | Cell two\nA B | - x - y");
});

it("leaves a table that only places things on the page as the running text it is", async () => {
  const { text, outline } = await readFile(
    "a.html",
    `<table><tr><td><h1>Title</h1><p>Text.</p></td><td>Side</td></tr><tr><td>Foot</td><td>x</td></tr></table>`,
  );
  expect(text).toContain("Text.");
  expect(outline).toMatchObject([{ title: "Title" }]);
});

describe("how a file was taken", () => {
  it("is told with the document, and taken otherwise when told to", async () => {
    const csv = "Report;;\nName;Preis;Ort\nLampe;12;Köln\nStuhl;40;Bonn";
    const bytes = Buffer.from(csv, "latin1");
    const { reading, text } = await readFile("a.csv", bytes);
    expect(reading).toMatchObject({
      encoding: { encoding: "windows-1252" },
      separator: ";",
      tables: [{ titleRows: 1, headerRows: 1, columns: ["Name", "Preis", "Ort"], rowCount: 2 }],
    });
    expect(text).toMatch(/^Report\n\nName: Lampe \| Preis: 12 \| Ort: Köln/);
    const other = await readFile("a.csv", bytes, {
      readAs: { encoding: "windows-1251", tables: { "0": { titleRows: 2, headerRows: 0 } } },
    });
    expect(other.text).toContain("A: Lampe | B: 12 | C: Kцln");
  });

  it("is doubted where a sign could be another", async () => {
    const { warnings, reading } = await readFile("a.txt", Buffer.from("4779f572", "hex"));
    expect(warnings.map(({ code }) => code)).toContain("encoding-unsure");
    expect(reading?.encoding?.alternatives.length).toBeGreaterThan(0);
  });
});
