import type { PersonQuestion } from "@/runtime/node/people";
import type { RunEvent } from "@/runtime/run/events";
import { maskPersonal } from "./mask-personal";

/**
 * Options without personal data, in their order. Those of which the same is left are told apart by a number behind them, so that whoever sees them masked
 * can still choose each.
 */
export const maskOptions = async (
  options: readonly string[],
): Promise<{ readonly value: readonly string[]; readonly isMasked: boolean }> => {
  const masked = await maskPersonal(options);
  const texts = masked.value as readonly string[];
  const taken = new Set<string>();
  for (const text of texts) {
    let label = text;
    for (let number = 2; taken.has(label) || (label !== text && texts.includes(label)); number++)
      label = `${text} (${number})`;
    taken.add(label);
  }
  return { value: [...taken], isMasked: masked.isMasked };
};

const maskQuestion = async (question: PersonQuestion): Promise<PersonQuestion> => {
  if (!question.masksPersonalData) return question;
  const { title, instructions, value, shown, options } = question;
  const masked = (await maskPersonal({ title, instructions, value, shown })).value as typeof question;
  return { ...question, ...masked, ...(options === undefined ? {} : { options: (await maskOptions(options)).value }) };
};

/** An event as somebody sees it who may not see the personal data that a step hides: what was asked, without it. All other events are as they were. */
export const maskQuestions = async (event: RunEvent): Promise<RunEvent> =>
  event.type === "node-paused" && event.questions.some(({ masksPersonalData }) => masksPersonalData)
    ? { ...event, questions: await Promise.all(event.questions.map(maskQuestion)) }
    : event;
