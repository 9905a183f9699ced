import { expect, test } from "vitest";
import { endpointState } from "./endpoint-state";

const endpoint = (states: ("up" | "down" | "unknown")[], enabled = true) => ({
  enabled,
  replicas: states.map((state) => ({ health: { state } })),
});

test.each([
  [endpoint(["up", "up"]), { kind: "up" }],
  [endpoint(["up", "unknown"]), { kind: "up" }],
  [endpoint(["up", "down", "down"]), { kind: "partly", down: 2, of: 3 }],
  [endpoint(["down", "unknown"]), { kind: "partly", down: 1, of: 2 }],
  [endpoint(["down"]), { kind: "down" }],
  [endpoint(["unknown"]), { kind: "unknown" }],
  [endpoint([]), { kind: "unknown" }],
  [endpoint(["down"], false), { kind: "off" }],
  [{ ...endpoint([]), embedded: true }, { kind: "stopped" }],
  [{ ...endpoint(["up"]), embedded: true }, { kind: "up" }],
])("%j is %j", (given, state) => {
  expect(endpointState(given)).toEqual(state);
});
