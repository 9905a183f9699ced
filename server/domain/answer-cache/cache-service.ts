import { createHash, randomUUID } from "node:crypto";
import { z } from "zod";
import type { CacheCall, CacheQuestion, ProvidedCache } from "@/runtime/capability/cache/contract";
import type { Database } from "@/server/platform/db/database";
import { type CacheRun, ownerOf, scopeOf } from "./cache-owner";
import { countLookup } from "./count-day";
import { dependsOn } from "./depends-on";
import { Flights } from "./flights";
import { type AnswerPlace, nearAnswers, sameAnswer, storeAnswer } from "./stored-answers";

/** What a step holds between asking and keeping. It is written into the run, so that an answer is kept also where a crash came between. */
const claimShape = z.strictObject({
  scope: z.string(),
  endUser: z.string(),
  depends: z.string(),
  questionHash: z.string(),
  question: z.string(),
  /** Of whoever is waited for; empty where nobody is. */
  flight: z.string(),
});
type Claim = z.output<typeof claimShape>;

const readClaim = (claim: string): Claim => claimShape.parse(JSON.parse(claim));

const flightsOf = new WeakMap<Database, Flights>();
const flightsIn = (database: Database): Flights => {
  const known = flightsOf.get(database) ?? new Flights();
  flightsOf.set(database, known);
  return known;
};

/** The answers that the steps of one run keep and may be given. */
export const cacheService = (
  database: Database,
  run: CacheRun & { readonly id: string },
  now: () => Date = () => new Date(),
): ProvidedCache => {
  const flights = flightsIn(database);
  const owner = ownerOf(run);
  const counted = (step: string) => ({ workspaceId: run.workspaceId, pipelineId: run.pipelineId, owner, step });
  const placeOf = ({ scope, depends }: Claim, { step = "" }: CacheCall): AnswerPlace => ({
    owner,
    step,
    scope,
    depends,
  });

  const find = async (asked: CacheQuestion, call: CacheCall) => {
    const { step = "", signal, user } = call;
    const whose = scopeOf(run, asked.scope, user);
    if (whose === null) return { kind: "aside", reason: "no-user" } as const;
    const depends = await dependsOn(database, run, asked);
    const questionHash = createHash("sha256").update(asked.form).digest("hex");
    const { scope, endUser } = whose;
    const place: AnswerPlace = { owner, step, scope, depends };
    const key = [owner, step, scope, depends, questionHash].join("|");
    const claimOf = (flight: string) =>
      ({
        kind: "none",
        claim: JSON.stringify({ scope, endUser, depends, questionHash, question: asked.question, flight }),
      }) as const;
    for (;;) {
      const waited = await flights.wait(key, signal);
      signal.throwIfAborted();
      if (waited === "alone") return claimOf("");
      const answer = await sameAnswer(database, place, questionHash, now());
      if (answer !== null) {
        await used(call, answer.id, answer.tookMs, answer.costMicroUsd);
        return { kind: "hit", answer, waited: waited === "kept" } as const;
      }
      if (waited === "kept") return claimOf("");
      signal.throwIfAborted();
      const flight = flights.begin(key);
      if (flight === null) continue;
      // Whoever goes, or waits for a person, is waited for no more.
      signal.addEventListener("abort", () => flights.end(flight, false), { once: true });
      return claimOf(flight);
    }
  };

  const used = async ({ step = "" }: CacheCall, id: string, savedMs: number, savedMicroUsd: number | null) => {
    await Promise.all([
      database.query(
        `UPDATE "CachedAnswer" SET "hits" = "hits" + 1, "usedAt" = $2::timestamptz AT TIME ZONE 'UTC' WHERE "id" = $1`,
        [id, now().toISOString()],
      ),
      countLookup(database, counted(step), { outcome: "hit", savedMs, savedMicroUsd }, now()),
    ]);
  };

  return {
    find,
    near: (claim, vector, model, call) => nearAnswers(database, placeOf(readClaim(claim), call), vector, model, now()),
    used: async (_, answer, call) => {
      const [row] = await database.query<{ tookMs: number; costMicroUsd: number | null }>(
        `SELECT "tookMs", "costMicroUsd" FROM "CachedAnswer" WHERE "id" = $1 AND "owner" = $2`,
        [answer, owner],
      );
      if (row !== undefined) await used(call, answer, row.tookMs, row.costMicroUsd);
    },
    keep: async ({ claim, ...answer }, call) => {
      const { flight, question, questionHash, ...place } = readClaim(claim);
      const { step = "" } = call;
      try {
        const { id: runId, workspaceId, pipelineId } = run;
        const kept = { ...answer, ...place, owner, step, question, questionHash, workspaceId, pipelineId, runId };
        await storeAnswer(database, kept, randomUUID(), now());
        flights.end(flight, true);
      } finally {
        flights.end(flight, false);
      }
    },
    release: (claim) => flights.end(readClaim(claim).flight, false),
    count: (outcome, { step = "" }) => countLookup(database, counted(step), { outcome }, now()),
  };
};

/** For runs that measure what steps do: nothing is given from memory, and nothing kept. */
export const noCache: ProvidedCache = {
  find: async () => ({ kind: "aside", reason: "measured" }),
  near: async () => [],
  used: async () => {},
  keep: async () => {},
  release: () => {},
  count: async () => {},
};
