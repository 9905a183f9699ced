import { describe, expect, test } from "vitest";
import {
  createUploadQueue,
  type StoredUpload,
  type UploadActions,
  type UploadProblem,
  uploadLimits,
} from "./upload-queue";

const file = (name: string, folder = "") => ({ file: new File(["text"], name), folder });
const settle = () => new Promise((resolve) => setImmediate(resolve));

/** Every file that is sent waits until the test lets it go. */
const build = (options: { readonly duplicates?: readonly string[]; readonly refuses?: UploadProblem } = {}) => {
  const sending = new Map<string, (answer: { fileId: string } | UploadProblem) => void>();
  const added: (readonly StoredUpload[])[] = [];
  const actions: UploadActions = {
    check: ({ file: { name } }) => (name.endsWith(".exe") ? { code: "unsupported-type" } : null),
    send: ({ file: { name } }, { signal }) =>
      new Promise((resolve, reject) => {
        sending.set(name, (answer) => {
          sending.delete(name);
          resolve(answer);
        });
        signal.addEventListener("abort", () => {
          sending.delete(name);
          reject(signal.reason);
        });
      }),
    add: async (files) => {
      added.push(files);
      return options.refuses ?? { duplicates: options.duplicates ?? [] };
    },
  };
  const queue = createUploadQueue(actions);
  const finish = async (name: string, answer?: UploadProblem) => {
    sending.get(name)?.(answer ?? { fileId: `file_${name}` });
    await settle();
  };
  const states = () => Object.fromEntries(queue.store.getState().uploads.map(({ name, state }) => [name, state]));
  return { queue, sending, added, finish, states };
};

describe("the upload queue", () => {
  test("sends a few at a time and adds them together once all have come", async () => {
    const { queue, sending, added, finish, states } = build();
    const names = ["a.txt", "b.txt", "c.txt", "d.txt"];
    queue.push(names.map((name) => file(name, "manuals")));
    expect(sending.size).toBe(uploadLimits.sendingAtOnce);
    await finish("a.txt");
    expect(states()).toEqual({ "a.txt": "adding", "b.txt": "sending", "c.txt": "sending", "d.txt": "sending" });
    for (const name of names.slice(1)) await finish(name);
    expect(added.map((batch) => batch.map(({ name }) => name))).toEqual([names]);
    expect(added[0]?.[0]).toMatchObject({ fileId: "file_a.txt", folder: "manuals" });
    expect(queue.store.getState().uploads).toEqual([]);
  });

  test("a file that was stopped is not added, and the next takes its place", async () => {
    const { queue, sending, added, finish, states } = build();
    queue.push(["a.txt", "b.txt", "c.txt", "d.txt"].map((name) => file(name)));
    queue.remove(queue.store.getState().uploads[1]?.id ?? 0);
    await settle();
    expect([...sending.keys()]).toEqual(["a.txt", "c.txt", "d.txt"]);
    for (const name of ["a.txt", "c.txt", "d.txt"]) await finish(name);
    expect(added.flat().map(({ name }) => name)).toEqual(["a.txt", "c.txt", "d.txt"]);
    expect(states()).toEqual({});
  });

  test("tells duplicates, one line for each of several of the same name", async () => {
    const { queue, finish, states } = build({ duplicates: ["a.txt"] });
    queue.push([file("a.txt"), file("b.txt")]);
    await finish("a.txt");
    await finish("b.txt");
    expect(states()).toEqual({ "a.txt": "duplicate" });
  });

  test("what the app refuses stays with the reason and can be sent again", async () => {
    const { queue, finish, states, added } = build();
    queue.push([file("a.txt")]);
    await finish("a.txt", { code: "storage-full", message: "There is no room." });
    const [upload] = queue.store.getState().uploads;
    expect(upload).toMatchObject({ state: "failed", problem: { code: "storage-full", message: "There is no room." } });
    queue.retry(upload?.id ?? 0);
    expect(states()).toEqual({ "a.txt": "sending" });
    await finish("a.txt");
    expect(added).toHaveLength(1);
  });

  test("a base that refuses the batch marks each of its files", async () => {
    const { queue, finish, states } = build({ refuses: { code: "limit-reached" } });
    queue.push([file("a.txt"), file("b.txt")]);
    await finish("a.txt");
    await finish("b.txt");
    expect(states()).toEqual({ "a.txt": "failed", "b.txt": "failed" });
  });

  test("what cannot be read is not sent", () => {
    const { queue, sending, states } = build();
    queue.push([file("a.exe")]);
    expect(sending.size).toBe(0);
    expect(states()).toEqual({ "a.exe": "failed" });
  });

  test("takes no more than its bound and says how many it left out", () => {
    const { queue } = build();
    const left = queue.push(Array.from({ length: uploadLimits.files + 3 }, (_, index) => file(`${index}.txt`)));
    expect(left).toBe(3);
    expect(queue.store.getState().uploads).toHaveLength(uploadLimits.files);
  });

  test("clearing stops everything", async () => {
    const { queue, sending, added } = build();
    queue.push(["a.txt", "b.txt", "c.txt", "d.txt", "e.txt"].map((name) => file(name)));
    queue.clear();
    await settle();
    expect(sending.size).toBe(0);
    expect(added).toEqual([]);
    expect(queue.store.getState().uploads).toEqual([]);
  });
});
