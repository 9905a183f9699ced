import { FLACDecoder } from "@wasm-audio-decoders/flac";
import { OggVorbisDecoder } from "@wasm-audio-decoders/ogg-vorbis";
import CodecParser, { type CodecFrame, type OggPage } from "codec-parser";
import { MPEGDecoder } from "mpg123-decoder";
import { OpusDecoder } from "opus-decoder";
import { readAdts, readM4a } from "./m4a";
import { AudioError, parts, type Sound, type SoundPieces } from "./sound";
import { readWav } from "./wav";
import { readWebm } from "./webm";

export const READABLE = "WAV, MP3, M4A and AAC, OGG (Opus, Vorbis), FLAC and WebM (Opus)";

/** Kinds that are told by name, because telephones and old recorders write them. */
const unread: readonly (readonly [mark: RegExp, name: string])[] = [
  [/^#!AMR/, "AMR"],
  [/^FORM....AIF/s, "AIFF"],
  [/^\.snd/, "AU"],
  [/^caff/, "CAF"],
  [/^\x30\x26\xb2\x75/, "WMA"],
  [/^\.RMF/, "RealAudio"],
  [/^.?#!SILK/s, "SILK"],
];

/** Decodes a recording by what it is, not by its name. Throws an `AudioError` for what it is not. */
export function openSound(bytes: Uint8Array): SoundPieces {
  const text = (from: number, to: number) => Buffer.from(bytes.subarray(from, to)).toString("latin1");
  if (/^(RIFF|RF64)$/.test(text(0, 4)) && text(8, 12) === "WAVE") return readWav(bytes);
  if (text(0, 4) === "fLaC") return decoded(bytes, new FLACDecoder());
  if (text(0, 4) === "OggS") {
    const head = text(0, 512);
    if (head.includes("OpusHead")) return oggOpus(bytes);
    if (head.includes("\u0001vorbis")) return decoded(bytes, new OggVorbisDecoder());
    throw new AudioError("its OGG stream is neither Opus nor Vorbis");
  }
  if (text(0, 4) === "\u001aE\u00df\u00a3") return webmOpus(bytes);
  if (text(4, 8) === "ftyp") return readM4a(bytes);
  // AAC without a container has 12 bits set and layer 0; MP3 has 11 and another layer, or begins with a tag.
  const [first = 0, second = 0] = bytes;
  if (first === 0xff && (second & 0xf6) === 0xf0) return readAdts(bytes);
  if (text(0, 3) === "ID3" || (first === 0xff && (second & 0xe0) === 0xe0)) return decoded(bytes, new MPEGDecoder());
  const name = unread.find(([mark]) => mark.test(text(0, 16)))?.[1];
  throw new AudioError(
    name === undefined ? "it is of no kind that is known here" : `it is ${name}, which is not read here`,
  );
}

interface Decoder {
  readonly ready: Promise<void>;
  decode(part: Uint8Array): Decoded | Promise<Decoded>;
  flush?(): Promise<Decoded>;
  free(): void;
}
interface Decoded {
  readonly channelData: readonly Float32Array[];
  readonly samplesDecoded: number;
  readonly sampleRate: number;
}

async function* decoded(bytes: Uint8Array, decoder: Decoder): AsyncGenerator<Sound> {
  try {
    await decoder.ready;
    for (const part of parts(bytes)) {
      const piece = await decoder.decode(part);
      if (piece.samplesDecoded > 0) yield { channels: piece.channelData, sampleRate: piece.sampleRate };
    }
    const rest = await decoder.flush?.();
    if (rest && rest.samplesDecoded > 0) yield { channels: rest.channelData, sampleRate: rest.sampleRate };
  } finally {
    decoder.free();
  }
}

function* oggPackets(bytes: Uint8Array): Generator<Uint8Array> {
  const parser = new CodecParser("application/ogg", { enableLogging: false });
  for (const part of parts(bytes)) yield* packetsOf(parser.parseChunk(part));
  yield* packetsOf(parser.flush());
}

/** The parser's types say less than it gives: what it calls an iterator is a generator. */
function* packetsOf(pages: Iterator<CodecFrame | OggPage>): Generator<Uint8Array> {
  for (let page = pages.next(); !page.done; page = pages.next())
    if ("codecFrames" in page.value) for (const frame of page.value.codecFrames) yield frame.data;
}

async function* oggOpus(bytes: Uint8Array): AsyncGenerator<Sound> {
  const head = Buffer.from(bytes.subarray(0, 512));
  const channels = head[head.indexOf("OpusHead") + 9] ?? 1;
  yield* opus(oggPackets(bytes), channels);
}

async function* webmOpus(bytes: Uint8Array): AsyncGenerator<Sound> {
  const { codec, channels, packets } = readWebm(bytes);
  if (codec !== "A_OPUS") throw new AudioError(`its sound is ${codec}, not Opus`);
  yield* opus(packets, channels);
}

const PACKETS_A_PIECE = 250;

/** More than two channels are laid out in ways that speech never is. */
async function* opus(packets: Iterable<Uint8Array>, channels: number): AsyncGenerator<Sound> {
  if (channels > 2) throw new AudioError(`it has ${channels} channels; one or two are read here`);
  const decoder = new OpusDecoder({ channels });
  try {
    await decoder.ready;
    let waiting: Uint8Array[] = [];
    const piece = (): Sound => {
      const { channelData, sampleRate } = decoder.decodeFrames(waiting);
      waiting = [];
      return { channels: channelData, sampleRate };
    };
    for (const packet of packets) {
      waiting.push(packet);
      if (waiting.length >= PACKETS_A_PIECE) yield piece();
    }
    if (waiting.length > 0) yield piece();
  } finally {
    decoder.free();
  }
}
