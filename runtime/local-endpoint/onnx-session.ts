import type { InferenceSession } from "onnxruntime-node";

/**
 * How every model is opened. On x86 processors without VNNI the fast product of 8-bit numbers overflows its 16-bit sums, and a quantized model answers
 * nonsense without a word (https://github.com/microsoft/onnxruntime/pull/12088); this has the runtime take the exact one there. Others lose nothing.
 */
export const sessionOptions = (threads: number) =>
  ({
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    extra: { session: { x64quantprecision: "1" } },
  }) satisfies InferenceSession.SessionOptions;
