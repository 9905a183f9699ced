import { it } from "vitest";
import { holdsTheContract } from "./trainer-contract";

const { TRAINER_ADDRESS = "", TRAINER_TOKEN = "" } = process.env;

it(
  "the real trainer speaks as the app expects, from its first answer to an adapter that answers",
  { timeout: 3_600_000 },
  () =>
    holdsTheContract({ address: TRAINER_ADDRESS, token: TRAINER_TOKEN, base: "tiny", words: ["cat", "dog", "red"] }),
);
