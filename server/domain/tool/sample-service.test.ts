import { expect, it } from "vitest";
import type { HttpFetch } from "@/runtime/model/http-fetch";
import { isSample, sampleFetch, sampleHost } from "./sample-service";
import { wayTo } from "./tool-hosts";

const asked: { url: string; headers: unknown }[] = [];
const fetch: HttpFetch = async (url, { headers }) => {
  asked.push({ url, headers });
  return { status: 200 } as never;
};
const address = { bind: "127.0.0.1", port: 4321, publicUrl: null, machine: "m" };
const ask = async (path: string, more: object = {}, at: Partial<typeof address> = {}) => {
  const request = { method: "GET", headers: {}, signal: new AbortController().signal, ...more };
  await sampleFetch(fetch, { ...address, ...at })(new URL(path, `http://${sampleHost}`).href, request as never);
  return asked.at(-1);
};

it("leads to the samples of this app, and to nothing else of it", async () => {
  expect((await ask("/accounts/1?language=zh"))?.url).toBe("http://127.0.0.1:4321/api/samples/accounts/1?language=zh");
  for (const path of ["/../v1/files", "/..%2fv1", "/%2e%2e/v1/files", "//evil.example/x", "/accounts/../../v1"])
    expect((await ask(path))?.url).toMatch(/^http:\/\/127\.0\.0\.1:4321\/api\/samples\//);
  expect((await ask("/health", {}, { bind: "0.0.0.0" }))?.url).toContain("http://127.0.0.1:4321/");
  expect((await ask("/health", {}, { bind: "::1" }))?.url).toContain("http://[::1]:4321/");
});

it("reads only, and takes nothing along that was meant for another service", async () => {
  for (const method of ["POST", "PUT", "DELETE", "PATCH"])
    await expect(ask("/health", { method })).rejects.toThrow("only be read");
  const sent = await ask("/health", { headers: { cookie: "a=b", authorization: "Bearer pw_x", accept: "text/plain" } });
  expect(sent?.headers).toEqual({ accept: "text/plain" });
});

it("is no way to this machine: the same app under its own address stays blocked, and a name like it is nobody", () => {
  expect(isSample(new URL(`https://${sampleHost}/health`))).toBe(true);
  for (const name of [`x.${sampleHost}`, `${sampleHost}.evil.example`, "pipewright.internal"])
    expect(isSample(new URL(`http://${name}/`))).toBe(false);
  expect(wayTo(new URL(`http://${sampleHost}/`), ["only.example"])).not.toBe(
    wayTo(new URL("http://only.example/"), ["only.example"]),
  );
  expect(() => wayTo(new URL("http://127.0.0.1:3000/"), ["only.example"])).toThrow("does not let steps call");
});
