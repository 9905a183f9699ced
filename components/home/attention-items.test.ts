import { describe, expect, test } from "vitest";
import { attentionItems } from "./attention-items";

const now = new Date("2026-06-10T12:00:00Z");
const quiet = { pipelines: [], endpoints: [], models: { defaults: { chat: "local/tiny" } } };
const endpoint = (states: ("up" | "down" | "unknown")[], more: object = {}) => ({
  name: "GPU",
  embedded: false,
  enabled: true,
  replicas: states.map((state) => ({ health: { state } })),
  ...more,
});
const failed = (at: string, name = "Triage") => ({
  name,
  lastRun: { id: "r1", status: "failure", startedAt: new Date(at) },
});

describe("attentionItems", () => {
  test("is empty when all is well", () => {
    expect(attentionItems(quiet, now)).toEqual([]);
  });

  test("says nothing of what is not known yet", () => {
    expect(attentionItems({ ...quiet, models: null, endpoints: [endpoint(["unknown"])] }, now)).toEqual([]);
  });

  test("names an endpoint with a replica down, and how many", () => {
    expect(attentionItems({ ...quiet, endpoints: [endpoint(["up", "down", "down"])] }, now)).toEqual([
      { kind: "endpoint-down", name: "GPU", replicas: 2, of: 3 },
    ]);
  });

  test("says that the shipped endpoint is not running when it has no server", () => {
    expect(attentionItems({ ...quiet, endpoints: [endpoint([], { embedded: true, name: "Local" })] }, now)).toEqual([
      { kind: "embedded-down", name: "Local" },
    ]);
  });

  test("leaves a disabled endpoint alone", () => {
    expect(attentionItems({ ...quiet, endpoints: [endpoint(["down"], { enabled: false })] }, now)).toEqual([]);
  });

  test("puts the missing model first, then endpoints, then runs", () => {
    const items = attentionItems(
      {
        pipelines: [failed("2026-06-10T11:00:00Z")],
        endpoints: [endpoint(["down"], { embedded: true, name: "Local" })],
        models: { defaults: { chat: null } },
      },
      now,
    );
    expect(items.map((item) => item.kind)).toEqual(["no-chat-model", "embedded-down", "run-failed"]);
  });

  test("forgets a failure after a week", () => {
    expect(attentionItems({ ...quiet, pipelines: [failed("2026-06-01T11:00:00Z")] }, now)).toEqual([]);
  });

  test("shows five at most", () => {
    const pipelines = Array.from({ length: 30 }, (_, index) => failed("2026-06-10T11:00:00Z", `p${index}`));
    expect(attentionItems({ ...quiet, pipelines }, now)).toHaveLength(5);
  });
});
