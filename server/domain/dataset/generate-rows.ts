import { z } from "zod";
import type { DatasetColumn } from "@/runtime/eval/contract/dataset-row";
import { collectReply } from "@/runtime/node/reply/collect-reply";
import { readJson } from "@/runtime/node/reply/read-json";
import { workspaceGateway } from "@/server/domain/endpoint/workspace-gateway";
import { recordAudit } from "@/server/platform/audit-log/record-audit";
import { ApplicationError } from "@/server/platform/guard/application-error";
import { identifier } from "@/server/platform/guard/identifier";
import { readable } from "@/server/platform/guard/readable-failure";
import { isStorableText } from "@/server/platform/guard/storable";
import { editorProcedure } from "@/server/platform/trpc/procedures";
import { findDataset } from "./find-dataset";
import { insertRows } from "./insert-rows";
import { newRow } from "./new-row";
import { columnsOf } from "./row-of";

/** Rows of one call: more come out alike, and a model's reply has an end. */
const most = 20;

const input = z.strictObject({
  id: identifier,
  /** What the cases are about, and what makes them hard. */
  description: z.string().trim().min(1).max(2_000).refine(isStorableText),
  count: z.int().min(1).max(most).default(10),
  /** `<endpoint slug>/<model name>`, or `default`. */
  model: z.string().trim().min(1).max(300).default("default"),
});

const jsonType = { text: "string", number: "number", boolean: "boolean", json: "object", file: "object" } as const;
const schemaOf = (columns: readonly DatasetColumn[], count: number) => ({
  type: "object",
  properties: {
    rows: {
      type: "array",
      maxItems: count,
      items: {
        type: "object",
        properties: Object.fromEntries(columns.map(({ name, kind }) => [name, { type: jsonType[kind] }])),
        required: columns.map(({ name }) => name),
        additionalProperties: false,
      },
    },
  },
  required: ["rows"],
  additionalProperties: false,
});
const reply = z.object({ rows: z.array(z.record(z.string(), z.json())).max(1_000) });

/** Has a model write cases after a description. They are marked as a model's: whether they are right is for people to say. */
export const generateRows = editorProcedure.input(input).mutation(async ({ ctx, input: asked, signal }) => {
  const { database, workspaceId, member } = ctx;
  const dataset = await findDataset(database, workspaceId, asked.id);
  const columns = columnsOf(dataset).filter(({ kind }) => kind !== "file");
  if (!columns.some(({ role }) => role === "input")) {
    throw new ApplicationError("BAD_REQUEST", "The dataset has no input column that a model could write.", {
      reason: "rows-refused",
      hint: "Add a column first.",
    });
  }
  const names = (role: DatasetColumn["role"]) =>
    columns
      .filter((column) => column.role === role)
      .map(({ name }) => name)
      .join(", ");
  const request = {
    model: asked.model,
    messages: [
      {
        role: "system" as const,
        content: `You write test cases for a language model pipeline. Each has inputs (${names("input")})${names("expected") === "" ? "" : ` and what a right answer is (${names("expected")})`}. Make them different from each other, as real people would write them, easy and hard ones. Reply with JSON: {"rows": [...]}.`,
      },
      { role: "user" as const, content: `Write ${asked.count} cases.\n\n${asked.description}` },
    ],
    temperature: 0.9,
    // A small model may not find an end: what so many cases can take, and no more.
    maxTokens: Math.min(4_000, 300 + 300 * asked.count),
    responseSchema: schemaOf(columns, asked.count),
  };
  // Who closes the dialog does not wait for the reply any more, so nobody need go on writing it.
  const given = AbortSignal.any([AbortSignal.timeout(300_000), ...(signal === undefined ? [] : [signal])]);
  const gateway = workspaceGateway(database, workspaceId);
  const { text } = await readable(collectReply(gateway.chat(request, { signal: given, onCall: () => {} })));
  const json = readJson(text, { problemOf: (value) => (reply.safeParse(value).success ? null : "has no rows") });
  const parsed = reply.safeParse(json.ok ? json.value.value : undefined);
  const rows = (parsed.success ? parsed.data.rows : []).slice(0, asked.count).flatMap((values) => {
    const side = (role: DatasetColumn["role"]) =>
      Object.fromEntries(
        columns.flatMap((column) => {
          const value = column.role === role ? values[column.name] : undefined;
          return value === undefined || value === null ? [] : [[column.name, value]];
        }),
      );
    const row = newRow.safeParse({ inputs: side("input"), expected: side("expected"), source: "model" });
    return row.success && Object.keys(row.data.inputs).length > 0 ? [row.data] : [];
  });
  if (rows.length === 0) {
    throw new ApplicationError("BAD_REQUEST", "The model's reply held no case that could be read.", {
      reason: "model-failed",
      hint: "Try again, or use a larger model.",
    });
  }
  await insertRows(database, workspaceId, dataset.id, rows);
  await recordAudit(database, {
    member,
    action: "dataset.generate",
    subject: `dataset:${dataset.id}`,
    data: { rows: rows.length, model: asked.model },
  });
  return { rows: rows.length };
});
