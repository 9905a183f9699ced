import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { Result } from "@/runtime/graph/result";
import type { EndpointError } from "../errors";
import type { FamilyAnswer, FamilyCall } from "./protocol";

export type FamilyOperation = (input: unknown, signal: AbortSignal) => Promise<Result<unknown, EndpointError>>;

/** How long there has to be no work before garbage is looked for. */
const RESTS_AFTER_MS = 1_000;

/** V8 does not count what pictures, sounds and tensors hold outside its heap: it would leave them until much more has come. */
const collectGarbage = (): (() => void) => {
  setFlagsFromString("--expose-gc");
  return runInNewContext("gc") as () => void;
};

/** Runs in the process of a family of models: answers calls until the server goes away. */
export function serveFamily(operations: Readonly<Record<string, FamilyOperation>>) {
  const running = new Map<number, AbortController>();
  const collect = collectGarbage();
  let rest: NodeJS.Timeout | undefined;
  const send = (answer: FamilyAnswer) => process.send?.(answer);

  async function answer({ id, operation, input }: FamilyCall & { type: "call" }) {
    const caller = new AbortController();
    clearTimeout(rest);
    running.set(id, caller);
    try {
      const work = operations[operation];
      if (!work) throw new Error(`there is no operation ${operation}`);
      const result = await work(input, caller.signal);
      send({ type: "answer", id, result, residentBytes: process.memoryUsage.rss() });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      send({ type: "failure", id, message, residentBytes: process.memoryUsage.rss() });
    } finally {
      running.delete(id);
      if (running.size === 0) rest = setTimeout(collect, RESTS_AFTER_MS);
    }
  }

  process.on("message", (call: FamilyCall) => {
    if (call.type === "call") void answer(call);
    else running.get(call.id)?.abort(new Error("the client left"));
  });
  process.on("disconnect", () => process.exit(0));
  return { log: (line: string) => send({ type: "log", line }) };
}
