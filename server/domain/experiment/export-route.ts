import { Readable } from "node:stream";
import { ApplicationError } from "@/server/platform/guard/application-error";
import { RouteRefusal } from "@/server/platform/guard/route-refusal";
import { guardRoute } from "@/server/platform/route/route";
import { answerTable } from "./answer-table";
import { verifiablePieces } from "./export-verifiable";
import { findExperiment } from "./find-experiment";
import { storedSpec } from "./ready-experiment";
import { savedAs, tableFile } from "./workbook/table-file";

/** Answers of an experiment as a file: CSV, line by line, or a workbook; or its report with the cells that it follows from. */
export const exportAnswersRoute = guardRoute<{ auth: "session"; role: "viewer" }, { readonly id: string }>(
  { auth: "session", role: "viewer" },
  async ({ request, caller, database, parameters }) => {
    const format = new URL(request.url).searchParams.get("format") ?? "csv";
    if (format !== "csv" && format !== "xlsx" && format !== "verifiable")
      throw new RouteRefusal(400, "input-invalid", "The format is csv, xlsx or verifiable.");
    const experiment = await findExperiment(database, caller.workspaceId, parameters.id).catch((error: unknown) => {
      if (error instanceof ApplicationError) throw new RouteRefusal(404, "not-found", error.message);
      throw error;
    });
    if (format === "verifiable") {
      const pieces = await verifiablePieces(database, caller.workspaceId, experiment);
      if (pieces === null) throw new RouteRefusal(404, "not-found", "This experiment has no report yet.");
      return new Response(Readable.toWeb(Readable.from(pieces)) as ReadableStream, {
        headers: { ...savedAs(`${experiment.name}.json`), "content-type": "application/json; charset=utf-8" },
      });
    }
    const spec = storedSpec(experiment.spec);
    const names = new Map(spec.variants.map(({ key, label }) => [key, label]));
    return tableFile(
      experiment.name,
      format,
      answerTable(database, experiment.id, spec, (key) => names.get(key) || key),
    );
  },
);
