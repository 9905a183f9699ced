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
/** Enough of a container to be known as one, with the given tracks. */
const webm = (codecs: string) =>
  Buffer.concat([
    Buffer.from([0x1a, 0x45, 0xdf, 0xa3, 0x84, 0x42, 0x82, 0x84]),
    Buffer.from("webm"),
    Buffer.from([0x18, 0x53, 0x80, 0x67, 0x80]),
    Buffer.from(codecs),
    Buffer.alloc(100),
  ]);
const mp4 = (handler: string) =>
  Buffer.concat([Buffer.from([0, 0, 0, 20]), Buffer.from("ftypisom\0\0\0\0mp42"), Buffer.from(`moovhdlr${handler}`)]);

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
  ["voice.webm", webm("A_OPUS"), "audio/webm"],
  ["film.webm", webm("V_VP8 A_OPUS"), "video/webm"],
  ["voice.mp4", mp4("soun"), "audio/mp4"],
  ["film.mp4", mp4("soun vide"), "video/mp4"],
])("%s is found to be what it is", async (name, bytes, mediaType) => {
  expect(await find(name, bytes)).toEqual({ name, mediaType, claimed: null });
});

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
