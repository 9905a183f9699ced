import { readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { samples } from "./file-samples";
import { findMediaType } from "./media-type";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "pipewright-types-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const find = async (name: string, bytes: Uint8Array) => {
  const place = path.join(folder, "file");
  await writeFile(place, bytes);
  return findMediaType(place, name);
};
const utf16 = (text: string) => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, "utf16le")]);
/** 中文 in GBK. */
const gbk = Buffer.from([0xd6, 0xd0, 0xce, 0xc4, 0x2c, 0x31, 0x0a]);
const fixture = (name: string) => readFileSync(path.join(import.meta.dirname, "../../../model-server/fixtures", name));

it.each([
  ["notes.txt", Buffer.from("plain"), "text/plain"],
  ["中文.md", Buffer.from("# 标题"), "text/markdown"],
  ["rows.csv", gbk, "text/csv"],
  ["rows.csv", utf16("甲,1\n"), "text/csv"],
  ["rows.jsonl", Buffer.from("\ufeff{}\n{}"), "application/jsonl"],
  ["page.html", Buffer.from("<!-- x --><!DOCTYPE html><p>x"), "text/html"],
  ["program.py", Buffer.from("print(1)"), "text/plain"],
  ["latin.txt", Buffer.from("caf\xe9 cr\xe8me", "latin1"), "text/plain"],
  ["bytes", Buffer.from([0, 1, 2, 3, 4, 5, 6, 7]), "application/octet-stream"],
  ["drawing.svg", samples.svg(), "image/svg+xml"],
  ["photo.heic", samples.heic(), "image/heic"],
  ["voice.wav", samples.wav(), "audio/wav"],
  ["voice.webm", fixture("recorded-4s.webm"), "audio/webm"],
  ["voice.webm", fixture("good-morning.webm"), "audio/webm"],
  ["film.webm", fixture("film.webm"), "video/webm"],
  ["voice.mp4", fixture("recorded.mp4"), "audio/mp4"],
  ["voice.m4a", fixture("good-morning.m4a"), "audio/mp4"],
  ["voice.aac", fixture("english.aac"), "audio/aac"],
  ["film.mp4", fixture("film.mp4"), "video/mp4"],
])("%s is found to be what it is", async (name, bytes, mediaType) => {
  expect(await find(name, bytes)).toEqual({ name, mediaType, claimed: null });
});

it.each([15, 60, 600])(
  "a recording of %d seconds is sound, whatever letters its sound happens to hold",
  async (seconds) => {
    const recorded = fixture("recorded-4s.webm");
    const first = recorded.indexOf(Buffer.from([0x1f, 0x43, 0xb6, 0x75]));
    const clusters = Array.from({ length: Math.ceil(seconds / 4) }, () => recorded.subarray(first));
    const long = Buffer.concat([recorded.subarray(0, first), ...clusters]);
    expect(long.includes("V_")).toBe(true);
    expect(await find("recording.webm", long)).toMatchObject({ mediaType: "audio/webm" });
  },
);

it.each([
  ["report.pdf", () => samples.png(4, 4), { mediaType: "image/png", name: "report.png", claimed: "pdf" }],
  ["photo.jpg", () => samples.png(4, 4), { mediaType: "image/png", name: "photo.png", claimed: "jpg" }],
  ["photo.png", async () => samples.svg(), { mediaType: "image/svg+xml", name: "photo.svg", claimed: "png" }],
  ["photo.png", async () => Buffer.from("hello"), { mediaType: "text/plain", name: "photo.txt", claimed: "png" }],
  ["notes.txt", async () => samples.svg(), { mediaType: "image/svg+xml", name: "notes.svg", claimed: "txt" }],
  ["sound.mp3", async () => samples.wav(), { mediaType: "audio/wav", name: "sound.wav", claimed: "mp3" }],
])("%s that lies is called by its true name", async (name, make, expected) => {
  expect(await find(name, await make())).toEqual(expected);
});

it("a file without an extension gets the one that fits, and has not lied", async () => {
  expect(await find("photo", await samples.png(4, 4))).toEqual({
    mediaType: "image/png",
    name: "photo.png",
    claimed: null,
  });
});
