import type { DatasetColumn, DatasetRow } from "@/runtime/eval/contract/dataset-row";
import { inTurns, type Steps } from "@/runtime/node/steps";
import { byteOrderMark, csvLine } from "@/runtime/text/csv";
import { ApplicationError } from "@/server/platform/guard/application-error";
import { RouteRefusal } from "@/server/platform/guard/route-refusal";
import { guardRoute } from "@/server/platform/route/route";
import { readAllRows } from "./read-all-rows";
import { writeVersion } from "./version-file";

function* writeCsv(columns: readonly DatasetColumn[], rows: readonly DatasetRow[]): Steps<string> {
  const lines = [byteOrderMark, csvLine([...columns.map(({ name }) => name), "tags", "weight", "split", "group"])];
  for (const row of rows) {
    const values = columns.map(({ name, role }) => (role === "input" ? row.inputs : row.expected)[name]);
    lines.push(csvLine([...values, row.tags.join("|"), row.weight, row.split, row.group]));
    yield;
  }
  return lines.join("");
}

/** A dataset as a file: CSV with a column for each of its own, or JSONL as versions are kept. */
export const exportRoute = guardRoute<{ auth: "session"; role: "viewer" }, { readonly id: string }>(
  { auth: "session", role: "viewer" },
  async ({ request, caller, database, parameters }) => {
    const format = new URL(request.url).searchParams.get("format") ?? "csv";
    if (format !== "csv" && format !== "jsonl")
      throw new RouteRefusal(400, "input-invalid", "The format is csv or jsonl.");
    try {
      const { dataset, columns, rows } = await readAllRows(database, caller.workspaceId, parameters.id);
      const body = format === "jsonl" ? await inTurns(writeVersion(rows)) : await inTurns(writeCsv(columns, rows));
      const name = encodeURIComponent(`${dataset.name}.${format}`);
      return new Response(body, {
        headers: {
          "content-type": format === "csv" ? "text/csv; charset=utf-8" : "application/jsonl; charset=utf-8",
          "content-disposition": `attachment; filename*=UTF-8''${name}`,
        },
      });
    } catch (error) {
      if (error instanceof ApplicationError) throw new RouteRefusal(404, "not-found", error.message);
      throw error;
    }
  },
);
