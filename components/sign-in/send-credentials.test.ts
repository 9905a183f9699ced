import { expect, test } from "vitest";
import { sendCredentials } from "./send-credentials";

const answering = (status: number) => async () => new Response("{}", { status });

test.each([
  [200, "signed-in"],
  [401, "wrong"],
  [400, "wrong"],
  [429, "too-many"],
  [500, "broken"],
] as const)("an answer of %d is %s", async (status, expected) => {
  expect(await sendCredentials({ email: "a@b.c", password: "x" }, answering(status))).toMatchObject({
    answer: expected,
  });
});

test("no answer is offline", async () => {
  const refused = async () => {
    throw new TypeError("fetch failed");
  };
  expect(await sendCredentials({ email: "a@b.c", password: "x" }, refused)).toMatchObject({ answer: "offline" });
});

test("a wait is as long as the server says", async () => {
  const waiting = async () => new Response("{}", { status: 429, headers: { "retry-after": "240" } });
  expect(await sendCredentials({ email: "a@b.c", password: "x" }, waiting)).toEqual({
    answer: "too-many",
    waitSeconds: 240,
  });
});

test("a right password may not be all; what follows it goes to another place", async () => {
  const asked: string[] = [];
  const fetcher = async (address: unknown) => {
    asked.push(String(address));
    return Response.json(asked.length === 1 ? { ok: false, secondFactor: true } : { ok: true });
  };
  expect(await sendCredentials({ email: "a@b.c", password: "x" }, fetcher)).toMatchObject({ answer: "second-factor" });
  expect(await sendCredentials({ code: "123456" }, fetcher)).toMatchObject({ answer: "signed-in" });
  expect(asked).toEqual(["/api/auth/sign-in/email", "/api/auth/two-factor/verify"]);
});
