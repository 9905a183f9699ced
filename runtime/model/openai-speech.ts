import type { SoundFormat, SpeakReply, SpeakRequest } from "@/runtime/node/context";
import { speechLimits } from "@/runtime/node/maker-limits";
import { NodeFailure } from "@/runtime/node/node-failure";
import { isRecord } from "@/runtime/node/record";
import { type FailureContext, protocolFailure, streamedFailure } from "./endpoint-failure";
import { readSound } from "./made-bytes";
import { wavSoundBytes } from "./mend-wav";
import type { RawAnswer } from "./openai-transport";
import { parseJson } from "./parse-json";

/** The endings by which a sound of each format is known. */
const endings: Readonly<Record<SoundFormat, readonly string[]>> = {
  mp3: ["mp3"],
  wav: ["wav"],
  opus: ["opus", "ogg"],
  aac: ["aac", "m4a", "mp4"],
  flac: ["flac"],
};

/** POST /audio/speech, whose answer is the sound itself. */
export const speakText = async (
  request: SpeakRequest,
  context: FailureContext,
  send: (body: object) => Promise<RawAnswer>,
): Promise<SpeakReply> => {
  const { model, text, voice, format, speed = 1, instructions = "" } = request;
  if (text.length > speechLimits.characters) {
    throw new NodeFailure("value-too-large", `${text.length} characters are too many to be said at once.`, {
      hint: `Say at most ${speechLimits.characters}: split the text, and say the pieces one by one.`,
    });
  }
  const notes: string[] = [];
  let answer: RawAnswer;
  try {
    answer = await send({
      model,
      input: text,
      voice,
      response_format: format,
      ...(speed === 1 ? {} : { speed }),
      ...(instructions.trim() === "" ? {} : { instructions }),
    });
  } catch (error) {
    throw error instanceof NodeFailure && error.code === "model-rejected" ? speechRefusal(error) : error;
  }
  const { bytes } = answer;
  const nothing = () =>
    new NodeFailure("reply-empty", `The endpoint "${context.name}" sent no sound.`, {
      hint: "Try again; where it stays so, look at the server's log, and whether it knows the voice.",
    });
  if (bytes.byteLength === 0) throw nothing();
  const sound = await readSound(bytes);
  if (sound === null) throw noSound(answer, context);
  if (sound.extension === "wav" && wavSoundBytes(sound.bytes) === 0) throw nothing();
  if (!endings[format].includes(sound.extension))
    notes.push(`The server answered with ${sound.extension} where ${format} was asked for; it is kept as what it is.`);
  return { sound, notes, costMicroUsd: null };
};

/** Why an answer of a good status is no sound: an error in JSON, JSON, text, or samples without a header. */
const noSound = ({ bytes, type }: RawAnswer, context: FailureContext): NodeFailure => {
  const said =
    type.includes("json") || bytes[0] === 0x7b
      ? parseJson(Buffer.from(bytes.subarray(0, 65_536)).toString("utf8"))
      : undefined;
  if (isRecord(said) && (said.error !== undefined || said.detail !== undefined)) return streamedFailure(said, context);
  if (said !== undefined) return protocolFailure("sent JSON in place of sound", context);
  return new NodeFailure(
    "model-protocol",
    `The endpoint "${context.name}" sent what is no sound that can be played${type === "" ? "" : ` (${type.split(";")[0]?.slice(0, 100)})`}.`,
    { hint: "Choose another format: some servers send bare samples without a header, or know few formats." },
  );
};

const speechRefusal = (failure: NodeFailure): NodeFailure => {
  const said = failure.options.said ?? failure.message;
  const hint = /voice/i.test(said)
    ? "Choose a voice that the model knows; the server's answer or its documents name them."
    : /4096|too long|max_length|maximum length|at most \d+ char/i.test(said)
      ? "Say less at once: OpenAI's models take 4096 characters. Split the text, and say the pieces one by one in a map."
      : /response_format|format/i.test(said)
        ? "Choose another format: not every server can make each."
        : /\bspeed\b/i.test(said)
          ? "Set the speed to 1: not every model can speak faster or slower."
          : undefined;
  return hint === undefined ? failure : new NodeFailure(failure.code, failure.message, { ...failure.options, hint });
};
