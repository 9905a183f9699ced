import { setMaxListeners } from "node:events";
import { expect, it } from "vitest";
import { mostCodeWaiting } from "@/runtime/sandbox/code-threads";
import { codeService } from "./code-service";

const program = (code: string) => ({ code, inputs: {}, milliseconds: 60_000, megabytes: 16 });

it("lets no workspace take the sandbox from the others: it waits for its share, and theirs is left", async () => {
  const controller = new AbortController();
  setMaxListeners(0, controller.signal);
  const flood = Array.from({ length: mostCodeWaiting }, () =>
    codeService("flood").run(program("for (;;);"), controller.signal),
  );
  const ends = Promise.allSettled(flood);
  expect(await codeService("other").run(program("return 7;"), new AbortController().signal)).toMatchObject({
    value: 7,
  });
  controller.abort(new Error("enough"));
  const said = (await ends).map((end) => (end.status === "rejected" ? String(end.reason.message) : ""));
  const share = mostCodeWaiting / 3;
  expect(said.filter((message) => message === "enough")).toHaveLength(share);
  expect(said.filter((message) => message.includes("of this workspace wait"))).toHaveLength(mostCodeWaiting - share);
  expect(await codeService("flood").run(program("return 8;"), new AbortController().signal)).toMatchObject({
    value: 8,
  });
});
