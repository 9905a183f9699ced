import { describe, expect, it } from "vitest";
import { bodyPlaces, withBodyPlace } from "./body-places";
import { FairPlaces } from "./fair-places";

const large = new Headers({ "content-length": String(bodyPlaces.freeBytes + 1) });
const never = () => new Promise<string>(() => {});

describe("withBodyPlace", () => {
  it("lets one key read its share of large bodies, and leaves places to others", async () => {
    const places = new FairPlaces(9);
    const first = { workspaceId: "one", key: "a" };
    for (let held = 0; held < 3; held += 1) void withBodyPlace(first, large, never, places);
    await expect(withBodyPlace(first, large, never, places)).rejects.toMatchObject({ status: 429 });
    const chunked = new Headers();
    await expect(withBodyPlace(first, chunked, never, places)).rejects.toMatchObject({ status: 429 });
    const other = { workspaceId: "two", key: "b" };
    expect(await withBodyPlace(other, large, async () => "read", places)).toBe("read");
  });

  it("counts neither small bodies nor members, and gives each place back", async () => {
    const places = new FairPlaces(2);
    const holder = { workspaceId: "one", key: "a" };
    for (let read = 0; read < 5; read += 1) await withBodyPlace(holder, large, async () => "read", places);
    await withBodyPlace(holder, large, () => Promise.reject(new Error("broken")), places).catch(() => {});
    expect(places.taken).toBe(0);
    void withBodyPlace(holder, large, never, places);
    const small = new Headers({ "content-length": String(bodyPlaces.freeBytes) });
    expect(await withBodyPlace(holder, small, async () => "read", places)).toBe("read");
    expect(await withBodyPlace(null, large, async () => "read", places)).toBe("read");
  });
});
