/** Bounds of one request for pictures, and of one for speech. Characters, unless said otherwise. */
export const drawLimits = { pictures: 10, prompt: 32_000 } as const;
export const speechLimits = {
  characters: 100_000,
  voice: 200,
  instructions: 4_000,
  /** 1 is as the voice speaks. */
  speed: { least: 0.25, most: 4 },
} as const;
