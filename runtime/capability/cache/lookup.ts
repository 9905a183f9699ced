/** How a stored answer was found: the same question, one of the same meaning, or the same question that another run was answering at that moment. */
export const cacheWays = ["same", "meaning", "joined"] as const;
export type CacheWay = (typeof cacheWays)[number];

/** In what two questions differ that are near in meaning. */
export const cacheDifferences = ["numbers", "names", "denial", "opposites", "order", "terms"] as const;
export type CacheDifference = (typeof cacheDifferences)[number];

/** Why a step neither answers from memory nor keeps what its steps say. */
export const cacheReasons = [
  /** The field that holds the question is empty, or no text. */
  "no-question",
  /** Personal data, or what a mask put in its place. */
  "personal-data",
  /** Answers are kept for each end user, and whose run this is was not said. */
  "no-user",
  /** The steps inside read what was said before. */
  "conversation",
  /** The steps inside hide something that stands in the question. */
  "hidden-inside",
  /** The run is one of an experiment or a sheet, which look at what the steps do. */
  "measured",
  /** The store of answers cannot be reached. */
  "unavailable",
] as const;
export type CacheReason = (typeof cacheReasons)[number];

/** What came of looking for a stored answer, as the run tells it. */
export type CacheLookup =
  | {
      readonly outcome: "hit";
      readonly way: CacheWay;
      /** Of the run whose answer it is. */
      readonly sourceRunId: string;
      /** The question that was asked then. */
      readonly sourceQuestion: string;
      /** Cosine similarity; 1 for the same question. */
      readonly similarity: number;
      readonly ageMs: number;
      /** What the steps took then. */
      readonly savedMs: number;
      /** Millionths of a US dollar; null where a price was unknown. */
      readonly savedMicroUsd: number | null;
    }
  | {
      readonly outcome: "miss";
      /** The nearest question that is stored, where one came close and was not taken. */
      readonly nearest?: {
        readonly question: string;
        readonly similarity: number;
        /** Left out where it is less similar than asked for. */
        readonly differs?: CacheDifference;
      };
    }
  | { readonly outcome: "aside"; readonly reason: CacheReason };
