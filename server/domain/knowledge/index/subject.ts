/** What jobs of a base are listed by. */
export const subjectOf = (knowledgeBaseId: string): string => `knowledge-base:${knowledgeBaseId}`;
