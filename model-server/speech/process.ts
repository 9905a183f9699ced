import { readFile } from "node:fs/promises";
import path from "node:path";
import { serveFamily } from "../family/serve-family";
import { decodeSpeech } from "./audio/decode-speech";
import { transcribe } from "./transcribe";
import { VoiceActivity } from "./voice-activity";
import { Whisper } from "./whisper";

export interface SpeechSettings {
  /** Folder that holds all models, and this one's folder inside it. */
  readonly modelsFolder: string;
  readonly name: string;
  readonly threads: number;
  readonly mostSeconds: number;
}

export interface TranscribeInput {
  /** Where the recording lies. It stays there. */
  readonly file: string;
  readonly language: string | undefined;
  readonly prompt: string | undefined;
}

const { modelsFolder, name, threads, mostSeconds } = JSON.parse(process.argv[2] ?? "{}") as SpeechSettings;
let listening: Promise<VoiceActivity> | undefined;
let writing: Promise<Whisper> | undefined;
const models = {
  voiceActivity: () => {
    listening ??= VoiceActivity.load(path.join(modelsFolder, name, "voice_activity.onnx"));
    return listening;
  },
  whisper: () => {
    writing ??= Whisper.load({ modelsFolder: `${modelsFolder}${path.sep}`, name, threads });
    return writing;
  },
};

serveFamily({
  transcribe: async (input, signal) => {
    const { file, language, prompt } = input as TranscribeInput;
    const speech = await decodeSpeech(await readFile(file), mostSeconds, signal);
    return speech.ok ? transcribe(speech.value, { language, prompt, signal }, models) : speech;
  },
});
