import { setImmediate as nextTurn } from "node:timers/promises";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { sessionOptions } from "../onnx-session";
import type { Speech } from "./audio/decode-speech";
import { SPEECH_RATE } from "./audio/sound";
import { FRAME, type Stretch, voicedStretches } from "./voiced-stretches";

/** Samples before each frame that the model looks at again. */
const CONTEXT = 64;
const FRAMES_A_TURN = 200;

/** Tells speech from silence and noise (Silero VAD v5). */
export class VoiceActivity {
  readonly #session: InferenceSession;

  private constructor(session: InferenceSession) {
    this.#session = session;
  }

  static async load(file: string): Promise<VoiceActivity> {
    return new VoiceActivity(await InferenceSession.create(file, await sessionOptions(1)));
  }

  /** Stretches in which somebody speaks, in samples. Rejects with the signal's reason when the caller has gone. */
  async find(speech: Speech, signal: AbortSignal): Promise<Stretch[]> {
    const rate = new Tensor("int64", BigInt64Array.from([BigInt(SPEECH_RATE)]), []);
    let state = new Tensor("float32", new Float32Array(2 * 128), [2, 1, 128]);
    const probabilities: number[] = [];
    const input = new Float32Array(CONTEXT + FRAME);
    for (let start = 0; start < speech.length; start += FRAME) {
      if (probabilities.length % FRAMES_A_TURN === 0) await nextTurn();
      signal.throwIfAborted();
      for (let at = -CONTEXT; at < FRAME; at++) input[CONTEXT + at] = (speech[start + at] ?? 0) / 32_768;
      const { output, stateN } = await this.#session.run({
        input: new Tensor("float32", input, [1, input.length]),
        state,
        sr: rate,
      });
      probabilities.push(Number(output?.data[0] ?? 0));
      if (stateN) state = stateN as typeof state;
    }
    return voicedStretches(probabilities, speech.length);
  }
}
