import { type Fact, factsOf, missingFacts, readSource, type SourceFacts } from "../facts/facts";

/** A number that names a thing and counts nothing: ticket 612, 工单 612. */
const numbered =
  /(?:\b(?:ticket|order|invoice|case|number|article|section|clause|chapter|item|step|room)s?|工单|订单|发票|编号|单号|合同|章节?) {0,2}(?:no\.? ?|number |#|号)?(?<number>\d{2,12})(?![\d.,]|\p{L})/giu;

/** The codes and numbers that a question asks about: E77, ticket 612. */
const namedIn = (question: string): readonly Fact[] => [
  ...factsOf(question, "claim").filter((fact) => fact.kind === "name" && /\d/.test(fact.text)),
  ...[...question.matchAll(numbered)].flatMap(({ groups }) => factsOf(groups?.number ?? "", "claim")),
];

/** What a question names where a source has nothing of it: such a source speaks of something else, however alike it is. Of several names one is enough. */
export const unknownNames = (question: string): ((source: SourceFacts) => readonly string[]) => {
  const named = namedIn(question);
  return (source) => {
    const missing = missingFacts(named, source);
    return missing.length > 0 && named.every((fact) => missingFacts([fact], source).length > 0) ? missing : [];
  };
};

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
