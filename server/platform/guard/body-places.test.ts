import { describe, expect, it } from "vitest";
import { bodyPlaces, type Growth, withBodyPlace } from "./body-places";
import { readBounded } from "./bounded-body";
import { FairPlaces } from "./fair-places";

const large = bodyPlaces.freeBytes + 1;
const holder = { workspaceId: "one", key: "a" };
/** A body of so many bytes, which never ends where it is `open`. */
const body =
  (bytes: number, open = false) =>
  (grow: Growth) => {
    const stream = new ReadableStream<Uint8Array>({
      start: (controller) => {
        for (let sent = 0; sent < bytes; sent += 65_536)
          controller.enqueue(new Uint8Array(Math.min(65_536, bytes - sent)));
        if (!open) controller.close();
      },
    });
    const request = new Request("http://x/", { method: "POST", body: stream, ...{ duplex: "half" } });
    return readBounded(request, 10_000_000, grow);
  };
const untilTaken = async (places: FairPlaces, count: number) => {
  while (places.taken < count) await new Promise((resolve) => setImmediate(resolve));
};

describe("withBodyPlace", () => {
  it("lets one key read its share of large bodies, and leaves places to others", async () => {
    const places = new FairPlaces(9);
    for (let held = 0; held < 3; held += 1) void withBodyPlace(holder, body(large, true), places);
    await untilTaken(places, 3);
    await expect(withBodyPlace(holder, body(large), places)).rejects.toMatchObject({ status: 429 });
    expect(await withBodyPlace(holder, body(large - 1), places)).toHaveLength(large - 1);
    const other = { workspaceId: "two", key: "b" };
    expect(await withBodyPlace(other, body(large), places)).toHaveLength(large);
  });

  it("gives each place back, whatever became of the body", async () => {
    const places = new FairPlaces(2);
    for (let read = 0; read < 5; read += 1) await withBodyPlace(holder, body(large), places);
    await withBodyPlace(holder, body(10_000_001), places).catch(() => {});
    expect(places.taken).toBe(0);
  });
});
