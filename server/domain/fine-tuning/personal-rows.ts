import { mask } from "@/nodes/lib/safety/mask";
import { personalKinds } from "@/nodes/lib/safety/personal/detector";
import { personalSteps } from "@/nodes/lib/safety/personal/find-personal";
import { loadPhoneNumbers } from "@/nodes/lib/safety/personal/phone-numbers";
import type { Pair } from "@/runtime/fine-tuning/trainer/check-pairs";
import { inTurns } from "@/runtime/node/steps";

/** The pairs with personal data replaced by tokens, and the places of those that held any. `most`: so many are looked at, from the first. */
export const maskPairs = async (
  pairs: readonly Pair[],
  most = Number.POSITIVE_INFINITY,
): Promise<{ readonly pairs: readonly Pair[]; readonly places: readonly number[] }> => {
  const isPhoneNumber = await loadPhoneNumbers();
  const places: number[] = [];
  const masked: Pair[] = [];
  const maskText = async (text: string) => {
    const spans = await inTurns(personalSteps(text, { kinds: personalKinds, isPhoneNumber }));
    return spans.length === 0 ? text : mask(text, spans).text;
  };
  for (const [place, pair] of pairs.entries()) {
    if (place >= most) {
      masked.push(pair);
      continue;
    }
    const prompt = await maskText(pair.prompt);
    const answer = await maskText(pair.answer);
    const holds = prompt !== pair.prompt || answer !== pair.answer;
    if (holds) places.push(place);
    masked.push(holds ? { ...pair, prompt, answer } : pair);
  }
  return { pairs: masked, places };
};
