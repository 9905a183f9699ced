import { setTimeout as wait } from "node:timers/promises";
import { fail, ok } from "@/runtime/graph/result";
import { badRequest } from "../errors";
import { serveFamily } from "./serve-family";

/** For the tests of `FamilyProcess`: a family that does what a test asks of it. */
const { greeting } = JSON.parse(process.argv[2] ?? "{}") as { greeting: string };

const { log } = serveFamily({
  greet: async (name) => ok(`${greeting}, ${name}`),
  size: async (bytes) => ok((bytes as Uint8Array).length),
  refuse: async () => fail(badRequest("not this")),
  throw: async () => Promise.reject(new Error("thrown")),
  crash: async () => process.exit(7),
  untilLeft: async (_input, signal) => {
    log("waiting");
    await wait(60_000, undefined, { signal });
    return ok("never");
  },
});
