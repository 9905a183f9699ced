import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createEgressDispatcher } from "@/server/platform/egress/egress-dispatcher";
import { describeObjectStore } from "./conformance";
import { startTestS3, type TestS3 } from "./s3-server";
import { readS3Settings } from "./s3-settings";
import { S3Store } from "./s3-store";

let s3: TestS3;
beforeAll(async () => {
  s3 = await startTestS3();
});
afterAll(() => s3.close());

describeObjectStore("objects in S3", async () => new S3Store(s3.settings));

describe("the S3 store", () => {
  it("is refused with a wrong secret, and says what the service said, without the secret", async () => {
    const store = new S3Store({ ...s3.settings, secretAccessKey: "wrong" });
    await expect(store.put("one/object", Buffer.from("x"))).rejects.toThrow("403 SignatureDoesNotMatch");
    await expect(store.get("one/object")).rejects.toThrow("could not read");
  });

  it("tries again while the service is busy, and gives up after three times", async () => {
    const store = new S3Store(s3.settings);
    s3.failNext(2);
    await store.put("busy/object", Buffer.from("x"));
    expect(s3.objects.get("busy/object")?.body.toString()).toBe("x");
    s3.failNext(3);
    await expect(store.get("busy/object")).rejects.toThrow("503 SlowDown");
  });

  it("never calls an address of cloud metadata", async () => {
    const store = new S3Store({ ...s3.settings, endpoint: "http://169.254.169.254" });
    await expect(store.stat("one/object")).rejects.toThrow("blocked");
  });

  it("goes only where its connections may go", async () => {
    const store = new S3Store(s3.settings, createEgressDispatcher({ mode: "public-only" }));
    await expect(store.stat("one/object")).rejects.toThrow("blocked");
  });
});

describe("the settings of S3", () => {
  const whole = {
    PIPEWRIGHT_S3_ENDPOINT: "https://s3.example.com/",
    PIPEWRIGHT_S3_BUCKET: "files",
    PIPEWRIGHT_S3_ACCESS_KEY_ID: "key",
    PIPEWRIGHT_S3_SECRET_ACCESS_KEY: "secret",
  };

  it("are absent where nothing is set, and read where all is", () => {
    expect(readS3Settings({})).toBeNull();
    expect(readS3Settings(whole)).toEqual({
      endpoint: "https://s3.example.com",
      bucket: "files",
      region: "us-east-1",
      accessKeyId: "key",
      secretAccessKey: "secret",
    });
  });

  it.each([
    ["half of them", { PIPEWRIGHT_S3_BUCKET: "files" }, "PIPEWRIGHT_S3_ENDPOINT"],
    ["a region alone", { PIPEWRIGHT_S3_REGION: "eu" }, "PIPEWRIGHT_S3_BUCKET"],
    ["an address that is none", { ...whole, PIPEWRIGHT_S3_ENDPOINT: "s3.example.com" }, "must be an address"],
    ["a bucket that is a path", { ...whole, PIPEWRIGHT_S3_BUCKET: "../files" }, "bucket"],
  ])("with %s stop the app", (_, environment, message) => {
    expect(() => readS3Settings(environment)).toThrow(message);
  });
});
