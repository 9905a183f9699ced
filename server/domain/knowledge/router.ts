import { router } from "@/server/platform/trpc/procedures";
import { addFiles } from "./add-files";
import { addQuestion } from "./add-question";
import { addText } from "./add-text";
import { createBase } from "./create-base";
import { encodingChoices } from "./encoding-choices";
import { getBase } from "./get-base";
import { getDocument } from "./get-document";
import { getDocumentText } from "./get-document-text";
import { listBases } from "./list-bases";
import { listChunks } from "./list-chunks";
import { listDocuments } from "./list-documents";
import { listQuestions } from "./list-questions";
import { measureBase } from "./measure-base";
import { readAgain } from "./read-again";
import { reindexBase } from "./reindex-base";
import { removeBase } from "./remove-base";
import { removeDocument } from "./remove-document";
import { removeQuestion } from "./remove-question";
import { retryDocument } from "./retry-document";
import { searchKnowledge } from "./search-knowledge";
import { updateBase } from "./update-base";

export const knowledgeRouter = router({
  list: listBases,
  get: getBase,
  create: createBase,
  update: updateBase,
  remove: removeBase,
  addFiles,
  addText,
  documents: listDocuments,
  document: getDocument,
  documentText: getDocumentText,
  chunks: listChunks,
  removeDocument,
  retryDocument,
  readAgain,
  encodingChoices,
  reindex: reindexBase,
  search: searchKnowledge,
  questions: listQuestions,
  addQuestion,
  removeQuestion,
  measure: measureBase,
});
