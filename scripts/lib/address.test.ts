import { createServer } from "node:net";
import { describe, expect, it } from "vitest";
import { checkPort, freePort, isLoopback, localUrl } from "./address.mjs";

describe("the address of the app", () => {
  it("is refused with a way out when its port is taken", async () => {
    const server = createServer();
    const port = await new Promise<number>((resolve) => {
      server.listen(0, "127.0.0.1", () => {
        const address = server.address();
        resolve(typeof address === "object" && address ? address.port : 0);
      });
    });
    await expect(checkPort("127.0.0.1", port)).rejects.toThrow(
      new RegExp(`Port ${port} is in use.*--port ${port + 1}`, "s"),
    );
    await new Promise((resolve) => server.close(resolve));
    await expect(checkPort("127.0.0.1", port)).resolves.toBeUndefined();
  });

  it("is refused at once when no browser would open its port", async () => {
    await expect(checkPort("127.0.0.1", 4190)).rejects.toThrow(/Browsers refuse to open port 4190.*--port 3000/);
    await expect(fetch("http://127.0.0.1:4190")).rejects.toMatchObject({ cause: { message: "bad port" } });
  });

  it("is refused when this machine does not have it", async () => {
    await expect(checkPort("192.0.2.1", await freePort())).rejects.toThrow(/has no address "192\.0\.2\.1"/);
  });

  it("is written so that this machine reaches it", () => {
    expect(localUrl("0.0.0.0", 3000)).toBe("http://127.0.0.1:3000");
    expect(localUrl("::", 3000)).toBe("http://[::1]:3000");
    expect(localUrl("192.168.1.5", 80)).toBe("http://192.168.1.5:80");
  });

  it("is open to others unless it is a loopback one", () => {
    expect(["127.0.0.1", "127.8.0.1", "localhost", "::1"].map(isLoopback)).toEqual([true, true, true, true]);
    expect(["0.0.0.0", "::", "192.168.1.5"].map(isLoopback)).toEqual([false, false, false]);
  });
});
