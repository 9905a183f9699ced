import { readFile, rm } from "node:fs/promises";
import path from "node:path";
import type { RunEvent } from "@/runtime/run/events";
import { wasErased } from "@/server/domain/conversation/erased-runs";
import { readLog } from "@/server/domain/run-log/log-text";
import type { Database } from "@/server/platform/db/database";
import { logText, type RunText, writeTexts } from "../write-runs";
import { abandonedJournals } from "./journal-files";
import { readLines } from "./journal-line";

const mostTries = 3;

export interface Replayed {
  /** Runs that were answered and would have been lost. */
  readonly recovered: number;
  /** Runs whose pipeline is gone, or which the database refuses. */
  readonly refused: number;
  readonly damagedLines: number;
}

/**
 * Brings what dead processes had written down of their runs into the database, and removes their files. What is there already stays as it is, so
 * doing it twice, or being killed in the middle of it, does no harm.
 */
export const replayJournals = async (database: Database, folder: string, alone: boolean): Promise<Replayed> => {
  let recovered = 0;
  let refused = 0;
  let damagedLines = 0;
  for (const file of await abandonedJournals(folder, alone)) {
    const { lines, damaged } = readLines(await readFile(file));
    damagedLines += damaged;
    const runs = new Map<string, RunText[]>();
    for (const line of lines) {
      if (line.kind === "stored") runs.clear();
      else runs.set(line.text.run.id, [...(runs.get(line.text.run.id) ?? []), line.text]);
    }
    for (const texts of runs.values()) {
      try {
        if (await restore(database, texts)) recovered += 1;
      } catch (error) {
        if (!isRefusal(error)) throw error;
        refused += 1;
        console.error(`run ${texts[0]?.run.id}, found in ${path.basename(file)}, cannot be stored:`, error);
      }
    }
    await rm(file, { force: true });
  }
  return { recovered, refused, damagedLines };
};

/** Whether the database held less of the run than the journal does. */
const restore = async (database: Database, texts: readonly RunText[], tries = 1): Promise<boolean> => {
  const last = texts.at(-1) as RunText;
  const [known] = await database.query<{ status: string; resumedAt: number[]; lastSeq: number | null }>(
    `SELECT "status"::text, "resumedAt", (SELECT max("lastSeq") FROM "RunEventChunk" WHERE "runId" = "Run"."id") AS "lastSeq"
     FROM "Run" WHERE "id" = $1`,
    [last.run.id],
  );
  // What somebody had erased does not come back from here.
  if (known === undefined && (await wasErased(database, last.run.id))) return false;
  const lastSeq = known?.lastSeq ?? -1;
  // A run that another process took up again has a log of its own since then.
  const isThere = known !== undefined && (known.status !== "running" || known.resumedAt.length > 0);
  if (isThere || lastSeq >= last.lastSeq) return tries > 1;
  // Where the process died in the middle of it, a statement that it had sent may still be carried out.
  if (tries > mostTries) throw new Error(`the log of run ${last.run.id} changes while it is restored`);
  const bySeq = new Map<number, RunEvent>();
  for (const { log, firstSeq } of texts) {
    for (const event of readLog(log, last.run.id, firstSeq)) if (event.seq > lastSeq) bySeq.set(event.seq, event);
  }
  const events = [...bySeq.values()].sort((one, other) => one.seq - other.seq);
  const { run, summary, withdraws = false, turn } = last;
  const ofTurn = turn === undefined ? {} : { turn };
  const endedPlaces = texts.flatMap((text) => text.endedPlaces ?? []);
  await writeTexts(database, [
    { run, summary, isNew: known === undefined, withdraws, endedPlaces, ...ofTurn, ...logText(events) },
  ]);
  return restore(database, texts, tries + 1);
};

/** PostgreSQL's classes for values that do not fit and for constraints that do not hold. */
const isRefusal = (error: unknown): boolean => /^2[23]/.test(String((error as { code?: unknown } | null)?.code ?? ""));
