import { type Fact, factsOf, missingFacts, readSource } from "../facts/facts";

/** A bare number from here on names something, as in "ticket 612"; smaller ones count. */
const leastNumber = 100;

const identifies = (fact: Fact): boolean =>
  fact.kind === "name"
    ? /\d/.test(fact.text)
    : fact.kind === "quantity" &&
      fact.unit === null &&
      Number.isInteger(fact.value) &&
      Math.abs(fact.value) >= leastNumber;

/** What a question is about by a code or a number: E77, ticket 612. A source without it speaks of something else. */
export const namedIn = (question: string): readonly Fact[] => factsOf(question, "claim").filter(identifies);

/**
 * What of an answer can be wrong: its facts, but for amounts that its question gives. "The head of department decides on a course of 1,200 euros" claims
 * no price.
 */
export const claimedFacts = (claim: string, question: string): readonly Fact[] => {
  const facts = factsOf(claim, "claim");
  if (question === "") return facts;
  const given = readSource(question);
  return facts.filter(
    (fact) => !(fact.kind === "quantity" && fact.unit !== null && missingFacts([fact], given).length === 0),
  );
};
