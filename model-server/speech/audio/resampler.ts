import { type Sound, SPEECH_RATE } from "./sound";

/** Zero crossings of the filter on each side: more is sharper and slower. */
const CROSSINGS = 12;

/** Mixes to one channel and changes the rate to that of speech models, piece by piece, without seams. */
export class Resampler {
  /** The input's samples that later output still looks at. */
  #held = new Float32Array();
  /** Where the next output sample is, in input samples from the first one held. */
  #position = 0;
  #rate = 0;
  #kernels: Float32Array[] = [];
  #reach = 0;
  #phases = 1;

  push({ channels, sampleRate }: Sound): Float32Array {
    if (sampleRate !== this.#rate) this.#begin(sampleRate);
    const mono = mix(channels);
    if (sampleRate === SPEECH_RATE) return mono;
    const input = new Float32Array(this.#held.length + mono.length);
    input.set(this.#held);
    input.set(mono, this.#held.length);
    const step = sampleRate / SPEECH_RATE;
    const output: number[] = [];
    while (this.#position + this.#reach < input.length) {
      output.push(this.#sample(input, this.#position));
      this.#position += step;
    }
    const done = Math.max(0, Math.floor(this.#position) - this.#reach);
    this.#held = input.slice(done);
    this.#position -= done;
    return Float32Array.from(output);
  }

  #begin(rate: number) {
    this.#rate = rate;
    this.#held = new Float32Array();
    this.#position = 0;
    // Below both rates' halves: what speech models cannot hear would come back as noise.
    const cutoff = Math.min(1, SPEECH_RATE / rate);
    this.#reach = Math.ceil(CROSSINGS / cutoff);
    this.#phases = SPEECH_RATE / greatestDivisor(rate, SPEECH_RATE);
    this.#kernels = Array.from({ length: this.#phases }, (_, phase) => {
      const shift = phase / this.#phases;
      const kernel = Float32Array.from({ length: 2 * this.#reach + 1 }, (_, tap) =>
        filter(tap - this.#reach - shift, cutoff, this.#reach + 1),
      );
      const sum = kernel.reduce((total, value) => total + value, 0);
      return kernel.map((value) => value / sum);
    });
  }

  #sample(input: Float32Array, position: number): number {
    const place = Math.round(position * this.#phases);
    const phase = place % this.#phases;
    const whole = (place - phase) / this.#phases;
    const kernel = this.#kernels[phase] ?? new Float32Array();
    const from = whole - this.#reach;
    let sum = 0;
    for (let tap = 0; tap < kernel.length; tap++) sum += (input[from + tap] ?? 0) * (kernel[tap] ?? 0);
    return sum;
  }
}

function mix(channels: readonly Float32Array[]): Float32Array {
  const [first = new Float32Array(), ...others] = channels;
  if (others.length === 0) return first;
  return first.map((value, index) => others.reduce((sum, one) => sum + (one[index] ?? 0), value) / channels.length);
}

/** A sinc under a Hann window. */
function filter(distance: number, cutoff: number, reach: number): number {
  if (Math.abs(distance) >= reach) return 0;
  const angle = Math.PI * distance * cutoff;
  const sinc = angle === 0 ? 1 : Math.sin(angle) / angle;
  return sinc * (0.5 + 0.5 * Math.cos((Math.PI * distance) / reach));
}

const greatestDivisor = (one: number, other: number): number =>
  other === 0 ? one : greatestDivisor(other, one % other);
