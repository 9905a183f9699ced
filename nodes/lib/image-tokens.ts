/**
 * About how many tokens a model is charged for a picture: one for every 28 by 28 pixels, as for Qwen2-VL and Qwen2.5-VL, whose
 * encoder reads patches of 14 pixels and joins two by two ("Qwen2.5-VL Technical Report", arXiv:2502.13923, section 2.1), two that
 * mark beginning and end, and at most the 16,384 that their image processor lets through. Others count otherwise: hosted models
 * often by tiles of 512 pixels.
 */
export const imageTokens = ({ width, height }: { readonly width: number; readonly height: number }): number =>
  Math.min(16_384, Math.max(1, Math.round(width / 28)) * Math.max(1, Math.round(height / 28))) + 2;
