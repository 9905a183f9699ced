import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { InputField } from "@/runtime/node/define-node";
import { mapEvent } from "./map-event";
import type { Scheme } from "./trigger.types";
import { verifyEvent } from "./verify-event";

const now = Date.parse("2026-12-01T00:00:00Z");
const seconds = String(now / 1_000);
const check = (scheme: Scheme, secret: string, body: string, headers: Record<string, string>, at = now) =>
  verifyEvent(scheme, { headers: new Headers(headers), body, secret, now: at });
const hex = (secret: string, text: string) => createHmac("sha256", secret).update(text).digest("hex");

describe("Standard Webhooks", () => {
  // The example of the specification (standard-webhooks/standard-webhooks, spec).
  const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  const body = '{"test": 2432232314}';
  const headers = {
    "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
    "webhook-timestamp": "1614265330",
    "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
  };
  const then = 1_614_265_330_000;
  it("takes the example of the specification, alone or among others, as while a secret is renewed", () => {
    expect(check("standard", secret, body, headers, then)).toEqual({ ok: true, value: headers["webhook-id"] });
    const several = `v1,AAAA v2,x ${headers["webhook-signature"]}`;
    expect(check("standard", secret, body, { ...headers, "webhook-signature": several }, then).ok).toBe(true);
  });
  it.each([
    ["another body", secret, '{"test":2432232314}', headers, then],
    ["another secret", "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", body, headers, then],
    ["another id", secret, body, { ...headers, "webhook-id": "msg_other" }, then],
    ["another time", secret, body, { ...headers, "webhook-timestamp": "1614265331" }, then],
    ["no signature", secret, body, { ...headers, "webhook-signature": "" }, then],
    [
      "another version",
      secret,
      body,
      { ...headers, "webhook-signature": headers["webhook-signature"].replace("v1", "v2") },
      then,
    ],
    ["no time", secret, body, { ...headers, "webhook-timestamp": "soon" }, then],
    ["replayed six minutes later", secret, body, headers, then + 360_000],
    ["from six minutes ahead", secret, body, headers, then - 360_000],
  ])("refuses %s", (_, key, text, sent, at) => {
    expect(check("standard", key, text, sent, at).ok).toBe(false);
  });
});

describe("GitHub", () => {
  // The example of docs.github.com, "Validating webhook deliveries".
  const secret = "It's a Secret to Everybody";
  const signature = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
  it("takes the example of its documentation, and knows the same delivery again under any id", () => {
    const one = check("github", secret, "Hello, World!", {
      "x-hub-signature-256": signature,
      "x-github-delivery": "1",
    });
    const again = check("github", secret, "Hello, World!", {
      "x-hub-signature-256": signature,
      "x-github-delivery": "2",
    });
    expect(one.ok).toBe(true);
    expect(again).toEqual(one);
  });
  it("counts the bytes as they came", () => {
    const text = '{"name": "Zoë 你好 \\u00e9"}';
    const headers = { "x-hub-signature-256": `sha256=${hex(secret, text)}` };
    expect(check("github", secret, text, headers).ok).toBe(true);
    expect(check("github", secret, JSON.stringify(JSON.parse(text)), headers).ok).toBe(false);
  });
  it.each([
    {},
    { "x-hub-signature-256": "" },
    { "x-hub-signature-256": signature.slice(7) },
    { "x-hub-signature": "sha1=0" },
  ])("refuses %j", (headers) => {
    expect(check("github", secret, "Hello, World!", headers as Record<string, string>).ok).toBe(false);
  });
});

describe("Stripe", () => {
  const secret = "whsec_stripe_secret_1";
  const body = '{"id":"evt_1","type":"charge.failed"}';
  const signed = (time = seconds, text = body) => `t=${time},v1=${hex(secret, `${time}.${text}`)}`;
  it("takes one of several signatures, and knows an event by its id under another time", () => {
    expect(check("stripe", secret, body, { "stripe-signature": signed() })).toEqual({ ok: true, value: "evt_1" });
    const later = String(now / 1_000 + 60);
    expect(check("stripe", secret, body, { "stripe-signature": signed(later) })).toEqual({ ok: true, value: "evt_1" });
    const several = `t=${seconds}, v0=abc, v1=${"0".repeat(64)}, ${signed().split(",")[1]}`;
    expect(check("stripe", secret, body, { "stripe-signature": several }).ok).toBe(true);
  });
  it.each([
    ["stale", signed(String(now / 1_000 - 301))],
    ["of two times", `${signed()},t=${seconds}`],
    ["without a time", signed().split(",")[1] ?? ""],
    ["of the test scheme alone", signed().replace("v1=", "v0=")],
    ["of another body", signed(seconds, '{"id":"evt_2"}')],
    ["of nothing", "t=,v1="],
    ["without end", `t=${seconds},${"v1=0,".repeat(10_000)}`],
  ])("refuses a signature that is %s", (_, signature) => {
    expect(check("stripe", secret, body, { "stripe-signature": signature }).ok).toBe(false);
  });
});

it("a shared secret is taken as a header or a bearer, and nothing like it", () => {
  const secret = "a-shared-secret-of-some-length";
  expect(check("header", secret, "", { "x-webhook-secret": secret, "webhook-id": "7" })).toEqual({
    ok: true,
    value: "7",
  });
  expect(check("header", secret, "", { authorization: `Bearer ${secret}` })).toEqual({ ok: true, value: null });
  for (const headers of [
    {},
    { "x-webhook-secret": "" },
    { "x-webhook-secret": `${secret}x` },
    { authorization: secret },
  ])
    expect(check("header", secret, "", headers as Record<string, string>).ok).toBe(false);
});

describe("what was sent becomes inputs", () => {
  const fields: readonly InputField[] = [
    { name: "title", title: "", kind: "text", required: true },
    { name: "count", title: "", kind: "number", required: false },
  ];
  const event = {
    title: "Own",
    count: 3,
    issue: { title: "Broken", labels: [{ name: "bug" }], body: null },
    constructor: { name: "x" },
  };
  it("by paths, through lists, and by names where there are none", () => {
    expect(mapEvent(fields, { title: "issue.labels.0.name" }, event)).toEqual({ ok: true, value: { title: "bug" } });
    expect(mapEvent(fields, { title: "issue" }, event)).toMatchObject({
      ok: true,
      value: { title: expect.stringContaining('"Broken"') },
    });
    expect(mapEvent(fields, {}, event)).toEqual({ ok: true, value: { title: "Own", count: 3 } });
    expect(mapEvent([fields[0] as InputField], {}, [1, 2])).toEqual({ ok: true, value: { title: "[\n  1,\n  2\n]" } });
  });
  it.each([
    "nothing.here",
    "issue.body",
    "issue.labels.1.name",
    "issue.labels.x",
    "__proto__",
    "title.length",
    "issue.toString",
  ])("finds nothing at %s, and says so", (path) => {
    expect(mapEvent(fields, { title: path }, { ...event, title: "Own" }).ok).toBe(false);
  });
});
