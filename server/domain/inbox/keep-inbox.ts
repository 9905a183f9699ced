import { goOnDecided } from "@/server/domain/run/pause/watch-pauses";
import type { RunShare } from "@/server/domain/run/recover-runs";
import type { Database } from "@/server/platform/db/database";
import { escalateTasks, expireTasks } from "./expire-tasks";
import { type Send, tellPeople } from "./mail/tell-people";

const everyMs = 15_000;

/** A piece of work that is not begun a second time while it is under way, and whose failure is said and keeps nothing else from its turn. */
const inTurn = (name: string, work: () => Promise<unknown>): (() => void) => {
  let working = false;
  return () => {
    if (working) return;
    working = true;
    work()
      .catch((error: unknown) => console.error(`the inbox: ${name}:`, error))
      .finally(() => {
        working = false;
      });
  };
};

/** Looks for what is due, each kind in a turn of its own: a mail server that is slow holds no time-out up. Gives what stops it. */
export const keepInbox = (
  database: Database,
  share: RunShare = "all",
  {
    now = () => new Date(),
    send,
    lookMs = everyMs,
  }: { readonly now?: () => Date; readonly send?: Send; readonly lookMs?: number } = {},
): (() => void) => {
  const turns = [
    inTurn("nobody could be told that time is over", () => expireTasks(database, now())),
    inTurn("nobody else could be asked", () => escalateTasks(database, now())),
    inTurn("runs could not go on that people have answered", () => goOnDecided(database, share)),
    inTurn("people could not be told what they are asked", () => tellPeople(database, now(), send)),
  ];
  const look = () => {
    for (const turn of turns) turn();
  };
  const timer = setInterval(look, lookMs);
  timer.unref();
  look();
  return () => clearInterval(timer);
};
