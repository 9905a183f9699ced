import { router } from "@/server/platform/trpc/procedures";
import { deleteFile } from "./delete-file";
import { fileUsage } from "./file-usage";
import { getFile } from "./get-file";
import { listFiles } from "./list-files";

export const fileRouter = router({
  get: getFile,
  list: listFiles,
  usage: fileUsage,
  remove: deleteFile,
});
