import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { makeXlsx } from "@/runtime/testing/make-office";
import type { GridLimits, TableWarning } from "../grid";
import { shapeTable } from "../shape-table";
import { separateTables } from "../table-reading";
import { readWorkbook } from "./read-workbook";

const limits: GridLimits = { rows: 1_000, columns: 50, cellLength: 1_000 };
const read = async (bytes: Uint8Array, bounds = limits) => {
  const warnings: TableWarning[] = [];
  const grids = await readWorkbook(bytes, bounds, (warning) => warnings.push(warning));
  const tables = separateTables(grids).map((grid) => shapeTable(grid));
  return { tables: tables.map((table) => ({ ...table, rows: table.rows.map(({ cells }) => cells) })), warnings };
};
const fixture = (name: string) => read(readFileSync(new URL(`../fixtures/${name}`, import.meta.url)));

describe("an Excel workbook", () => {
  it("has its title above the header, not as a name of columns", async () => {
    const { tables } = await fixture("title.xlsx");
    expect(tables).toMatchObject([
      {
        title: "Sales report May 2024",
        columns: ["Product", "Units", "Revenue"],
        rows: [
          ["Lamp", "4", "48"],
          ["Chair", "2", "80"],
        ],
      },
    ]);
  });

  it("has years as names of columns", async () => {
    const { tables } = await fixture("years.xlsx");
    expect(tables[0]).toMatchObject({ columns: ["Region", "2022", "2023", "2024"], headerRows: 1 });
    expect(tables[0]?.rows[0]).toEqual(["North", "10", "12", "15"]);
  });

  it("has one table where a blank row parts groups of columns from the rows", async () => {
    const { tables } = await fixture("grouped-columns.xlsx");
    expect(tables).toMatchObject([
      {
        columns: ["A", "S 2022", "S 2023"],
        rows: [
          ["r1", "1", "2"],
          ["r2", "3", "4"],
        ],
      },
    ]);
  });

  it("repeats the value of merged cells in each row", async () => {
    const { tables } = await fixture("merged.xlsx");
    expect(tables[0]?.rows.map(([region]) => region)).toEqual(["Europe", "Europe", "Asia", "Asia"]);
  });

  it("keeps a column of formulas that nobody computed, with a warning", async () => {
    const { tables, warnings } = await fixture("formula-nocache.xlsx");
    expect(tables[0]?.rows).toEqual([
      ["Lamp", "12", "3", "=B2*C2"],
      ["Chair", "40", "2", "=B3*C3"],
      ["Sum", "", "", "=SUM(D2:D3)"],
    ]);
    expect(warnings.map(({ code }) => code)).toContain("formula-not-computed");
  });

  it("shows numbers as the spreadsheet does", async () => {
    const { tables } = await fixture("formats.xlsx");
    const shown = Object.fromEntries(tables[0]?.rows ?? []);
    expect(shown).toMatchObject({
      postcode: "01234",
      duration: "36:00",
      zeroes: "INV-0007",
      "money eur": "1,200.50 €",
      units: "5 kg",
      fraction: "1/2",
      sci: "1.23E+11",
      "date us": "3/5/2024",
      datetime: "2024-03-05 14:30",
    });
  });

  it("joins two header rows with merged groups, and knows a form, a second table and one beside", async () => {
    const { tables } = await fixture("groups.xlsx");
    expect(tables).toMatchObject([
      {
        title: "Sales by region",
        columns: ["Region", "2022 Units", "2022 Revenue", "2023 Units", "2023 Revenue"],
        rows: [
          ["North", "1", "10", "2", "20"],
          ["South", "3", "30", "4", "40"],
        ],
      },
      { name: "Form", layout: "pairs", columns: ["Invoice", "Date", "Total", "Customer"] },
      {
        name: "Two",
        columns: ["Name", "Age"],
        rows: [
          ["Bob", "3"],
          ["Ann", "4"],
        ],
      },
      { name: "Two", columns: ["City", "Country", "Population"] },
      {
        name: "Beside",
        columns: ["Name", "Age"],
        rows: [
          ["Bob", "3"],
          ["Ann", "4"],
          ["Eve", "5"],
        ],
      },
      { name: "Beside", columns: ["City", "People"] },
    ]);
  });

  it("reads what another program wrote: the calendar of 1904, card numbers, conditions in formats", async () => {
    const { tables } = await fixture("ids-1904.xlsx");
    expect(tables[0]?.rows).toEqual([
      ["6222020200112345678", "29.02.2024", "0007", "1,234.50 kr", "2.5M", "25:01:12", "=D2/E2"],
      ["6222020200112345679", "02.01.1904", "0042", "-3.00 kr", "900", "12:00:00", "0.25"],
    ]);
  });

  it("keeps within its bounds, and says so", async () => {
    const row = (line: number, columns: number) => `<row r="${line}">${"<c><v>1</v></c>".repeat(columns)}</row>`;
    const wide = await read(makeXlsx([{ name: "S", rows: row(1, 60) + row(2, 60) }]));
    expect(wide.tables[0]?.rows[0]).toHaveLength(50);
    expect(wide.warnings.map(({ code }) => code)).toContain("table-cut");
    const long = await read(
      makeXlsx([{ name: "S", rows: Array.from({ length: 1_300 }, (_, line) => row(line + 1, 2)).join("") }]),
    );
    expect(long.warnings.map(({ code }) => code)).toEqual(["table-cut"]);
  });
});
