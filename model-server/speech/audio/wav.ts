import { AudioError, type Sound } from "./sound";

const PCM = 1;
const FLOAT = 3;
const A_LAW = 6;
const MU_LAW = 7;
/** Kinds that are told by name, because telephones write them. */
const unread: Readonly<Record<number, string>> = {
  2: "ADPCM",
  17: "IMA ADPCM",
  49: "GSM 6.10",
  85: "MP3",
  255: "AAC",
};
const EXTENSIBLE = 0xfffe;
const FRAMES_A_PIECE = 1 << 15;

/** Whole numbers of 8 to 32 bits, floating point numbers, and the two laws of telephony (ITU-T G.711), in any number of channels. */
export function* readWav(bytes: Uint8Array): Generator<Sound> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let format: { kind: number; channels: number; sampleRate: number; bits: number } | undefined;
  let at = 12;
  while (at + 8 <= bytes.length) {
    const id = String.fromCharCode(...bytes.subarray(at, at + 4));
    const size = view.getUint32(at + 4, true);
    const start = at + 8;
    if (id === "fmt " && start + 16 <= bytes.length) {
      const kind = view.getUint16(start, true);
      format = {
        kind: kind === EXTENSIBLE && start + 26 <= bytes.length ? view.getUint16(start + 24, true) : kind,
        channels: view.getUint16(start + 2, true),
        sampleRate: view.getUint32(start + 4, true),
        bits: view.getUint16(start + 14, true),
      };
    } else if (id === "data") {
      if (!format) throw new AudioError("its sound comes before the description of it");
      // A recorder that was cut off leaves a size that is too large, or none.
      const end = Math.min(bytes.length, size === 0 ? bytes.length : start + size);
      yield* readSamples(view, start, end, format);
      return;
    }
    at = start + size + (size % 2);
  }
  throw new AudioError("it holds no sound");
}

function* readSamples(
  view: DataView,
  start: number,
  end: number,
  { kind, channels, sampleRate, bits }: { kind: number; channels: number; sampleRate: number; bits: number },
): Generator<Sound> {
  const read = sampleReader(view, kind, bits);
  if (channels < 1 || channels > 32 || sampleRate < 1000 || sampleRate > 768_000)
    throw new AudioError(`${channels} channels at ${sampleRate} samples a second are not read here`);
  const width = bits / 8;
  const frames = Math.floor((end - start) / (width * channels));
  for (let first = 0; first < frames; first += FRAMES_A_PIECE) {
    const count = Math.min(FRAMES_A_PIECE, frames - first);
    yield {
      sampleRate,
      channels: Array.from({ length: channels }, (_, channel) =>
        Float32Array.from({ length: count }, (_, frame) =>
          read(start + ((first + frame) * channels + channel) * width),
        ),
      ),
    };
  }
}

function sampleReader(view: DataView, kind: number, bits: number): (at: number) => number {
  if (kind === FLOAT && bits === 32) return (at) => view.getFloat32(at, true);
  if (kind === FLOAT && bits === 64) return (at) => view.getFloat64(at, true);
  if (kind === PCM && bits === 8) return (at) => (view.getUint8(at) - 128) / 128;
  if (kind === PCM && bits === 16) return (at) => view.getInt16(at, true) / 2 ** 15;
  if (kind === PCM && bits === 24) return (at) => (view.getUint16(at, true) + view.getInt8(at + 2) * 2 ** 16) / 2 ** 23;
  if (kind === PCM && bits === 32) return (at) => view.getInt32(at, true) / 2 ** 31;
  if (kind === A_LAW && bits === 8) return (at) => fromALaw(view.getUint8(at));
  if (kind === MU_LAW && bits === 8) return (at) => fromMuLaw(view.getUint8(at));
  throw new AudioError(
    `WAV of kind ${kind}${unread[kind] ? ` (${unread[kind]})` : ""} with ${bits} bits is not read here`,
  );
}

/** G.711, section 3.1: sign, three bits of segment, four of step; even bits are inverted on the line. */
function fromALaw(line: number): number {
  const code = line ^ 0x55;
  const segment = (code >> 4) & 7;
  const step = (code & 15) * 2 + 1;
  const magnitude = segment === 0 ? step : (step + 32) << (segment - 1);
  return ((code & 0x80) === 0 ? -magnitude : magnitude) / 2 ** 12;
}

/** G.711, section 3.2: likewise with a bias of 33, all bits inverted on the line. */
function fromMuLaw(line: number): number {
  const code = ~line & 0xff;
  const magnitude = ((((code & 15) << 1) + 33) << ((code >> 4) & 7)) - 33;
  return ((code & 0x80) === 0 ? magnitude : -magnitude) / 2 ** 13;
}
