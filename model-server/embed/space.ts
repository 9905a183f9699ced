import type { Encoding } from "./encoder";
import { chineseShare } from "./language";

export const ENGLISH_DIMENSIONS = 384;
export const CHINESE_DIMENSIONS = 512;
export const SHARED_DIMENSIONS = ENGLISH_DIMENSIONS + CHINESE_DIMENSIONS;

export interface Encoders {
  readonly english: (text: string) => Promise<Encoding>;
  readonly chinese: (text: string) => Promise<Encoding>;
}

/**
 * One space for both languages: the first 384 numbers are the English model's, the last 512 the Chinese model's, each scaled by
 * the square root of its language's share of the text. The vector has length 1 and depends on the text alone. The similarity of
 * two English texts is exactly the English model's, of two Chinese texts the Chinese model's, and of one of each 0.
 */
export async function encodeShared(text: string, { english, chinese }: Encoders): Promise<Encoding> {
  const share = chineseShare(text);
  const vector = new Float32Array(SHARED_DIMENSIONS);
  let tokens = 0;
  if (share < 1) {
    const part = await english(text);
    vector.set(scale(part.vector, Math.sqrt(1 - share)), 0);
    tokens += part.tokens;
  }
  if (share > 0) {
    const part = await chinese(text);
    vector.set(scale(part.vector, Math.sqrt(share)), ENGLISH_DIMENSIONS);
    tokens += part.tokens;
  }
  return { vector, tokens };
}

const scale = (vector: Float32Array, factor: number) => vector.map((value) => value * factor);
