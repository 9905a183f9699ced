import { z } from "zod";
import { defineNode } from "@/runtime/node/define-node";
import { field } from "@/runtime/node/field";
import { NodeFailure } from "@/runtime/node/node-failure";
import * as port from "@/runtime/node/port";
import { getOwn, setOwn } from "@/runtime/node/record";
import { conditionField, describeCondition, holds } from "../lib/condition";
import { aggregateFunctions, aggregateName, groupRows } from "../lib/table/aggregate";
import { compareCells } from "../lib/table/compare-cells";
import { type Row, readTable, tableLimits } from "../lib/table/read-table";
import { columnsOf, tableFormats, writeTable } from "../lib/table/write-table";

const column = z.string().trim().max(200);
const columnField = column.min(1, "Name a column.").meta(field({ title: { en: "Column", zh: "列" } }));

const filter = z
  .object({ column: columnField, operator: conditionField.shape.operator, value: conditionField.shape.value })
  .superRefine(({ operator, value }, context) => {
    const parsed = conditionField.safeParse({ operator, value });
    for (const { message, path } of parsed.error?.issues ?? [])
      context.addIssue({ code: "custom", message, path: [...path] });
  });

const config = z
  .object({
    filters: z
      .array(filter)
      .max(20)
      .default([])
      .meta(field({ title: { en: "Keep rows where all hold", zh: "保留满足全部条件的行" }, control: "rows" })),
    groupBy: z
      .array(column)
      .max(10)
      .default([])
      .meta(
        field({
          title: { en: "Group by columns", zh: "按列分组" },
          help: { en: "One row for each combination of their values.", zh: "这些列的每种取值组合得到一行。" },
          control: "string-list",
        }),
      ),
    aggregates: z
      .array(
        z
          .object({
            function: z
              .enum(aggregateFunctions)
              .default("count")
              .meta(
                field({
                  title: { en: "Reckon", zh: "统计" },
                  control: "select",
                  options: {
                    count: { en: "Count", zh: "计数" },
                    sum: { en: "Sum", zh: "求和" },
                    mean: { en: "Mean", zh: "平均" },
                    min: { en: "Least", zh: "最小" },
                    max: { en: "Greatest", zh: "最大" },
                  },
                }),
              ),
            column: column.default("").meta(
              field({
                title: { en: "Column", zh: "列" },
                help: {
                  en: "Empty counts rows; else only cells that are filled count.",
                  zh: "留空则计行数，否则只统计非空单元格。",
                },
              }),
            ),
            name: column.default("").meta(field({ title: { en: "Name of the new column", zh: "新列名" } })),
          })
          .refine((each) => each.function === "count" || each.column !== "", {
            message: "Name a column.",
            path: ["column"],
          }),
      )
      .max(20)
      .default([])
      .meta(field({ title: { en: "Totals", zh: "汇总" }, control: "rows" })),
    sort: z
      .array(
        z.object({
          column: columnField,
          direction: z
            .enum(["ascending", "descending"])
            .default("ascending")
            .meta(
              field({
                title: { en: "Direction", zh: "方向" },
                control: "select",
                options: {
                  ascending: { en: "Ascending", zh: "升序" },
                  descending: { en: "Descending", zh: "降序" },
                },
              }),
            ),
        }),
      )
      .max(10)
      .default([])
      .meta(field({ title: { en: "Sort by", zh: "排序" }, control: "rows" })),
    columns: z
      .array(column)
      .max(tableLimits.columns)
      .default([])
      .meta(
        field({
          title: { en: "Columns to keep", zh: "保留的列" },
          help: { en: "In this order. Empty keeps all.", zh: "按此顺序输出。留空保留全部。" },
          control: "string-list",
        }),
      ),
    limit: z
      .int()
      .min(1)
      .max(tableLimits.rows)
      .default(tableLimits.rows)
      .meta(field({ title: { en: "Most rows", zh: "最多行数" }, control: "number" })),
    format: z
      .enum(tableFormats)
      .default("markdown")
      .meta(
        field({
          title: { en: "Text as", zh: "文本格式" },
          control: "select",
          group: "output",
          options: {
            markdown: { en: "Markdown table", zh: "Markdown 表格" },
            csv: { en: "CSV", zh: "CSV" },
            json: { en: "JSON", zh: "JSON" },
          },
        }),
      ),
    numbers: z
      .boolean()
      .default(true)
      .meta(
        field({
          title: { en: "Read numbers in text", zh: "识别文本中的数字" },
          help: {
            en: "Columns that hold only such as 12 and -0.5 become numbers; one with 007, 1.50, 1e5 or a very long number stays text.",
            zh: "整列都形如 12、-0.5 时视为数字；含 007、1.50、1e5 或很长数字的列保留为文本。",
          },
          control: "switch",
          group: "advanced",
        }),
      ),
    separator: z
      .enum(["auto", "comma", "semicolon", "tab", "bar"])
      .default("auto")
      .meta(
        field({
          title: { en: "Sign between cells", zh: "单元格分隔符" },
          help: { en: "Of CSV text.", zh: "用于 CSV 文本。" },
          control: "select",
          group: "advanced",
          options: {
            auto: { en: "As the text has it", zh: "自动识别" },
            comma: { en: "Comma", zh: "逗号" },
            semicolon: { en: "Semicolon", zh: "分号" },
            tab: { en: "Tab", zh: "制表符" },
            bar: { en: "Bar", zh: "竖线" },
          },
        }),
      ),
    titleRows: z
      .int()
      .min(0)
      .max(50)
      .default(0)
      .meta(
        field({
          title: { en: "Title rows above the header", zh: "表头上方的标题行数" },
          help: { en: "Of CSV text: they are left out.", zh: "用于 CSV 文本：这些行会略去。" },
          control: "number",
          group: "advanced",
        }),
      ),
    headerRows: z
      .int()
      .min(0)
      .max(3)
      .default(1)
      .meta(
        field({
          title: { en: "Rows that name the columns", zh: "列名所占行数" },
          help: {
            en: "Of CSV text. Names of two rows are joined; with 0 the columns are called A, B, C.",
            zh: "用于 CSV 文本。两行列名会合并；为 0 时各列称为 A、B、C。",
          },
          control: "number",
          group: "advanced",
        }),
      ),
  })
  .superRefine(({ groupBy, aggregates }, context) => {
    const names = [...groupBy, ...aggregates.map(aggregateName)].filter((name) => name !== "");
    const twice = names.find((name, index) => names.indexOf(name) < index);
    if (twice !== undefined)
      context.addIssue({ code: "custom", message: `Two columns would be called "${twice}".`, path: ["aggregates"] });
  });

export const dataTable = defineNode({
  type: "data/table",
  version: 1,
  title: { en: "Table", zh: "表格" },
  summary: {
    en: "Filters, groups, sorts and writes out rows that come as JSON, CSV or a Markdown table.",
    zh: "对 JSON、CSV 或 Markdown 表格中的行进行筛选、分组、排序，并输出为文本。",
  },
  icon: "table",
  keywords: [
    "csv",
    "excel",
    "xlsx",
    "spreadsheet",
    "sheet",
    "loop",
    "for each",
    "循环",
    "遍历",
    "表格",
    "rows",
    "filter",
    "sort",
    "group",
    "aggregate",
    "sum",
    "markdown",
    "行",
    "筛选",
    "排序",
    "分组",
    "汇总",
    "表",
  ],
  config,
  inputs: { rows: port.any({ en: "Rows", zh: "行" }) },
  outputs: {
    text: port.text({ en: "Text", zh: "文本" }),
    rows: port.json(z.array(z.record(z.string(), z.unknown())), { en: "Rows", zh: "行" }),
    count: port.number({ en: "Number of rows", zh: "行数" }),
  },
  preview: ({ filters, groupBy, aggregates, sort }) =>
    [
      ...filters.map(
        ({ column: name, operator, value }) => `${name} ${describeCondition({ path: "", operator, value })}`,
      ),
      ...groupBy.filter(Boolean).map((name) => `Σ ${name}`),
      ...aggregates.map(aggregateName),
      ...sort.map(({ column: name, direction }) => `${direction === "ascending" ? "↑" : "↓"} ${name}`),
    ].join(" · "),
  examples: [
    {
      name: "Totals of a CSV by group",
      config: {
        groupBy: ["city"],
        aggregates: [
          { function: "count", name: "orders" },
          { function: "sum", column: "amount" },
        ],
        sort: [{ column: "sum of amount", direction: "descending" }],
      },
      inputs: { rows: 'city,amount\nParis,10\nLyon,2.5\nParis,"7.5"\n' },
      outputs: {
        text: "| city | orders | sum of amount |\n| --- | --- | --- |\n| Paris | 2 | 17.5 |\n| Lyon | 1 | 2.5 |",
        rows: [
          { city: "Paris", orders: 2, "sum of amount": 17.5 },
          { city: "Lyon", orders: 1, "sum of amount": 2.5 },
        ],
        count: 2,
      },
    },
    {
      name: "Chosen columns of JSON records as CSV",
      config: {
        filters: [{ column: "状态", operator: "equals", value: "缺货" }],
        columns: ["名称", "数量"],
        format: "csv",
        limit: 1,
      },
      inputs: {
        rows: [
          { 名称: "台灯", 状态: "有货", 数量: 3 },
          { 名称: "=SUM(A1)", 状态: "缺货", 数量: 0 },
          { 名称: "椅子", 状态: "缺货", 数量: 0 },
        ],
      },
      outputs: { text: "名称,数量\r\n'=SUM(A1),0", rows: [{ 名称: "=SUM(A1)", 数量: 0 }], count: 1 },
    },
  ],
  run: async ({ config: settings, inputs }) => {
    const { numbers, titleRows, headerRows, separator } = settings;
    const table = readTable(inputs.rows, {
      numbers,
      titleRows,
      headerRows,
      separator: separator === "auto" ? undefined : separatorOf[separator],
    });
    if (!table.ok)
      throw invalid(table.error, "Wire in a list of records, JSON, a Markdown table, or CSV with a header line.");
    const filters = settings.filters;
    needColumns(
      filters.map((each) => each.column),
      table.value,
    );
    const kept: Row[] = [];
    for (const [index, row] of table.value.entries()) if (await fits(row, index, filters)) kept.push(row);

    const groupBy = settings.groupBy.filter((name) => name !== "");
    const totals = settings.aggregates;
    needColumns([...groupBy, ...totals.map((each) => each.column)], table.value);
    const grouped =
      groupBy.length + totals.length > 0 ? groupRows(kept, groupBy, totals) : { ok: true as const, value: kept };
    if (!grouped.ok) throw invalid(grouped.error);

    needColumns(
      settings.sort.map((each) => each.column),
      grouped.value,
    );
    const sorted = [...grouped.value].sort((left, right) => {
      for (const { column: name, direction } of settings.sort) {
        const order = compareCells(getOwn(left, name), getOwn(right, name));
        if (order !== 0) return direction === "ascending" ? order : -order;
      }
      return 0;
    });
    const wanted = settings.columns.filter((name) => name !== "");
    needColumns(wanted, grouped.value);
    const rows = sorted.slice(0, settings.limit).map((row) => (wanted.length === 0 ? { ...row } : chosen(row, wanted)));
    const columns = wanted.length === 0 ? columnsOf(rows) : wanted;
    return { text: writeTable(rows, columns, settings.format), rows, count: rows.length };
  },
});

const separatorOf = { comma: ",", semicolon: ";", tab: "\t", bar: "|" } as const;

const invalid = (message: string, hint?: string): NodeFailure =>
  new NodeFailure("value-invalid", message, hint === undefined ? {} : { hint });

/** A name that no row has is more likely a slip than a wish for blanks. No rows, no complaint. */
const needColumns = (names: readonly string[], rows: readonly Row[]): void => {
  const wanted = new Set(names.filter((name) => name !== ""));
  for (const row of rows) {
    for (const name of wanted) if (Object.hasOwn(row, name)) wanted.delete(name);
    if (wanted.size === 0) return;
  }
  const [missing] = wanted;
  if (rows.length === 0 || missing === undefined) return;
  const known = columnsOf(rows.slice(0, 100)).slice(0, 20).join(", ");
  throw invalid(`There is no column "${missing}". The rows have: ${known}.`);
};

const fits = async (row: Row, index: number, filters: readonly z.output<typeof filter>[]): Promise<boolean> => {
  for (const { column: name, operator, value } of filters) {
    const cell = getOwn(row, name);
    const result = await holds({ path: "", operator, value }, cell, true);
    if (!result.ok) throw invalid(`Row ${index + 1}, column "${name}": ${result.error}`);
    if (!result.value) return false;
  }
  return true;
};

const chosen = (row: Row, columns: readonly string[]): Row => {
  const picked: Record<string, unknown> = {};
  for (const name of columns) setOwn(picked, name, getOwn(row, name) ?? null);
  return picked;
};
