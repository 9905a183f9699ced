import path from "node:path";
import type { Database } from "@/server/platform/db/database";
import { dataFolder } from "@/server/platform/settings/data-folder";
import { liveRunsOf } from "../live-runs";
import { prepareJournalFolder } from "./journal-files";
import { replayJournals } from "./replay-journal";
import { RunJournal } from "./run-journal";

/** Stores what an earlier process answered and did not store any more, and keeps a journal from now on. */
export const openRunJournal = async (
  database: Database,
  folder: string = path.join(dataFolder(), "journal"),
): Promise<void> => {
  await prepareJournalFolder(folder);
  // The embedded database has one app at a time, and its data folder with it.
  const { recovered, refused, damagedLines } = await replayJournals(database, folder, database.kind === "embedded");
  if (recovered > 0) say(`${recovered} runs that were answered before the app stopped are stored now.`);
  if (refused > 0) console.error(`${refused} runs that were answered before the app stopped could not be stored.`);
  // Usually the line under way when the process was killed, whose answer did not go out.
  if (damagedLines > 0) say(`${damagedLines} lines of the journal of runs were not complete.`);
  liveRunsOf(database).recorder.journal = await RunJournal.open(folder);
};

const say = (line: string): void => void process.stdout.write(`${line}\n`);
