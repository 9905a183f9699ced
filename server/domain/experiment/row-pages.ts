import type { LabelParts } from "@/runtime/eval/contract/label-parts";
import type { MetricId } from "@/runtime/eval/contract/metric";
import type { Score } from "@/runtime/eval/contract/scorer";
import { asText } from "@/runtime/eval/scorers/lib/as-text";
import { ApplicationError } from "@/server/platform/guard/application-error";
import { viewerProcedure } from "@/server/platform/trpc/procedures";
import { type CellItem, type RowPage, rowsInput } from "./experiment.types";
import { findExperiment } from "./find-experiment";
import { metricDirection, metricIdsOf, storedSpec } from "./ready-experiment";

interface RowRow {
  readonly row: number;
  readonly rowId: string;
  readonly inputs: string;
  readonly expected: string;
  readonly tags: string[];
}
interface CellRow {
  readonly row: number;
  readonly variant: number;
  readonly repeat: number;
  readonly status: CellItem["status"];
  readonly outputs: string;
  readonly scores: string;
  readonly durationMs: number;
  readonly costMicroUsd: string | number | null;
  readonly runId: string | null;
  readonly cached: boolean;
  readonly errorMessage: string | null;
}

/** Characters of an answer in a list. */
const cut = 600;

export const valuesOf = (scores: Readonly<Record<string, Score>>): Record<MetricId, number | null> =>
  Object.fromEntries(
    Object.entries(scores).flatMap(([scorer, { values }]) =>
      Object.entries(values).map(([key, value]) => [`${scorer}.${key}`, value]),
    ),
  );

export const answerText = (outputs: Readonly<Record<string, unknown>>, name: string | undefined): string => {
  const names = Object.keys(outputs);
  if (name !== undefined && Object.hasOwn(outputs, name)) return asText(outputs[name]);
  return names.length === 1 ? asText(outputs[names[0] as string]) : names.length === 0 ? "" : asText(outputs);
};

/** A page of rows with their answers, in the order in which they ran; filters read what is kept of each row, never the answers. */
export const experimentRows = viewerProcedure.input(rowsInput).query(async ({ ctx, input }): Promise<RowPage> => {
  const { database, workspaceId } = ctx;
  const experiment = await findExperiment(database, workspaceId, input.id);
  const spec = storedSpec(experiment.spec);
  const metrics = metricIdsOf(spec);
  const metric = metrics.indexOf(input.metric ?? spec.primary);
  const baseline = spec.variants.findIndex(({ key }) => key === spec.baseline);
  const variant = input.variant ?? spec.variants.findIndex((_, index) => index !== baseline);
  if (metric < 0 || (input.variant ?? 0) >= spec.variants.length) {
    throw new ApplicationError("BAD_REQUEST", "The experiment has no such metric or variant.", {
      reason: "input-invalid",
      hint: `Its metrics are ${metrics.join(", ")}; its variants are numbered from 0 to ${spec.variants.length - 1}.`,
    });
  }
  // Places in "values" start from 1.
  const place = (of: number) => `"values"[${of * metrics.length + metric + 1}]`;
  const conditions = [`"experimentId" = $1`];
  const parameters: unknown[] = [input.id];
  if (input.tag !== undefined) {
    parameters.push(input.tag);
    conditions.push(`$${parameters.length} = ANY("tags")`);
  }
  if (input.labels !== undefined) {
    const { variant: of, scorer, actual, predicted } = input.labels;
    // What a model wrote may be no jsonb, so its text is looked at: as it was written, the labels next to each other.
    const parts: LabelParts = { actual, predicted };
    parameters.push(of, `"parts":${JSON.stringify(parts)}`, `${JSON.stringify(scorer)}:`);
    const [first, second, third] = [2, 1, 0].map((back) => `$${parameters.length - back}`);
    conditions.push(
      `EXISTS (SELECT 1 FROM "ExperimentCell" AS c WHERE c."experimentId" = $1 AND c."row" = "ExperimentRow"."row"
         AND c."variant" = ${first} AND strpos(c."scores", ${second}) > 0 AND strpos(c."scores", ${third}) > 0)`,
    );
  }
  if (input.filter === "failed") conditions.push(`"failed"`);
  if (["flipped", "better", "worse"].includes(input.filter)) {
    const scorer = findMetric(spec, metrics[metric] ?? "");
    const sign = input.filter === "flipped" ? "<>" : (input.filter === "better") === (scorer !== "lower") ? ">" : "<";
    conditions.push(`${place(variant)} ${sign} ${place(baseline)}`);
  }
  const where = conditions.join(" AND ");
  const [[counted], rows] = await Promise.all([
    database.query<{ total: number }>(
      `SELECT count(*)::int AS "total" FROM "ExperimentRow" WHERE ${where}`,
      parameters,
    ),
    database.query<RowRow>(
      `SELECT "row", "rowId", "inputs", "expected", "tags" FROM "ExperimentRow" WHERE ${where} AND "row" > $${parameters.length + 1}
       ORDER BY "row" LIMIT ${input.limit + 1}`,
      [...parameters, input.after],
    ),
  ]);
  const page = rows.slice(0, input.limit);
  const cells = await database.query<CellRow>(
    `SELECT "row", "variant", "repeat", "status", left("outputs", 20000) AS "outputs", "scores", "durationMs", "costMicroUsd", "runId", "cached",
       "errorMessage"
     FROM "ExperimentCell" WHERE "experimentId" = $1 AND "row" = ANY($2::int[]) ORDER BY "row", "variant", "repeat"`,
    [input.id, page.map(({ row }) => row)],
  );
  const scored = spec.scorers.find(({ id }) => id === spec.primary.split(".")[0])?.output;
  const byRow = new Map<number, CellItem[]>();
  for (const { row, outputs, scores, costMicroUsd, ...cell } of cells) {
    const own = byRow.get(row) ?? [];
    byRow.set(row, own);
    own.push({
      ...cell,
      output: answerText(parsed(outputs), scored).slice(0, cut),
      values: valuesOf(JSON.parse(scores)),
      costMicroUsd: costMicroUsd === null ? null : Number(costMicroUsd),
    });
  }
  return {
    rows: page.map(({ row, rowId, inputs, expected, tags }) => ({
      row,
      rowId,
      inputs: JSON.parse(inputs),
      expected: JSON.parse(expected),
      tags,
      cells: byRow.get(row) ?? [],
    })),
    next: rows.length > input.limit ? (page.at(-1)?.row ?? null) : null,
    total: counted?.total ?? 0,
  };
});

/** Answers that were cut where they are too long for a list are shown as the text that they begin with. */
const parsed = (outputs: string): Record<string, unknown> => {
  try {
    return JSON.parse(outputs) as Record<string, unknown>;
  } catch {
    return { answer: outputs };
  }
};

const findMetric = (spec: ReturnType<typeof storedSpec>, id: string): "higher" | "lower" => {
  const dot = id.indexOf(".");
  const type = spec.scorers.find((each) => each.id === id.slice(0, dot))?.type ?? "";
  return metricDirection(type, id.slice(dot + 1));
};
