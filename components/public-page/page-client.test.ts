import { expect, it } from "vitest";
import { takeEvents } from "./page-client";

it("takes events as they come in pieces, and leaves the half of one", () => {
  const whole =
    'event: start\ndata: {"conversation":"c"}\n\n: still here\n\nevent: delta\ndata: {"output":"a","delta":"x\\n\\ny"}\n\nev';
  const { events, rest } = takeEvents(whole);
  expect(events).toEqual([
    { event: "start", conversation: "c" },
    { event: "delta", output: "a", delta: "x\n\ny" },
  ]);
  expect(rest).toBe("ev");
  let text = "";
  const heard: unknown[] = [];
  for (const letter of `${whole}ent: end\ndata: {"status":"empty","outputs":{}}\n\n`) {
    const taken = takeEvents(text + letter);
    text = taken.rest;
    heard.push(...taken.events);
  }
  expect(heard).toHaveLength(3);
  expect(text).toBe("");
});
