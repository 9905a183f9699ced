import { describe, expect, it } from "vitest";
import { cacheLimits } from "@/runtime/capability/cache/limits";
import { Flights } from "./flights";

const never = new AbortController().signal;
const begun = (flights: Flights, key: string): string => {
  const id = flights.begin(key);
  if (id === null) throw new Error("somebody has it");
  return id;
};

describe("a question under way", () => {
  it("is had by one, and those who wait hear that its answer is kept", async () => {
    const flights = new Flights();
    const id = begun(flights, "a");
    expect(flights.begin("a")).toBeNull();
    const waiting = [flights.wait("a", never), flights.wait("a", never)];
    flights.end(id, true);
    expect(await Promise.all(waiting)).toEqual(["kept", "kept"]);
    expect(await flights.wait("a", never)).toBe("free");
  });

  it("that comes to nothing lets all who wait go at once, each for itself: none waits for another", async () => {
    const flights = new Flights();
    const id = begun(flights, "a");
    const waiting = Array.from({ length: 100 }, () => flights.wait("a", never));
    flights.end(id, false);
    expect(new Set(await Promise.all(waiting))).toEqual(new Set(["alone"]));
  });

  it("is ended by its own id alone, once", async () => {
    const flights = new Flights();
    const first = begun(flights, "a");
    flights.end(first, false);
    const second = begun(flights, "a");
    flights.end(first, false);
    flights.end("unknown", true);
    const waiting = flights.wait("a", never);
    flights.end(second, true);
    expect(await waiting).toBe("kept");
  });

  it("is not waited for by whoever was cancelled, before or meanwhile", async () => {
    const flights = new Flights();
    begun(flights, "a");
    const controller = new AbortController();
    const waiting = flights.wait("a", controller.signal);
    controller.abort();
    expect([await waiting, await flights.wait("a", controller.signal)]).toEqual(["alone", "alone"]);
  });

  it("is waited for by so many", async () => {
    const flights = new Flights();
    const id = begun(flights, "a");
    const waiting = Array.from({ length: cacheLimits.waiting }, () => flights.wait("a", never));
    expect(await flights.wait("a", never)).toBe("alone");
    flights.end(id, true);
    await Promise.all(waiting);
  });
});
