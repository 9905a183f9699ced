import { AudioError } from "./sound";

/** Elements of the format that lead to the sound. */
const ids = {
  segment: 0x18538067,
  tracks: 0x1654ae6b,
  trackEntry: 0xae,
  trackNumber: 0xd7,
  codecId: 0x86,
  codecPrivate: 0x63a2,
  audio: 0xe1,
  channels: 0x9f,
  cluster: 0x1f43b675,
  blockGroup: 0xa0,
  block: 0xa1,
  simpleBlock: 0xa3,
} as const;
const containers: ReadonlySet<number> = new Set([
  ids.segment,
  ids.tracks,
  ids.trackEntry,
  ids.audio,
  ids.cluster,
  ids.blockGroup,
]);

export interface WebmTrack {
  readonly codec: string;
  readonly channels: number;
  /** Head of the codec's own stream. */
  readonly head: Uint8Array;
  readonly packets: readonly Uint8Array[];
}

interface Track {
  number: number;
  codec: string;
  channels: number;
  head: Uint8Array;
}

/** The first track of a WebM or Matroska file that a browser recorded sound into. Packets are stretches of the file, not copies. */
export function readWebm(bytes: Uint8Array): WebmTrack {
  const tracks: Track[] = [];
  const packets: { track: number; data: Uint8Array }[] = [];
  walk(bytes, 0, bytes.length, (id, data) => {
    const track = tracks.at(-1);
    switch (id) {
      case ids.trackEntry:
        tracks.push({ number: 0, codec: "", channels: 1, head: new Uint8Array() });
        break;
      case ids.trackNumber:
        if (track) track.number = whole(data);
        break;
      case ids.codecId:
        if (track) track.codec = new TextDecoder().decode(data).replace(/(?<!\0)\0+$/, "");
        break;
      case ids.codecPrivate:
        if (track) track.head = data;
        break;
      case ids.channels:
        if (track) track.channels = whole(data);
        break;
      case ids.block:
      case ids.simpleBlock: {
        const number = readSize(data, 0);
        // Track, two bytes of time, one of flags. Sound is never laced by browsers.
        if (number) packets.push({ track: number.value, data: data.subarray(number.next + 3) });
        break;
      }
    }
  });
  const sound = tracks.find(({ codec }) => codec.startsWith("A_"));
  if (!sound) throw new AudioError("it holds no sound");
  return { ...sound, packets: packets.filter(({ track }) => track === sound.number).map(({ data }) => data) };
}

/** Tells every element in order; goes into those that hold others. */
function walk(bytes: Uint8Array, from: number, to: number, tell: (id: number, data: Uint8Array) => void) {
  for (let at = from; at < to; ) {
    const id = readId(bytes, at);
    const size = id && readSize(bytes, id.next);
    if (!id || !size) return;
    // A live recording does not know its length when it begins: then it goes to the end.
    const end = size.unknown ? to : Math.min(to, size.next + size.value);
    tell(id.value, bytes.subarray(size.next, end));
    if (containers.has(id.value)) {
      walk(bytes, size.next, end, tell);
    }
    at = end;
  }
}

/** The leading zeros of the first byte say how many bytes follow. */
function lengthOf(bytes: Uint8Array, at: number, longest: number): number | undefined {
  const first = bytes[at];
  if (first === undefined || first === 0) return undefined;
  const length = Math.clz32(first) - 23;
  return length <= longest && at + length <= bytes.length ? length : undefined;
}

function readId(bytes: Uint8Array, at: number): { value: number; next: number } | undefined {
  const length = lengthOf(bytes, at, 4);
  return length === undefined ? undefined : { value: whole(bytes.subarray(at, at + length)), next: at + length };
}

function readSize(bytes: Uint8Array, at: number): { value: number; next: number; unknown: boolean } | undefined {
  const length = lengthOf(bytes, at, 8);
  if (length === undefined) return undefined;
  const mask = 2 ** (8 - length) - 1;
  const rest = bytes.subarray(at + 1, at + length);
  const first = (bytes[at] ?? 0) & mask;
  const unknown = first === mask && rest.every((byte) => byte === 0xff);
  return { value: rest.reduce((sum, byte) => sum * 256 + byte, first), next: at + length, unknown };
}

const whole = (data: Uint8Array) => data.reduce((sum, byte) => sum * 256 + byte, 0);
