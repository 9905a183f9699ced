import { randomUUID } from "node:crypto";
import { fitInputs, queueRun, servedNow } from "@/server/domain/deployment/queue-run";
import { countRun } from "@/server/domain/usage/count-usage";
import { windowsOf } from "@/server/domain/usage/usage-windows";
import type { Database } from "@/server/platform/db/database";
import { isStorableText } from "@/server/platform/guard/storable";
import { sourceId } from "@/server/platform/route/source";
import { createSecretBox, readSecretKey } from "@/server/platform/secret/secret-box";
import { mapEvent } from "./map-event";
import { triggerLimits as limits, schemes } from "./trigger.types";
import { verifyEvent } from "./verify-event";

export type Taken =
  | { readonly kind: "taken"; readonly eventId: string; readonly isAgain: boolean }
  /** `later`: the sender may send the same again. */
  | { readonly kind: "unknown" | "forged" | "unfit" | "later" | "too-many"; readonly message: string };

export const triggerPlace = (id: string): string => `trigger:${id}`;

/** Counts in the minute by the clock, over all processes; says whether there was room. */
const hasRoom = async (database: Database, scope: string, most: number, now: number): Promise<boolean> => {
  const [window] = await countRun(database, windowsOf([{ scope, limits: { requestsPerMinute: most } }], now));
  return window === undefined || window.used <= most;
};

const note = async (
  database: Database,
  trigger: { readonly id: string; readonly workspaceId: string },
  problem: string,
  bytes: number,
  now: number,
): Promise<void> => {
  // A sender that is wrong all day fills no disk.
  if (!(await hasRoom(database, `trigger-refused:${trigger.id}`, limits.refusedPerMinute, now))) return;
  const { id: triggerId, workspaceId } = trigger;
  await database.prisma.triggerEvent.create({ data: { triggerId, workspaceId, state: "refused", problem, bytes } });
};

/**
 * Takes an event: it is from whoever has the secret, it did not come before, it feeds the inputs of what is live, and there is room. Then it is noted and its run is in the queue,
 * in that order: an event that was answered is not lost, and one that comes again after a crash finds its note.
 */
export const takeEvent = async (
  database: Database,
  id: string,
  {
    headers,
    body,
    now,
  }: { readonly headers: { get(name: string): string | null }; readonly body: string; readonly now: number },
): Promise<Taken> => {
  const trigger = await database.prisma.trigger.findUnique({ where: { id } });
  if (trigger === null || !trigger.active)
    return { kind: "unknown", message: "There is no such address, or it is closed." };
  const bytes = Buffer.byteLength(body);
  const refuse = async (kind: "forged" | "unfit" | "later", problem: string, message = problem): Promise<Taken> => {
    await note(database, trigger, problem, bytes, now);
    return { kind, message };
  };
  const { deploymentId, workspaceId } = trigger;
  const secret = createSecretBox(readSecretKey()).open(trigger.secretCipher, triggerPlace(id));
  const scheme = schemes.find((each) => each === trigger.scheme);
  if (secret === null || scheme === undefined)
    return refuse(
      "later",
      "The secret cannot be read with this installation's key. Make the trigger anew.",
      "Try again later.",
    );
  const verified = verifyEvent(scheme, { headers, body, secret, now });
  // Why is for the owner; a sender who guesses learns nothing.
  if (!verified.ok) return refuse("forged", verified.error, "The signature is not valid.");
  if (!(await hasRoom(database, `trigger:${id}`, limits.perMinute, now)))
    return { kind: "too-many", message: `More than ${limits.perMinute} events in a minute.` };
  const eventKey = verified.value ?? randomUUID();
  const eventId = randomUUID();
  if (!isStorableText(eventKey)) return refuse("unfit", "Its id holds signs that cannot be stored.");
  const known = await database.prisma.triggerEvent.findUnique({
    where: { triggerId_eventKey: { triggerId: id, eventKey } },
  });
  let event: unknown;
  try {
    event = JSON.parse(body);
  } catch {
    return refuse("unfit", "What was sent is not JSON.");
  }
  const served = await servedNow(database, deploymentId);
  if (!served.ok) return refuse("later", served.error.message, "The pipeline takes nothing at the moment.");
  const { mapping } = trigger;
  const inputs = mapEvent(served.value.plan.inputFields, mapping as Readonly<Record<string, string>>, event);
  if (!inputs.ok) return refuse("unfit", inputs.error);
  const fitted = await fitInputs(database, served.value, inputs.value);
  if (!fitted.ok) return refuse("unfit", `The inputs do not fit the live version: ${fitted.error}`);
  const noted =
    known ??
    (await database.prisma.triggerEvent
      .create({ data: { id: eventId, triggerId: id, workspaceId, eventKey, state: "taken", bytes } })
      // Two of the same at once: the other one's note counts.
      .catch(() =>
        database.prisma.triggerEvent.findUnique({ where: { triggerId_eventKey: { triggerId: id, eventKey } } }),
      ));
  if (noted === null) return { kind: "later", message: "Try again later." };
  const run = {
    deploymentId,
    source: sourceId("trigger", id),
    way: "trigger",
    inputs: inputs.value,
    runId: noted.id,
  } as const;
  const queued = await queueRun(database, run);
  if (queued.ok) return { kind: "taken", eventId: noted.id, isAgain: noted.id !== eventId };
  // What found no room is no duplicate when it comes again.
  await database.prisma.triggerEvent.deleteMany({ where: { id: eventId } });
  return refuse(queued.error.again ? "later" : "unfit", queued.error.message);
};

const mostRemoved = 5_000;

/** Removes what is older than a month, and what is beyond the room of its trigger. */
export const trimEvents = async (database: Database): Promise<void> => {
  await database.query(
    `DELETE FROM "TriggerEvent" WHERE "id" IN (
       SELECT "id" FROM (
         SELECT "id", "at", row_number() OVER (PARTITION BY "triggerId" ORDER BY "at" DESC) AS "place" FROM "TriggerEvent"
       ) t WHERE "place" > ${limits.kept} OR "at" < (now() AT TIME ZONE 'utc') - interval '${limits.keepDays} days' LIMIT ${mostRemoved}
     )`,
  );
};
